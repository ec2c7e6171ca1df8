#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

use gd_core::init::Initializer;
use gd_core::model::{EmpiricalRisk, Mlp, Target};
use gd_core::optim::Sgd;
use gd_core::{Descent, Objective, data, minimize};

fn main() {
    let moons = data::two_moons::<f64>(200, 0.1, 1);
    let xavier = Initializer::XavierNormal { gain: 1.0 };
    for (name, start) in [
        ("全是 0", Initializer::Zeros),
        ("全是 0.5", Initializer::Constant(0.5)),
        ("随机", xavier),
    ] {
        // 两个输入，四个隐藏单元，一个输出；偏置都从 0 开始
        let net = Mlp::new(&[2, 4, 1]);
        let mut theta = net.init(start, 1);
        let risk = EmpiricalRisk::new(
            net,
            moons.x.clone(),
            Target::BinaryCrossEntropy(
                moons.labels.clone(),
            ),
        );
        let mut gd = Descent::new(Sgd::plain(), 0.5);
        minimize(&risk, &mut gd, &mut theta, 2000, &mut ());
        println!(
            "{name}：损失 {:.4}，正确率 {:.3}",
            risk.value(&theta),
            risk.accuracy(&theta)
        );
        // 每行是一个隐藏单元的两个权重
        for w in risk.net().weights(&theta, 0).rows() {
            println!("  {:7.4} {:7.4}", w[0], w[1]);
        }
    }
}

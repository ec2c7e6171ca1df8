#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

use gd_core::autodiff::Activation::{self, *};
use gd_core::init::Initializer::{self, *};
use gd_core::model::{EmpiricalRisk, Mlp, Target};
use gd_core::optim::Sgd;
use gd_core::{Descent, Objective, data, minimize};

fn visit(
    name: &str,
    f: Activation,
    init: Initializer,
    lr: f64,
) {
    let spirals = data::spirals::<f64>(100, 0.05, 1);
    let sizes = [&[2][..], &[16; 10], &[1]].concat();
    let net = Mlp::new(&sizes).activation(f);
    let mut theta = net.init(init, 0);
    let target = Target::BinaryCrossEntropy(spirals.labels);
    let risk = EmpiricalRisk::new(net, spirals.x, target);
    // 化验：前面的层与后面的层，梯度差多少倍
    let mut grad = theta.clone();
    let before = risk.value_and_gradient(&theta, &mut grad);
    let norm = |layer: usize| {
        let w = risk.net().weights(&grad, layer);
        w.iter().map(|g| g * g).sum::<f64>().sqrt()
    };
    let ratio = norm(1) / norm(9);
    // 训练，看它怎样收场
    let mut gd = Descent::new(Sgd::plain(), lr);
    let stop =
        minimize(&risk, &mut gd, &mut theta, 500, &mut ());
    println!(
        "{name}\n  梯度之比 {ratio:.1e}，损失 {before:.3}"
    );
    println!("  → {:.4}, {stop:?}", risk.value(&theta));
}

fn main() {
    let xavier = XavierNormal { gain: 1.0 };
    visit("病：sigmoid", Sigmoid, xavier, 0.1);
    visit("治：tanh", Tanh, xavier, 0.1);
    visit("治：ReLU，He", Relu, HeNormal, 0.1);
    visit(
        "病：ReLU，标准差 1",
        Relu,
        Normal { std: 1.0 },
        0.1,
    );
    visit("病：学习率太大", Relu, HeNormal, 3.0);
}

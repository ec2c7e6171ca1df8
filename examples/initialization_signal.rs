#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

use gd_core::autodiff::Activation;
use gd_core::data::{self, Standardizer};
use gd_core::init::Initializer;
use gd_core::model::Mlp;
use ndarray::s;

fn main() {
    // 真的数据：200 张 8×8 的手写数字，每列先标准化
    let digits = data::digits::<f64>();
    let x = digits.x.slice(s![..200, ..]).to_owned();
    let x = Standardizer::fit(&x).apply(&x);
    // 64 个输入，十个隐藏层各 256 个单元，10 个输出
    let sizes = [&[64][..], &[256; 10], &[10]].concat();
    for (name, activation) in [
        ("tanh", Activation::Tanh),
        ("ReLU", Activation::Relu),
    ] {
        let net = Mlp::new(&sizes).activation(activation);
        println!("{name}：第 1、5、10 层激活值的标准差");
        for (start, initializer) in [
            ("0.01  ", Initializer::Normal { std: 0.01 }),
            ("1     ", Initializer::Normal { std: 1.0 }),
            (
                "Xavier",
                Initializer::XavierNormal { gain: 1.0 },
            ),
            ("He    ", Initializer::HeNormal),
        ] {
            let theta = net.init(initializer, 1);
            let h = net.activations(&theta, x.view());
            let std = |layer: usize| h[layer - 1].std(0.0);
            println!(
                "  {start} {:8.1e} {:8.1e} {:8.1e}",
                std(1),
                std(5),
                std(10)
            );
        }
    }
}

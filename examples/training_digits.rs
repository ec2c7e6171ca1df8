#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

use gd_core::StochasticDescent;
use gd_core::autodiff::Activation;
use gd_core::batch::{Sampler, Sampling};
use gd_core::data::{Labelled, digits};
use gd_core::init::Initializer;
use gd_core::minimize;
use gd_core::model::{EmpiricalRisk, Mlp, Target};
use gd_core::optim::Adam;
use gd_core::schedule::CosineAnnealing;

fn main() {
    // 打乱之后再分：原来的次序是按写字的人排的
    let (train, held_out) = digits::<f64>().split(1437, 0);
    let relu = Activation::Relu;
    let net = Mlp::new(&[64, 128, 10]).activation(relu);
    let risk = |data: Labelled<f64>| {
        let target = Target::CrossEntropy(data.labels);
        // 像素从 0 到 16，缩到 0 到 1
        EmpiricalRisk::new(
            net.clone(),
            data.x / 16.0,
            target,
        )
    };
    let (train, held_out) = (risk(train), risk(held_out));

    let updates = 30 * 45; // 30 轮，一轮 45 批
    let lr = CosineAnnealing::new(0.01, updates);
    let sampling = Sampling::Epochs { size: 32 };
    let sampler = Sampler::new(1437, sampling, 0);
    let adam = Adam::default();
    let mut solver =
        StochasticDescent::new(adam, lr, sampler);
    let mut theta = net.init(Initializer::HeNormal, 0);
    minimize(
        &train,
        &mut solver,
        &mut theta,
        updates,
        &mut (),
    );

    for (name, risk) in
        [("训练", train), ("留出", held_out)]
    {
        let right = 100.0 * risk.accuracy(&theta);
        println!("{name}的数字答对 {right:.2}%");
    }
}

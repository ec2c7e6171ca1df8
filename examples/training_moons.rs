#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

use gd_core::batch::{Sampler, Sampling};
use gd_core::data::two_moons;
use gd_core::init::Initializer;
use gd_core::model::{EmpiricalRisk, Mlp, Target};
use gd_core::objective::FiniteSum;
use gd_core::optim::Adam;
use gd_core::{Objective, Optimizer};
use ndarray::Array1;

fn main() {
    let net = Mlp::new(&[2, 16, 16, 1]);
    let risk = |n, seed| {
        let data = two_moons::<f64>(n, 0.2, seed);
        let target =
            Target::BinaryCrossEntropy(data.labels);
        EmpiricalRisk::new(net.clone(), data.x, target)
    };
    // 留出的点只用来打分，不参加训练
    let (train, held_out) = (risk(200, 1), risk(1000, 2));

    let xavier = Initializer::XavierNormal { gain: 1.0 };
    let mut theta = net.init(xavier, 1);
    let mut grad = Array1::zeros(theta.len());
    let sampling = Sampling::Epochs { size: 32 };
    let mut sampler = Sampler::new(200, sampling, 1);
    let mut rule = Adam::default();

    for epoch in 1..=200 {
        // 200 个点，32 个一批，一轮 7 批
        for _ in 0..7 {
            let batch = sampler.next_batch();
            train.batch_gradient(&theta, batch, &mut grad);
            rule.step(0.01, &mut theta, &grad);
        }
        if [3, 15, 30, 60, 200].contains(&epoch) {
            println!(
                "第 {epoch:>3} 轮  损失 {:.3}  答对 {:.1}%",
                train.value(&theta),
                100.0 * held_out.accuracy(&theta)
            );
        }
    }
}

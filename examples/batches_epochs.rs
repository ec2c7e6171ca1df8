#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

use gd_core::batch::{Sampler, Sampling};
use gd_core::data::lesson_line;
use gd_core::model::LinearRegression;
use gd_core::objective::FiniteSum;
use gd_core::optim::Sgd;
use gd_core::{Objective, Optimizer};
use ndarray::Array1;

fn main() {
    let data = lesson_line::<f64>();
    let problem = LinearRegression::line(&data);
    // 每一轮先洗牌，再依次切成 32 个一批
    let sampling = Sampling::Epochs { size: 32 };
    let mut sampler = Sampler::new(data.len(), sampling, 7);
    let mut rule = Sgd::plain();
    let mut theta = Array1::zeros(2);
    let mut grad = Array1::zeros(2);

    for epoch in 1..=50 {
        // 100 个样本：32 + 32 + 32 + 4，一轮 4 次更新
        for _ in 0..4 {
            let batch = sampler.next_batch();
            problem
                .batch_gradient(&theta, batch, &mut grad);
            rule.step(0.01, &mut theta, &grad);
        }
        if epoch % 10 == 0 {
            println!(
                "第 {epoch} 轮  损失 = {:.4}",
                problem.value(&theta)
            );
        }
    }
}

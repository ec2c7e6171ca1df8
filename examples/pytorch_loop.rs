#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

use gd_core::data::Dataset;
use gd_core::model::LinearRegression;
use gd_core::objective::FiniteSum;
use gd_core::optim::Adam;
use gd_core::schedule::CosineAnnealing;
use gd_core::{Objective, Optimizer, Schedule};
use ndarray::Array1;

fn main() {
    // 数据用公式造，两边就是同样的数，不靠随机数
    let x = Array1::from_shape_fn(40, |i| {
        i as f64 / 10.0 - 2.0
    });
    let y = x.mapv(|x| 2.0 * x + 3.0 + (7.0 * x).sin());
    let problem =
        LinearRegression::line(&Dataset::new(x, y));
    let mut opt = Adam::default();
    let lr = CosineAnnealing::new(0.5, 80);
    let mut theta = Array1::zeros(2);
    let mut grad = Array1::zeros(2);
    let samples: Vec<usize> = (0..40).collect();
    // 更新的次数，学习率由它决定
    let mut t = 0;

    for epoch in 1..=20 {
        for batch in samples.chunks(10) {
            // 梯度是重写，不是累加，不用清零
            problem
                .batch_gradient(&theta, batch, &mut grad);
            opt.step(lr.at(t), &mut theta, &grad);
            t += 1;
        }
        if epoch % 5 == 0 {
            let loss = problem.value(&theta);
            let (w, b) = (theta[0], theta[1]);
            println!(
                "第 {epoch:2} 轮  w = {w:.6}  \
                 b = {b:.6}  损失 = {loss:.6}"
            );
        }
    }
}

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
use gd_core::schedule::ReduceOnPlateau;
use gd_core::{Objective, Optimizer};
use ndarray::Array1;

fn main() {
    let f = LinearRegression::line(&lesson_line());
    let sampling = Sampling::OneSample;
    let mut sampler = Sampler::new(100, sampling, 3);
    // 连续 4 次没有变好（容忍 3 次），就乘 0.3
    let mut plateau =
        ReduceOnPlateau::new(0.02).factor(0.3).patience(3);
    let mut rule = Sgd::plain();
    let mut theta = Array1::zeros(2);
    let mut grad = Array1::zeros(2);

    for epoch in 1..=40 {
        let lr = plateau.lr();
        for _ in 0..100 {
            let batch = sampler.next_batch();
            f.batch_gradient(&theta, batch, &mut grad);
            rule.step(lr, &mut theta, &grad);
        }
        // 每轮看一次损失，它记在 plateau 里
        let loss = f.value(&theta);
        let next = plateau.observe(loss);
        if next < lr {
            println!(
                "第 {epoch:>2} 轮后  损失 {loss:.4}  \
                 学习率 {lr:.1e} 变成 {next:.1e}"
            );
        }
    }
    println!("最后  损失 {:.4}", f.value(&theta));
}

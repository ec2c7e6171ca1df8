#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

use gd_core::optim::{Adam, Optimizer};
use ndarray::array;

// 每三轮一次：斜率 3、−1、−1，合起来是往右越来越高
fn run(mut rule: Adam<f64>) -> f64 {
    let mut x = array![1.0_f64];
    for t in 1..=300_000 {
        let slope = if t % 3 == 1 { 3.0 } else { -1.0 };
        let lr = 0.1 / (t as f64).sqrt();
        rule.step(lr, &mut x, &array![slope]);
        x[0] = x[0].clamp(-1.0, 1.0); // 留在 [−1, 1] 里
    }
    x[0]
}

fn main() {
    let paper = Adam::default().betas(0.0, 0.1);
    let amsgrad = paper.clone().amsgrad(true);
    println!("论文里的 Adam 走到 {:.3}", run(paper));
    println!("AMSGrad 走到 {:.3}", run(amsgrad));
    println!(
        "默认的 Adam 走到 {:.3}",
        run(Adam::default())
    );
}

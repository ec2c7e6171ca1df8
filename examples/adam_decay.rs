#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

use gd_core::optim::{Adam, AdamW, Optimizer};
use ndarray::{Array1, array};

// 两个坐标，梯度只是正负交替的噪声，一个大一个小
fn run(mut rule: impl Optimizer<f64>) -> Array1<f64> {
    let mut x = array![1.0, 1.0];
    for t in 0..4000 {
        let sign = if t % 2 == 0 { 1.0 } else { -1.0 };
        let grad = array![10.0 * sign, 0.1 * sign];
        rule.step(1e-3, &mut x, &grad);
    }
    x
}

fn main() {
    let lambda = 0.1;
    let l2 = run(Adam::default().weight_decay(lambda));
    let adamw = run(AdamW::default().weight_decay(lambda));
    let wanted = (1.0 - 1e-3 * lambda).powi(4000);
    println!("想要的：每个坐标都剩 {wanted:.2}");
    println!("L2 混进梯度：{:.2} 和 {:.2}", l2[0], l2[1]);
    println!("AdamW：{:.2} 和 {:.2}", adamw[0], adamw[1]);
}

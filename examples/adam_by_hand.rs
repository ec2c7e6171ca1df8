#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

use gd_core::optim::{Adam, Optimizer};
use ndarray::array;

fn main() {
    // f(x) = x²，从 4 出发
    let (eta, beta1, beta2, eps) =
        (0.1_f64, 0.9_f64, 0.999_f64, 1e-8);
    let (mut x, mut m, mut v) = (4.0, 0.0, 0.0);
    let mut rule = Adam::default();
    let mut theta = array![4.0];
    println!("步    g       m̂       √v̂      x");
    for t in 1..=100 {
        let g = 2.0 * x;
        m = beta1 * m + (1.0 - beta1) * g; // 方向
        v = beta2 * v + (1.0 - beta2) * g * g; // 大小
        // 除以权重之和，补上从零开始的亏欠
        let m_hat = m / (1.0 - beta1.powi(t));
        let v_hat = v / (1.0 - beta2.powi(t));
        x -= eta * m_hat / (v_hat.sqrt() + eps);

        let grad = 2.0 * &theta;
        rule.step(eta, &mut theta, &grad);
        if t <= 5 || t == 100 {
            let v_root = v_hat.sqrt();
            print!("{t:3}  {g:6.3}  {m_hat:6.3}  ");
            println!("{v_root:6.3}  {x:7.4}");
        }
    }
    let gap: f64 = x - theta[0];
    println!("与 gd-core 一致：{}", gap.abs() < 1e-12);
}

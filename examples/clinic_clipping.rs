#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

use gd_core::clip::clip_grad_norm;
use ndarray::array;

fn main() {
    for max_norm in [f64::INFINITY, 1.0] {
        println!("上限 {max_norm}：");
        let mut w = 1.6_f64;
        for t in 0..=60 {
            // f(w) = (w¹⁰ − 1)² 的导数
            let g = 20.0 * w.powi(9) * (w.powi(10) - 1.0);
            let mut grad = array![g];
            // 缩短梯度，返回它原来有多长
            let length =
                clip_grad_norm(&mut grad, max_norm);
            if t < 4 || t % 20 == 0 {
                println!(
                    "  {t:2} 步 w={w:9.2e} 长 {length:.0e}"
                );
            }
            w -= 0.01 * grad[0];
            if w.is_nan() {
                println!("  {} 步  w 成了 NaN", t + 1);
                break;
            }
        }
    }
}

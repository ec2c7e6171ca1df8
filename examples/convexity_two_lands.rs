#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

use std::f64::consts::PI;

// 碗 x² 的导数
fn bowl(x: f64) -> f64 {
    2.0 * x
}

// x² + 10(1 − cos 2πx)：同一只碗，加上波纹
fn rugged(x: f64) -> f64 {
    2.0 * x + 20.0 * PI * (2.0 * PI * x).sin()
}

fn descend(df: fn(f64) -> f64, x: f64, lr: f64) -> f64 {
    (0..300).fold(x, |x, _| x - lr * df(x))
}

fn main() {
    for start in [-4.3, -2.7, -1.2, 0.4, 1.8, 3.3] {
        // 波纹处处都很弯，学习率要小得多
        let smooth = descend(bowl, start, 0.1);
        let waves = descend(rugged, start, 0.001);
        println!(
            "从 {start:4}  碗里 {smooth:6.0e}  \
             波纹上 {waves:7.4}"
        );
    }
}

#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

fn f(x: f64, y: f64) -> f64 {
    x * x + x * y + 2.0 * y * y
}

// 每个坐标轮流探一探，另一个不动
fn gradient(x: f64, y: f64) -> [f64; 2] {
    let h = 1e-5;
    [
        (f(x + h, y) - f(x - h, y)) / (2.0 * h),
        (f(x, y + h) - f(x, y - h)) / (2.0 * h),
    ]
}

fn main() {
    for (x, y) in [(1.0, 1.0), (2.0, -1.0), (0.0, 0.0)] {
        let [dx, dy] = gradient(x, y);
        println!(
            "({x}, {y})：量出来 ({dx:.6}, {dy:.6})，\
             手算 ({}, {})",
            2.0 * x + y,
            x + 4.0 * y,
        );
    }
}

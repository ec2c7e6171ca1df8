#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

// 从 4 出发，对 f(x) = x² 走 n 步，返回终点
fn descend(lr: f64, n: usize) -> f64 {
    let mut x = 4.0;
    for _ in 0..n {
        x -= lr * 2.0 * x;
    }
    x
}

// |x| 第一次小于 tol 是在第几步
fn steps_until(lr: f64, tol: f64) -> usize {
    let mut x: f64 = 4.0;
    let mut steps = 0;
    while x.abs() >= tol {
        x -= lr * 2.0 * x;
        steps += 1;
    }
    steps
}

fn main() {
    for lr in [0.01, 0.3, 0.95] {
        println!(
            "lr = {lr:<4}  30 步后 x = {:7.4}  \
             到 0.001 要 {} 步，到 0.000001 要 {} 步",
            descend(lr, 30),
            steps_until(lr, 1e-3),
            steps_until(lr, 1e-6),
        );
    }
}

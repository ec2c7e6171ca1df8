#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

// 对 θ₁² + θ₂² 走 n 步
fn descend(lr: f64, n: usize) -> [f64; 2] {
    let mut theta = [3.0, -2.0];
    for _ in 0..n {
        // 梯度的两个分量，先都算好
        let grad = [2.0 * theta[0], 2.0 * theta[1]];
        theta[0] -= lr * grad[0];
        theta[1] -= lr * grad[1];
    }
    theta
}

fn main() {
    for lr in [0.1, 0.9, 1.0, 1.01] {
        let [a, b] = descend(lr, 1000);
        println!(
            "lr = {lr:<4}  1000 步后 θ = ({a:.1e}, {b:.1e})"
        );
    }
}

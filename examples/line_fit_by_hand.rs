#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

use gd_core::data::lesson_line;
use ndarray::Array1;

// 均方误差，对应公式 L(w, b)
fn mse(
    x: &Array1<f64>,
    y: &Array1<f64>,
    w: f64,
    b: f64,
) -> f64 {
    (w * x + b - y).powi(2).mean().unwrap()
}

// 损失对 w 和 b 的偏导数
fn gradients(
    x: &Array1<f64>,
    y: &Array1<f64>,
    w: f64,
    b: f64,
) -> (f64, f64) {
    let error = w * x + b - y; // 预测 − 真实
    let n = x.len() as f64;
    let dw = 2.0 / n * (&error * x).sum();
    let db = 2.0 / n * error.sum();
    (dw, db)
}

fn main() {
    let data = lesson_line();
    let (x, y) = (&data.x, &data.y);
    let (mut w, mut b) = (0.0, 0.0);
    let lr = 0.01;

    for epoch in 0..=200 {
        // 三个数都取自同一时刻：这一轮更新之前
        if epoch % 40 == 0 {
            let loss = mse(x, y, w, b);
            println!(
                "第 {epoch:3} 轮  损失 = {loss:7.4}  \
                 w = {w:.4}  b = {b:.4}"
            );
        }
        if epoch < 200 {
            let (dw, db) = gradients(x, y, w, b);
            w -= lr * dw;
            b -= lr * db;
        }
    }
}

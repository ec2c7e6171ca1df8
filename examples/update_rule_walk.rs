#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

fn f(x: f64) -> f64 {
    x * x * x.sin()
}

// 乘积的导数：2x sin x + x² cos x
fn df(x: f64) -> f64 {
    2.0 * x * x.sin() + x * x * x.cos()
}

fn main() {
    let lr = 0.01;
    let mut x = 3.6;
    for t in 0..=20 {
        let grad = df(x);
        if t <= 5 || t % 5 == 0 {
            println!(
                "t = {t:2}  x = {x:.4}  f = {:8.4}  \
                 斜率 = {grad:8.4}",
                f(x)
            );
        }
        // 减去斜率的倍数：斜率为负，x 就变大
        x -= lr * grad;
    }
}

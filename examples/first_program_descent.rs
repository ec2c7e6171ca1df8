#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

// 目标函数和它的导数
fn f(x: f64) -> f64 {
    x * x
}

fn df(x: f64) -> f64 {
    2.0 * x
}

fn main() {
    let lr = 0.3; // 学习率
    let mut x = 4.0; // 起点

    for step in 1..=20 {
        let grad = df(x); // 脚下的坡度
        x -= lr * grad; // 朝反方向走一步
        if step <= 8 {
            println!(
                "第 {step} 步  x = {x:.4}  \
                 f(x) = {:.6}  梯度 = {grad:.4}",
                f(x)
            );
        }
    }
    println!("20 步后  x = {x:.3e}  f(x) = {:.3e}", f(x));
}

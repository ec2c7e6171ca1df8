#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-exercises = { path = "." }
//! ```

// 练习：亲手反向传播一次
//
// 一个输入、一个单元的网络，加上一点权重衰减：
//
//     z = w·x + b    a = tanh z    L = (a − y)² + 0.1·w²
//
// 返回 ∂L/∂w 和 ∂L/∂b。从后往前，一步乘一个导数；
// w 到 L 有两条路，两条路的导数相加。tanh′(z) = 1 − a²。

fn backward(w: f64, b: f64, x: f64, y: f64) -> (f64, f64) {
    // 向前算一遍
    let z = w * x + b;
    let a = z.tanh();
    // 在这里往回算，把下面一行换掉
    (0.0, 0.0)
}

fn main() -> std::process::ExitCode {
    gd_exercises::autodiff_chain::check(backward).report()
}

#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-exercises = { path = "." }
//! ```

// 练习：直线拟合的梯度
//
// n 个点 (xᵢ, yᵢ)，直线 wx + b 的均方误差是
//
//     (1/n) Σ (w·xᵢ + b − yᵢ)²
//
// 返回它对 w 和对 b 的偏导数，次序是先 w 后 b。

fn gradient(
    x: &[f64],
    y: &[f64],
    w: f64,
    b: f64,
) -> (f64, f64) {
    // 在这里写，把下面一行换掉
    (0.0, 0.0)
}

fn main() -> std::process::ExitCode {
    gd_exercises::line_fit_gradient::check(gradient)
        .report()
}

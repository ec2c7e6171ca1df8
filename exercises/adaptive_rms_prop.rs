#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-exercises = { path = "." }
//! ```

// 练习：RMSprop 的一步
//
// square 记着梯度平方的滑动平均，每个坐标除以它的根：
//
//     s ← alpha · s + (1 − alpha) · g²
//     θ ← θ − lr · g / (√s + eps)
//
// 就地修改 theta 和 square；square 传进来时，
// 是上一步留下的平均。

fn step(
    theta: &mut [f64],
    square: &mut [f64],
    grad: &[f64],
    lr: f64,
    alpha: f64,
    eps: f64,
) {
    // 在这里写
}

fn main() -> std::process::ExitCode {
    gd_exercises::adaptive_rms_prop::check(step).report()
}

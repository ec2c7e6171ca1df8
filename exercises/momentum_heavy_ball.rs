#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-exercises = { path = "." }
//! ```

// 练习：重球法的一步
//
// 速度 velocity 记着以前的梯度，每步衰减到 mu 倍：
//
//     v ← mu · v + g
//     θ ← θ − lr · v
//
// 就地修改 theta 和 velocity；velocity 传进来时，
// 是上一步留下的速度。

fn step(
    theta: &mut [f64],
    velocity: &mut [f64],
    grad: &[f64],
    lr: f64,
    mu: f64,
) {
    // 在这里写
}

fn main() -> std::process::ExitCode {
    gd_exercises::momentum_heavy_ball::check(step).report()
}

#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-exercises = { path = ".." }
//! ```

// 解答：重球法的一步

fn step(
    theta: &mut [f64],
    velocity: &mut [f64],
    grad: &[f64],
    lr: f64,
    mu: f64,
) {
    for i in 0..theta.len() {
        // 先更新速度，再用新的速度走
        velocity[i] = mu * velocity[i] + grad[i];
        theta[i] -= lr * velocity[i];
    }
}

fn main() -> std::process::ExitCode {
    gd_exercises::momentum_heavy_ball::check(step).report()
}

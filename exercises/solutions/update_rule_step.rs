#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-exercises = { path = ".." }
//! ```

// 解答：梯度下降的一步

fn step(theta: &mut [f64], grad: &[f64], lr: f64) {
    // 每个坐标各走各的，公式是同一个
    for (t, g) in theta.iter_mut().zip(grad) {
        *t -= lr * g;
    }
}

fn main() -> std::process::ExitCode {
    gd_exercises::update_rule_step::check(step).report()
}

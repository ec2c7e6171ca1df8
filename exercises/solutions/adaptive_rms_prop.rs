#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-exercises = { path = ".." }
//! ```

// 解答：RMSprop 的一步

fn step(
    theta: &mut [f64],
    square: &mut [f64],
    grad: &[f64],
    lr: f64,
    alpha: f64,
    eps: f64,
) {
    for i in 0..theta.len() {
        let g = grad[i];
        square[i] =
            alpha * square[i] + (1.0 - alpha) * g * g;
        // eps 在根号外面：梯度一直是 0 时，不至于 0/0
        theta[i] -= lr * g / (square[i].sqrt() + eps);
    }
}

fn main() -> std::process::ExitCode {
    gd_exercises::adaptive_rms_prop::check(step).report()
}

#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-exercises = { path = ".." }
//! ```

// 解答：会停的循环

fn descend(
    slope: fn(f64) -> f64,
    start: f64,
    lr: f64,
    tolerance: f64,
    max_steps: usize,
) -> (f64, usize) {
    let mut x = start;
    for step in 0..max_steps {
        let grad = slope(x);
        // 先看后走：已经在谷底就一步也不走
        if grad.abs() < tolerance {
            return (x, step);
        }
        x -= lr * grad;
    }
    (x, max_steps)
}

fn main() -> std::process::ExitCode {
    gd_exercises::first_program_descent::check(descend)
        .report()
}

#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-exercises = { path = ".." }
//! ```

// 解答：中心差分

fn slope(f: fn(f64) -> f64, x: f64, h: f64) -> f64 {
    // 分母的括号不能省：a / 2.0 * h 是先除后乘
    (f(x + h) - f(x - h)) / (2.0 * h)
}

fn main() -> std::process::ExitCode {
    gd_exercises::derivative_difference::check(slope)
        .report()
}

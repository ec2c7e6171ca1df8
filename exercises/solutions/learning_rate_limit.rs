#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-exercises = { path = ".." }
//! ```

// 解答：用二分法找学习率的上限

fn largest_stable(
    is_stable: &dyn Fn(f64) -> bool,
    low: f64,
    high: f64,
    tolerance: f64,
) -> f64 {
    let (mut low, mut high) = (low, high);
    // 界线始终夹在 low 和 high 之间
    while high - low >= tolerance {
        let middle = (low + high) / 2.0;
        if is_stable(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    low
}

fn main() -> std::process::ExitCode {
    gd_exercises::learning_rate_limit::check(largest_stable)
        .report()
}

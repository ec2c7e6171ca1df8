#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-exercises = { path = ".." }
//! ```

// 解答：初始的权重该多大

// He 只看 fan_in，所以 fan_out 前面加下划线：不用它
fn he_std(_fan_out: usize, fan_in: usize) -> f64 {
    (2.0 / fan_in as f64).sqrt()
}

fn xavier_std(fan_out: usize, fan_in: usize) -> f64 {
    (2.0 / (fan_in + fan_out) as f64).sqrt()
}

fn main() -> std::process::ExitCode {
    gd_exercises::initialization_he::check(
        he_std, xavier_std,
    )
    .report()
}

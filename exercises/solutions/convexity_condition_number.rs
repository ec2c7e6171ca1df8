#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-exercises = { path = ".." }
//! ```

// 解答：条件数和它的代价

fn condition_number(curvatures: &[f64]) -> f64 {
    let mut least = f64::INFINITY;
    let mut most = 0.0_f64;
    for curvature in curvatures {
        least = least.min(*curvature);
        most = most.max(*curvature);
    }
    most / least
}

fn rate(kappa: f64) -> f64 {
    (kappa - 1.0) / (kappa + 1.0)
}

fn main() -> std::process::ExitCode {
    gd_exercises::convexity_condition_number::check(
        condition_number,
        rate,
    )
    .report()
}

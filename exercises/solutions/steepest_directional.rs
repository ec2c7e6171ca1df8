#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-exercises = { path = ".." }
//! ```

// 解答：朝这边走有多陡

fn directional(grad: &[f64], direction: &[f64]) -> f64 {
    let mut dot = 0.0;
    let mut square = 0.0;
    for (g, d) in grad.iter().zip(direction) {
        dot += g * d;
        square += d * d;
    }
    // 没有这一句，全零的方向会得到 0/0，也就是 NaN
    if square == 0.0 {
        return 0.0;
    }
    dot / square.sqrt()
}

fn main() -> std::process::ExitCode {
    gd_exercises::steepest_directional::check(directional)
        .report()
}

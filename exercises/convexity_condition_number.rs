#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-exercises = { path = "." }
//! ```

// 练习：条件数和它的代价
//
// curvatures 是各个方向的曲率，都是正的，次序不定。
//
// condition_number 返回条件数 κ：最大的除以最小的。
// rate 返回学习率取得最好时误差每步乘的倍数：
//
//     (κ − 1) / (κ + 1)

fn condition_number(curvatures: &[f64]) -> f64 {
    // 在这里写，把 0.0 换掉
    0.0
}

fn rate(kappa: f64) -> f64 {
    // 在这里写，把 0.0 换掉
    0.0
}

fn main() -> std::process::ExitCode {
    gd_exercises::convexity_condition_number::check(
        condition_number,
        rate,
    )
    .report()
}

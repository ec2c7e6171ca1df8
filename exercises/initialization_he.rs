#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-exercises = { path = "." }
//! ```

// 练习：初始的权重该多大
//
// 一层有 fan_in 个输入、fan_out 个输出，权重从正态分布抽。
// 返回标准差：
//
//     He（用于 ReLU）  √(2 / fan_in)
//     Xavier           √(2 / (fan_in + fan_out))
//
// 整数相除会丢掉小数：先用 as f64 换成小数。

fn he_std(fan_out: usize, fan_in: usize) -> f64 {
    // 在这里写，把 0.0 换掉
    0.0
}

fn xavier_std(fan_out: usize, fan_in: usize) -> f64 {
    // 在这里写，把 0.0 换掉
    0.0
}

fn main() -> std::process::ExitCode {
    gd_exercises::initialization_he::check(
        he_std, xavier_std,
    )
    .report()
}

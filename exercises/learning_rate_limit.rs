#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-exercises = { path = "." }
//! ```

// 练习：用二分法找学习率的上限
//
// is_stable(lr) 真的用学习率 lr 跑一遍梯度下降，告诉你
// 它有没有越走越远。小的都稳，大的都不稳，中间只有一条
// 界线：low 在稳的一边，high 在不稳的一边。每次试中点，
// 把区间缩短一半，缩到 high − low < tolerance 为止，
// 返回还稳的那一头。
// 跑一遍很贵，试的次数要少。

fn largest_stable(
    is_stable: &dyn Fn(f64) -> bool,
    low: f64,
    high: f64,
    tolerance: f64,
) -> f64 {
    // 在这里写，把 0.0 换掉
    0.0
}

fn main() -> std::process::ExitCode {
    gd_exercises::learning_rate_limit::check(largest_stable)
        .report()
}

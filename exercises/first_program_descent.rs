#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-exercises = { path = "." }
//! ```

// 练习：会停的循环
//
// 给你坡度函数 slope、起点、学习率 lr、容差 tolerance 和
// 最多的步数 max_steps。每一轮先看坡度：它的绝对值小于
// tolerance 就停，否则更新一次。
// 返回最后的位置和更新的次数。

fn descend(
    slope: fn(f64) -> f64,
    start: f64,
    lr: f64,
    tolerance: f64,
    max_steps: usize,
) -> (f64, usize) {
    // 在这里写，把下面一行换掉
    (start, 0)
}

fn main() -> std::process::ExitCode {
    gd_exercises::first_program_descent::check(descend)
        .report()
}

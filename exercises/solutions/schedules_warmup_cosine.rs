#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-exercises = { path = ".." }
//! ```

// 解答：先预热，再走半个余弦

use std::f64::consts::PI;

fn lr(
    t: usize,
    warmup: usize,
    total: usize,
    peak: f64,
) -> f64 {
    if t < warmup {
        // t + 1：第一次更新的学习率就不是 0，不白走一步
        return peak * (t + 1) as f64 / warmup as f64;
    }
    if t >= total {
        return 0.0;
    }
    let s = (t - warmup) as f64 / (total - warmup) as f64;
    peak * (1.0 + (PI * s).cos()) / 2.0
}

fn main() -> std::process::ExitCode {
    gd_exercises::schedules_warmup_cosine::check(lr)
        .report()
}

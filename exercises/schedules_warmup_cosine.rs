#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-exercises = { path = "." }
//! ```

// 练习：先预热，再走半个余弦
//
// 第 t 次更新（从 0 数起）的学习率：前 warmup 次直线上升，
// t = warmup − 1 时升到 peak；之后沿半个余弦降下来，
// t = total 时降到 0，从此一直是 0：
//
//     t < warmup    peak · (t + 1) / warmup
//     之后          peak · (1 + cos πs) / 2
//                   s = (t − warmup) / (total − warmup)
//
// 整数相除会丢掉小数：先用 as f64 换成小数。

fn lr(
    t: usize,
    warmup: usize,
    total: usize,
    peak: f64,
) -> f64 {
    // 在这里写，把 0.0 换掉
    0.0
}

fn main() -> std::process::ExitCode {
    gd_exercises::schedules_warmup_cosine::check(lr)
        .report()
}

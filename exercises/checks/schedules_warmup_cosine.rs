//! Linear warm-up, then half a cosine.

use crate::Checks;
use gd_core::{Schedule, schedule::CosineAnnealing};
use std::f64::consts::PI;

/// Checks `lr(t, warmup, total, peak)`.
pub fn check(lr: impl Fn(usize, usize, usize, f64) -> f64) -> Checks {
    let mut checks = Checks::new(
        "t < warmup 时是 peak·(t + 1)/warmup；之后令 s = (t − warmup)/(total − warmup)，是 peak·(1 + cos πs)/2；t ≥ total 时是 0。",
    );
    for (t, warmup, total, peak) in [
        // Not t = 0 first: there t/warmup and an integer division are alike.
        (4, 10, 100, 0.1),
        (0, 10, 100, 0.1),
        (9, 10, 100, 0.1),
        (10, 10, 100, 0.1),
        (40, 10, 100, 0.1),
        (99, 10, 100, 0.1),
        (100, 10, 100, 0.1),
        (250, 10, 100, 0.1),
        (0, 0, 50, 0.4),
        (20, 0, 50, 0.4),
    ] {
        let cosine = CosineAnnealing::new(peak, total - warmup);
        let right = if t < warmup {
            peak * (t as f64 + 1.0) / warmup as f64
        } else {
            cosine.at((t - warmup).min(total - warmup))
        };
        let half = |s: f64| peak * (1.0 + (PI * s).cos()) / 2.0;
        let (t_, warmup_, total_) = (t as f64, warmup as f64, total as f64);
        let s = (t_ - warmup_) / (total_ - warmup_);
        let mut usual = Vec::new();
        if t < warmup {
            usual.extend([
                (0.0, "返回了 0：如果写的是 (t + 1) / warmup，那是整数除法，先把两个都换成 f64；如果还没有写，从这里开始。"),
                (peak * t_ / warmup_, "用的是 t / warmup：那样第一步的学习率是 0，白走一步；这里用 t + 1。"),
                (peak, "预热还没完，学习率不该已经到顶。"),
                (half(t_ / total_), "这是余弦的一段：t < warmup 时是直线上升。"),
            ]);
        } else {
            usual.extend([
                (half(t_ / total_), "余弦从 t = 0 算起了：它从预热结束的地方开始，用 t − warmup。"),
                (half((t_ - warmup_) / total_), "余弦的全长不对：它有 total − warmup 步。"),
                (half(2.0 * s), "走了一整个余弦：只要下降的那一半，cos 里是 π·s，不是 2π·s。"),
                (half(s) * 2.0, "漏了除以 2：(1 + cos) 从 2 降到 0。"),
                (peak * (PI * s).cos(), "漏了加 1：cos 会变成负的，学习率不能是负的。"),
                (peak * (PI * s / 2.0).cos(), "这是四分之一个余弦：末尾还很陡；要半个，两头都平。"),
                (peak * (1.0 - s), "这是直线下降，不是余弦。"),
                (0.0, "学习率是 0：t 到 total 之前还不该是 0。(t − warmup) / (total − warmup) 是整数除法吗？先换成 f64。"),
                (peak, "学习率还在顶上：(t − warmup) / (total − warmup) 是整数除法吗？先换成 f64。"),
            ]);
            if t > total {
                usual.insert(0, (half(s), "过了 total，余弦又升上去了：之后一直是 0。"));
            }
        }
        checks.check(
            format!("t = {t}，warmup = {warmup}，total = {total}，peak = {peak}"),
            right,
            &usual,
            || lr(t, warmup, total, peak),
        );
    }
    checks
}

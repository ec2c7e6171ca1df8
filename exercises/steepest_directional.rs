#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-exercises = { path = "." }
//! ```

// 练习：朝这边走有多陡
//
// 给你梯度 grad 和一个方向 direction（长度任意），
// 求朝这个方向走的坡度，也就是方向导数：
//
//     Σ gᵢ·dᵢ / √(Σ dᵢ²)
//
// 方向只管朝哪边：把 direction 拉长十倍，答案不变。
// direction 全是 0 时没有方向，返回 0。

fn directional(grad: &[f64], direction: &[f64]) -> f64 {
    // 在这里写，把 0.0 换掉
    0.0
}

fn main() -> std::process::ExitCode {
    gd_exercises::steepest_directional::check(directional)
        .report()
}

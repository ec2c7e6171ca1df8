#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-exercises = { path = "." }
//! ```

// 练习：按长度裁剪梯度
//
// 梯度太长时整个缩短，方向不变：长度 √(Σ gᵢ²) 大于
// max_norm，就把每个分量乘 max_norm / 长度；不大于就不动。
// 就地修改 grad，返回裁剪之前的长度，好画在训练曲线上。

fn clip(grad: &mut [f64], max_norm: f64) -> f64 {
    // 在这里写，把 0.0 换掉
    0.0
}

fn main() -> std::process::ExitCode {
    gd_exercises::clinic_clip::check(clip).report()
}

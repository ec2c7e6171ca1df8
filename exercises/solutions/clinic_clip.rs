#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-exercises = { path = ".." }
//! ```

// 解答：按长度裁剪梯度

fn clip(grad: &mut [f64], max_norm: f64) -> f64 {
    let mut square = 0.0;
    for g in grad.iter() {
        square += g * g;
    }
    let norm = f64::sqrt(square);
    // 只缩短，不拉长；全零的梯度也就不会 0/0
    if norm > max_norm {
        for g in grad.iter_mut() {
            *g *= max_norm / norm;
        }
    }
    norm
}

fn main() -> std::process::ExitCode {
    gd_exercises::clinic_clip::check(clip).report()
}

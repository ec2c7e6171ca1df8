#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-exercises = { path = "." }
//! ```

// 练习：Adam 的一步
//
// t 从 1 数起。m 和 v 从 0 开始，所以前几步偏小，要除以
// 1 − βᵗ 修正；修正过的 m̂、v̂ 只用在这一步，不存下来。
//
//     m ← β₁m + (1 − β₁)g     m̂ = m / (1 − β₁ᵗ)
//     v ← β₂v + (1 − β₂)g²    v̂ = v / (1 − β₂ᵗ)
//     θ ← θ − lr · m̂ / (√v̂ + ε)
//
// β.powi(t) 是 β 的 t 次方。就地修改 theta、m 和 v。

const BETA1: f64 = 0.9;
const BETA2: f64 = 0.999;
const EPS: f64 = 1e-8;

fn step(
    theta: &mut [f64],
    m: &mut [f64],
    v: &mut [f64],
    t: i32,
    grad: &[f64],
    lr: f64,
) {
    // 在这里写
}

fn main() -> std::process::ExitCode {
    gd_exercises::adam_step::check(step).report()
}

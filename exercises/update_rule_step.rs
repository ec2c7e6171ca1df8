#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-exercises = { path = "." }
//! ```

// 练习：梯度下降的一步
//
// 给你参数 theta、这里的梯度 grad 和学习率 lr，
// 把 theta 改成走了一步之后的值：
//
//     θ ← θ − lr · 梯度
//
// theta 和 grad 一样长，可能有任意多个坐标。
// theta[i] -= … 就地修改，不用返回。

fn step(theta: &mut [f64], grad: &[f64], lr: f64) {
    // 在这里写
}

fn main() -> std::process::ExitCode {
    gd_exercises::update_rule_step::check(step).report()
}

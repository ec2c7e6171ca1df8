#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-exercises = { path = ".." }
//! ```

// 解答：亲手反向传播一次

fn backward(w: f64, b: f64, x: f64, y: f64) -> (f64, f64) {
    // 向前算一遍
    let z = w * x + b;
    let a = z.tanh();
    // 往回算：da 是 ∂L/∂a，dz 是 ∂L/∂z
    let da = 2.0 * (a - y);
    let dz = da * (1.0 - a * a);
    // w 有两条路：经过 z 的，和 0.1w² 的
    let dw = dz * x + 0.2 * w;
    let db = dz;
    (dw, db)
}

fn main() -> std::process::ExitCode {
    gd_exercises::autodiff_chain::check(backward).report()
}

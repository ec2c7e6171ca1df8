#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-exercises = { path = ".." }
//! ```

// 解答：直线拟合的梯度

fn gradient(
    x: &[f64],
    y: &[f64],
    w: f64,
    b: f64,
) -> (f64, f64) {
    let n = x.len() as f64;
    let (mut dw, mut db) = (0.0, 0.0);
    for (x, y) in x.iter().zip(y) {
        // 误差是预测减真实；2 来自平方的导数
        let error = w * x + b - y;
        dw += 2.0 * error * x / n;
        db += 2.0 * error / n;
    }
    (dw, db)
}

fn main() -> std::process::ExitCode {
    gd_exercises::line_fit_gradient::check(gradient)
        .report()
}

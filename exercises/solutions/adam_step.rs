#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-exercises = { path = ".." }
//! ```

// 解答：Adam 的一步

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
    for i in 0..theta.len() {
        let g = grad[i];
        m[i] = BETA1 * m[i] + (1.0 - BETA1) * g;
        v[i] = BETA2 * v[i] + (1.0 - BETA2) * g * g;
        // 修正只用在这一步：写回去就会修正两次
        let m_hat = m[i] / (1.0 - BETA1.powi(t));
        let v_hat = v[i] / (1.0 - BETA2.powi(t));
        theta[i] -= lr * m_hat / (v_hat.sqrt() + EPS);
    }
}

fn main() -> std::process::ExitCode {
    gd_exercises::adam_step::check(step).report()
}

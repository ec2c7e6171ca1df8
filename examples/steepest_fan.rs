#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

fn f(x: f64, y: f64) -> f64 {
    x * x + x * y + 2.0 * y * y
}

// (1, 1) 处，朝 degrees 度的方向走，坡有多陡
fn slope(degrees: f64) -> f64 {
    let (uy, ux) = degrees.to_radians().sin_cos();
    let h = 1e-5;
    let ahead = f(1.0 + h * ux, 1.0 + h * uy);
    let behind = f(1.0 - h * ux, 1.0 - h * uy);
    (ahead - behind) / (2.0 * h)
}

fn main() {
    // 手算的梯度：(2x + y, x + 4y)
    let grad = [3.0_f64, 5.0];
    println!("方向   量出来    ∇f·u");
    for k in 0..12 {
        let degrees = 30.0 * f64::from(k);
        let (uy, ux) = degrees.to_radians().sin_cos();
        println!(
            "{degrees:>3}°  {:>7.4}  {:>7.4}",
            slope(degrees),
            grad[0] * ux + grad[1] * uy,
        );
    }
    // 一度一度地试，谁最陡
    let best = (0..360)
        .map(f64::from)
        .max_by(|a, b| slope(*a).total_cmp(&slope(*b)));
    println!("最陡的整数度数：{}°", best.unwrap());
    println!(
        "梯度：方向 {:.2}°，长度 {:.4}",
        grad[1].atan2(grad[0]).to_degrees(),
        grad[0].hypot(grad[1]),
    );
}

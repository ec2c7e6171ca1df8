#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

// 从 start 出发走 n 步
fn descend(
    df: fn(f64) -> f64,
    start: f64,
    lr: f64,
    n: u32,
) -> f64 {
    (0..n).fold(start, |x, _| x - lr * df(x))
}

fn main() {
    // 梯度接近零，却不是最低点
    let x = descend(|x| 3.0 * x * x, 1.0, 0.1, 1000);
    println!("x³ 从 1 出发，1000 步后 x = {x:.5}");
    println!(
        "    梯度 = {:.1e}，可左边还更低",
        3.0 * x * x
    );

    // 凸函数，也未必走得到最低点
    let x = descend(f64::exp, 0.0, 0.1, 100_000);
    println!(
        "eˣ 从 0 出发，10 万步后 x = {x:.2}，仍在下降"
    );
    let a = descend(f64::signum, 0.95, 0.1, 1000);
    let b = descend(f64::signum, 0.95, 0.1, 1001);
    println!("|x|，lr = 0.1：在 {a:.2} 与 {b:.2} 之间来回");
    let x = descend(|x| 4.0 * x.powi(3), 4.0, 0.1, 6);
    println!(
        "x⁴ 从 4 出发，lr = 0.1，6 步后 |x| = {:.1e}",
        x.abs()
    );
}

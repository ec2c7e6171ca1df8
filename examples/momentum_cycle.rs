#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

// 三段直线拼成的坡度：曲率 25、1、25，处处往上弯
fn slope(x: f64) -> f64 {
    if x < 1.0 {
        25.0 * x
    } else if x < 2.0 {
        x + 24.0
    } else {
        25.0 * x - 24.0
    }
}

fn run(eta: f64, mu: f64) -> Vec<f64> {
    let (mut x, mut v) = (3.3, 0.0);
    let mut path = vec![x];
    for _ in 0..10_000 {
        v = mu * v + slope(x);
        x -= eta * v;
        path.push(x);
    }
    path
}

fn main() {
    // 按 λ 从 1 到 25 取的最好参数：η = 1/9，μ = 4/9
    let ball = run(1.0 / 9.0, 4.0 / 9.0);
    println!("重球，最后六步：{:.4?}", &ball[9995..]);
    let plain = run(2.0 / 26.0, 0.0);
    println!("普通，走到 {:.0e}", plain[1000]);
}

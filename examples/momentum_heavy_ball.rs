#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

// 峡谷 f(x, y) = (x² + 50y²)/2 的梯度
fn grad(p: [f64; 2]) -> [f64; 2] {
    [p[0], 50.0 * p[1]]
}

// 从第几步起，两个坐标一直小于百万分之一
fn settled(eta: f64, mu: f64, print: usize) -> usize {
    let mut p = [-4.0_f64, 1.0];
    let mut v = [0.0, 0.0];
    let mut outside = 0;
    for t in 1..=5000 {
        let g = grad(p);
        for i in 0..2 {
            v[i] = mu * v[i] + g[i]; // 旧的打折，加上新的
            p[i] -= eta * v[i];
        }
        if t <= print {
            println!(
                "{t}   {:6.2} {:6.2}   {:7.2} {:7.2}",
                g[0], v[0], g[1], v[1]
            );
        }
        if p.iter().any(|c| c.abs() >= 1e-6) {
            outside = t;
        }
    }
    outside + 1
}

fn main() {
    let eta = 2.0 / 51.0;
    println!("步    x 坡度   x 累加    y 坡度   y 累加");
    settled(eta, 0.75, 6);
    for mu in [0.0, 0.5, 0.75, 0.9, 0.99] {
        let steps = settled(eta, mu, 0);
        println!("动量 {mu} 要 {steps} 步");
    }
}

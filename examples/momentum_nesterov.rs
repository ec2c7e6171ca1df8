#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

use gd_core::Objective;
use gd_core::objective::Quadratic;
use gd_core::optim::{Optimizer, Sgd};
use ndarray::{Array1, array};

fn main() {
    let f = Quadratic::<f64>::ravine();
    let kappa = 50.0_f64;
    // η = 1/L，μ = (√κ − 1)/(√κ + 1)
    let (eta, r) = (1.0 / 50.0, kappa.sqrt());
    let mu = (r - 1.0) / (r + 1.0);
    let mut g = Array1::zeros(2);

    // 写法一：探到 θ + μw，在那里看坡；w 是位移
    let mut theta = array![-4.0, 1.0];
    let mut w = array![0.0, 0.0];
    for _ in 0..100 {
        let ahead = &theta + mu * &w;
        f.gradient(&ahead, &mut g);
        w = mu * &w - eta * &g;
        theta += &w;
    }
    let ahead = &theta + mu * &w; // 探到的点

    // 写法二：PyTorch 和 gd-core 的，参数就是探到的点
    let mut x = array![-4.0, 1.0];
    let mut rule =
        Sgd::default().momentum(mu).nesterov(true);
    for _ in 0..100 {
        f.gradient(&x, &mut g);
        rule.step(eta, &mut x, &g);
    }
    println!("一：θ     = {theta:.4e}");
    println!("一：θ + μw = {ahead:.4e}");
    println!("二：x     = {x:.4e}");
    let gap = (&ahead - &x).mapv(f64::abs).sum();
    println!("两种写法一致：{}", gap < 1e-15);
}

#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

use gd_core::linalg::symmetric_eigenvalues;
use gd_core::optim::NewtonSchulz;
use ndarray::{Array2, array};

// 奇异值：X Xᵀ 的特征值开方
fn singular_values(x: &Array2<f64>) -> Vec<f64> {
    let squares = symmetric_eigenvalues(&x.dot(&x.t()));
    squares.iter().map(|s| s.max(0.0).sqrt()).collect()
}

fn main() {
    // 一个方向的梯度比另一个大将近两百倍
    let g: Array2<f64> =
        array![[9.0, 7.0, 1.0], [8.0, 6.3, 0.8]];
    println!("之前：{:.3?}", singular_values(&g));

    let (a, b, c) = (3.4445, -4.775, 2.0315);
    let size = g.iter().map(|v| v * v).sum::<f64>().sqrt();
    let mut x = &g / size;
    for k in 1..=5 {
        let gram = x.dot(&x.t());
        let poly = b * &gram + c * gram.dot(&gram);
        x = a * &x + poly.dot(&x);
        println!("第 {k} 次：{:.3?}", singular_values(&x));
    }

    let same = NewtonSchulz::default().orthogonalize(&g);
    let gap = (&x - &same).mapv(f64::abs).sum();
    println!("与 gd-core 一致：{}", gap < 1e-9);
}

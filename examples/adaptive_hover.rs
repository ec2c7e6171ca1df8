#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

use gd_core::objective::Quadratic;
use gd_core::optim::RmsProp;
use gd_core::schedule::Schedule;
use gd_core::{Descent, minimize};
use ndarray::{Array1, array};

// 从 (−4, 1) 出发，在峡谷里走 20000 步
fn end(lr: impl Schedule<f64>) -> Array1<f64> {
    let f = Quadratic::ravine();
    let mut x = array![-4.0, 1.0];
    let mut solver = Descent::new(RmsProp::default(), lr);
    minimize(&f, &mut solver, &mut x, 20_000, &mut ());
    x
}

fn main() {
    for eta in [0.1, 0.01, 0.001] {
        let x = end(eta);
        println!(
            "η = {eta:<5}  停在 |x| = {:.5}，|y| = {:.5}",
            x[0].abs(),
            x[1].abs()
        );
    }
    // 学习率随步数减小：0.1/√t
    let x = end(|t: usize| 0.1 / (t as f64 + 1.0).sqrt());
    println!(
        "η = 0.1/√t  停在 |x| = {:.5}，|y| = {:.5}",
        x[0].abs(),
        x[1].abs()
    );
}

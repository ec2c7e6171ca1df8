#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

use gd_core::objective::Quadratic;
use gd_core::observer::Trajectory;
use gd_core::optim::Sgd;
use gd_core::{Descent, minimize};
use ndarray::array;

fn main() {
    let problem = Quadratic::square(); // f(x) = x²
    // 普通梯度下降，学习率 0.3
    let mut solver = Descent::new(Sgd::plain(), 0.3);
    let mut x = array![4.0];
    let mut path = Trajectory::new();

    let stop = minimize(
        &problem,
        &mut solver,
        &mut x,
        20,
        &mut path,
    );

    for (t, x) in path.points.iter().enumerate().take(9) {
        println!("t = {t}  x = {:.4}", x[0]);
    }
    println!("停下的原因：{stop:?}");
    println!("20 步后  x = {:.3e}", x[0]);
}

#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

use gd_core::objective::Quadratic;
use gd_core::observer::Trajectory;
use gd_core::optim::{Adam, Optimizer, Sgd};
use gd_core::{Descent, minimize};
use ndarray::array;

// f(x) = x²，从 4 出发，学习率 0.1，走两步
fn two_steps(name: &str, rule: impl Optimizer<f64>) {
    let mut path = Trajectory::new();
    let mut solver = Descent::new(rule, 0.1);
    minimize(
        &Quadratic::square(),
        &mut solver,
        &mut array![4.0],
        2,
        &mut path,
    );
    let x = path.coordinate(0);
    println!(
        "{name}：第二步走了 {:.4}，梯度下降该走 {:.4}",
        x[2] - x[1],
        -0.1 * 2.0 * x[1]
    );
}

fn main() {
    two_steps("SGD", Sgd::plain());
    two_steps("动量 0.9", Sgd::plain().momentum(0.9));
    two_steps("Adam", Adam::default());
}

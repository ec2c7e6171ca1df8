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

// 从此一直待在 10⁻⁶ 以内，是从第几步开始的
fn settled(
    rule: impl Optimizer<f64>,
    lr: f64,
) -> Option<usize> {
    let bowl = Quadratic::diagonal(&[2.0, 4.0]);
    let mut p = array![4.0, 3.0];
    let mut path = Trajectory::new();
    let mut solver = Descent::new(rule, lr);
    minimize(&bowl, &mut solver, &mut p, 3000, &mut path);
    let outside = path
        .points
        .iter()
        .rposition(|q| !q.iter().all(|c| c.abs() < 1e-6))?;
    let steps = outside + 1;
    (steps < path.points.len()).then_some(steps)
}

fn main() {
    // 普通梯度下降：1/300、2/300……；Adam：0.02、0.04……
    let plain = (1..150)
        .filter_map(|k| {
            settled(Sgd::plain(), k as f64 / 300.0)
        })
        .min();
    let adam = (1..=100)
        .filter_map(|k| {
            settled(Adam::default(), k as f64 / 50.0)
        })
        .min();
    println!("普通梯度下降：{} 步", plain.unwrap());
    println!("Adam（默认）：{} 步", adam.unwrap());
}

#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

use gd_core::objective::Quadratic;
use gd_core::optim::Sgd;
use gd_core::{Descent, minimize};
use ndarray::array;

// f(x) = x²，曲率 λ = 2，从 4 出发走 5000 步
fn end(rule: Sgd<f64>, eta: f64) -> f64 {
    let mut x = array![4.0];
    let mut solver = Descent::new(rule, eta);
    let f = Quadratic::square();
    minimize(&f, &mut solver, &mut x, 5000, &mut ());
    x[0].abs()
}

fn main() {
    let lambda = 2.0;
    for mu in [0.0, 0.5, 0.9] {
        let rule = Sgd::default().momentum(mu);
        let top = 2.0 * (1.0 + mu) / lambda;
        println!(
            "重球 μ = {mu}，上限 {top}：\
             之内 {:.0e}，之外 {:.0e}",
            end(rule.clone(), 0.99 * top),
            end(rule, 1.01 * top),
        );
    }
    for mu in [0.5, 0.9] {
        let rule = Sgd::default().momentum(mu);
        let rule = rule.nesterov(true);
        let top =
            2.0 * (1.0 + mu) / (1.0 + 2.0 * mu) / lambda;
        println!(
            "Nesterov μ = {mu}，上限 {top:.3}：\
             之内 {:.0e}，之外 {:.0e}",
            end(rule.clone(), 0.99 * top),
            end(rule, 1.01 * top),
        );
    }
}

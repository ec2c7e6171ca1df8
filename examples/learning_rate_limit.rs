#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

use gd_core::objective::Quadratic;
use gd_core::optim::Sgd;
use gd_core::{Descent, Limit, minimize};
use ndarray::array;

fn main() {
    // f(x) = ½Lx²：曲率 L 越大，能用的学习率越小
    for l in [0.5, 2.0, 20.0] {
        let problem = Quadratic::diagonal(&[l]);
        for share in [0.5, 0.99, 1.0, 1.01] {
            let lr = share * 2.0 / l; // 上限的几成
            let mut solver = Descent::new(Sgd::plain(), lr);
            let mut x = array![4.0_f64];
            let steps =
                Limit::steps(3000).gradient_below(1e-6);
            minimize(
                &problem,
                &mut solver,
                &mut x,
                steps,
                &mut (),
            );
            let size = x[0].abs();
            println!(
                "L = {l:<3}  lr = {lr:.3}  |x| = {size:.0e}"
            );
        }
    }
}

#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

use gd_core::objective::DoubleWell;
use gd_core::optim::Sgd;
use gd_core::{Descent, minimize};
use ndarray::array;

fn main() {
    println!("学习率 0.01，走 4000 步，停在哪里：");
    println!("动量    从 2    从 2.2   从 −2.2");
    for mu in [0.0, 0.9, 0.95, 0.98, 0.99] {
        print!("{mu:4}");
        for start in [2.0, 2.2, -2.2] {
            let mut x = array![start];
            let rule = Sgd::default().momentum(mu);
            let mut solver = Descent::new(rule, 0.01);
            minimize(
                &DoubleWell,
                &mut solver,
                &mut x,
                4000,
                &mut (),
            );
            // 深谷在 −1.44，浅谷在 1.38
            print!("  {:7.4}", x[0]);
        }
        println!();
    }
}

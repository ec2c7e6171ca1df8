#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

use gd_core::objective::DoubleWell;
use gd_core::optim::Adam;
use gd_core::{Descent, minimize};
use ndarray::array;

fn main() {
    let [deep, shallow] = DoubleWell::minima();
    println!("深谷在 {deep:.4}，浅谷在 {shallow:.4}");
    for start in [0.5, 2.0] {
        for lr in [0.001, 0.01, 0.1, 0.5] {
            let mut x = array![start];
            let mut solver =
                Descent::new(Adam::default(), lr);
            minimize(
                &DoubleWell,
                &mut solver,
                &mut x,
                20_000,
                &mut (),
            );
            let well = if x[0] < 0.0 {
                "深谷"
            } else {
                "浅谷"
            };
            println!(
                "Adam 从 {start} 出发，lr = {lr}：\
                 x = {:.3}，{well}",
                x[0]
            );
        }
    }
}

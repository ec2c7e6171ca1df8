#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

use gd_core::objective::DoubleWell;
use gd_core::optim::Adam;
use gd_core::{Descent, Limit, minimize};
use ndarray::array;

fn main() {
    let [deep, shallow] = DoubleWell::minima();
    println!("深谷在 {deep:.4}，浅谷在 {shallow:.4}");
    // 坡度够小就停：Adam 在谷底会一直轻轻晃
    let limit = Limit::steps(20_000).gradient_below(1e-6);
    for start in [0.5, 2.0] {
        for lr in [0.001, 0.01, 0.1, 0.5] {
            let mut x = array![start];
            let mut solver =
                Descent::new(Adam::default(), lr);
            minimize(
                &DoubleWell,
                &mut solver,
                &mut x,
                limit,
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

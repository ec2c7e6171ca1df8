#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

use gd_core::objective::Quadratic;
use gd_core::observer::{Snapshot, Trajectory};
use gd_core::optim::Sgd;
use gd_core::{Descent, minimize};
use ndarray::array;
use std::ops::ControlFlow;

fn main() {
    // f(x, y) = x² + 2y² 的曲率是 2 和 4
    let problem = Quadratic::diagonal(&[2.0, 4.0]);
    for lr in [0.1, 1.0 / 3.0, 0.5] {
        let mut p = array![4.0, 3.0];
        let mut path = Trajectory::new();
        let mut close = |now: &Snapshot<'_, f64>| {
            if now.x.iter().all(|c| c.abs() < 1e-6) {
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        };
        let mut watch = (&mut path, &mut close);
        let mut solver = Descent::new(Sgd::plain(), lr);
        minimize(
            &problem,
            &mut solver,
            &mut p,
            200,
            &mut watch,
        );
        println!(
            "lr = {lr:.4}  {} 步，停在 ({:.6}, {:.6})",
            path.points.len() - 1,
            p[0],
            p[1]
        );
        for q in path.points.iter().take(4) {
            println!("    ({:7.4}, {:7.4})", q[0], q[1]);
        }
    }
}

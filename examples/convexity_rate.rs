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
use ndarray::Array1;

fn main() {
    for kappa in [1.0, 10.0, 100.0, 1000.0] {
        // 五个方向，曲率从 1 到 κ
        let f = Quadratic::with_condition_number(kappa, 5);
        let lr = 2.0 / (kappa + 1.0);
        let mut x = Array1::ones(5);
        let mut path = Trajectory::new();
        let mut solver = Descent::new(Sgd::plain(), lr);
        minimize(&f, &mut solver, &mut x, 7000, &mut path);

        // 五个坐标都小于百万分之一，是在第几步
        let close = |x: &Array1<f64>| {
            x.iter().all(|c| c.abs() < 1e-6)
        };
        let t = path.points.iter().position(close).unwrap();
        let size = |t: usize| {
            let x: &Array1<f64> = &path.points[t];
            x.dot(x).sqrt()
        };
        println!(
            "κ = {kappa:4}  {t:5} 步  最后一步乘 {:.6}  \
             理论 {:.6}",
            size(t) / size(t - 1),
            (kappa - 1.0) / (kappa + 1.0)
        );
    }
}

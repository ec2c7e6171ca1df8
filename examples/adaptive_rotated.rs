#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

use gd_core::objective::Quadratic;
use gd_core::observer::Trajectory;
use gd_core::optim::{Adagrad, Optimizer, Sgd};
use gd_core::{Descent, minimize};
use ndarray::array;

// 把峡谷和起点一起转过 angle；走到 10⁻⁶ 以内的步数
fn steps(
    degrees: f64,
    rule: impl Optimizer<f64>,
    lr: f64,
) -> Option<usize> {
    let angle = degrees.to_radians();
    let (sin, cos) = angle.sin_cos();
    let f = Quadratic::ravine().rotated(angle);
    let mut x = array![-4.0 * cos - sin, -4.0 * sin + cos];
    let mut path = Trajectory::new();
    let mut solver = Descent::new(rule, lr);
    minimize(&f, &mut solver, &mut x, 3000, &mut path);
    let far =
        |x: &ndarray::Array1<f64>| x[0].hypot(x[1]) >= 1e-6;
    let last = path.points.iter().rposition(far)?;
    (last + 1 < path.points.len()).then_some(last + 1)
}

fn main() {
    for degrees in [0.0, 5.0, 20.0, 45.0] {
        let plain =
            steps(degrees, Sgd::plain(), 2.0 / 51.0);
        // Adagrad 试 0.1、0.2……10，取最少的
        let adagrad = (1..=100)
            .filter_map(|k| {
                let lr = k as f64 / 10.0;
                steps(degrees, Adagrad::default(), lr)
            })
            .min();
        println!(
            "转 {degrees:2} 度：普通 {} 步，Adagrad {} 步",
            plain.unwrap(),
            adagrad.unwrap()
        );
    }
}

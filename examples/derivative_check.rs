#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

use gd_core::numeric::check_gradient;
use gd_core::objective::FnObjective;
use ndarray::{ArrayRef1, array};

type Point = ArrayRef1<f64>;

fn f(p: &Point) -> f64 {
    p[0] * p[0] + p[0] * p[1] + 2.0 * p[1] * p[1]
}

fn right(p: &Point, grad: &mut Point) {
    grad[0] = 2.0 * p[0] + p[1];
    grad[1] = p[0] + 4.0 * p[1];
}

// 少了一项：xy 对 y 求导，应当还有一个 x
fn wrong(p: &Point, grad: &mut Point) {
    grad[0] = 2.0 * p[0] + p[1];
    grad[1] = 4.0 * p[1];
}

fn main() {
    let good = FnObjective::new(2, f, right);
    let bad = FnObjective::new(2, f, wrong);
    for (x, y) in [(1.0, 1.0), (0.3, -2.0), (0.0, 2.0)] {
        println!(
            "({x}, {y})：对的差 {:.6}，错的差 {:.6}",
            check_gradient(&good, &array![x, y]),
            check_gradient(&bad, &array![x, y]),
        );
    }
}

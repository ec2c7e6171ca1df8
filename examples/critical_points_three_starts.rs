#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

// f(x) = x⁴ − 4x² + 0.5x，有两个谷、一个峰
fn f(x: f64) -> f64 {
    x.powi(4) - 4.0 * x * x + 0.5 * x
}

fn df(x: f64) -> f64 {
    4.0 * x.powi(3) - 8.0 * x + 0.5
}

fn main() {
    for start in [-2.0, 0.5, 2.0] {
        let mut x = start;
        for _ in 0..100 {
            x -= 0.01 * df(x);
        }
        println!(
            "起点 {start:4.1}  终点 x = {x:7.4}  f = {:.4}",
            f(x)
        );
    }
}

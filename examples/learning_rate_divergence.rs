#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

fn main() {
    let lr = 1.1;
    let mut x: f64 = 4.0;
    for step in 1..=5 {
        x -= lr * 2.0 * x;
        println!(
            "第 {step} 步  x = {x:6.2}  f(x) = {:6.2}",
            x * x
        );
    }
}

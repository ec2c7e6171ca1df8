#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

// f(x) = x³，在 x = 1 处的导数正好是 3
fn f(x: f64) -> f64 {
    x * x * x
}

fn main() {
    let x = 1.0;
    println!(
        "{:>6}{:>16}{:>16}",
        "h", "forward", "central"
    );
    for h in [
        1e-1, 1e-2, 1e-4, 1e-5, 1e-6, 1e-8, 1e-10, 1e-12,
        1e-14,
    ] {
        // 向前差分：只往右探一步
        let forward = (f(x + h) - f(x)) / h;
        // 中心差分：左右各探一步
        let central = (f(x + h) - f(x - h)) / (2.0 * h);
        println!(
            "{h:>6.0e}{forward:>16.11}{central:>16.11}"
        );
    }
}

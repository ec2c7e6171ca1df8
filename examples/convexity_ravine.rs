#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

// ½(x² + 50y²)，从 (−4, 1) 出发
fn main() {
    let rates =
        [0.015, 0.02, 0.03, 2.0 / 51.0, 0.04, 0.041];
    for lr in rates {
        let (mut x, mut y) = (-4.0_f64, 1.0_f64);
        let (mut t, mut turns) = (0, 0);
        while x.abs().max(y.abs()) >= 1e-6 && t < 2000 {
            let (old_x, old_y) = (x, y);
            x -= lr * old_x;
            y -= lr * 50.0 * old_y;
            // y 变号，就是跨过了谷底线
            if y * old_y < 0.0 {
                turns += 1;
            }
            t += 1;
        }
        println!(
            "lr = {lr:.4}  y 每步乘 {:5.2}  {t:4} 步  \
             变号 {turns:4} 次  y = {y:.1e}",
            1.0 - 50.0 * lr
        );
    }
}

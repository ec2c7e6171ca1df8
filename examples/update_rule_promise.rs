#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

fn f(x: f64) -> f64 {
    x * x * x.sin()
}

fn df(x: f64) -> f64 {
    2.0 * x * x.sin() + x * x * x.cos()
}

fn main() {
    let x = 3.6;
    let grad = df(x);
    for lr in [0.001, 0.01, 0.1, 0.2] {
        // 切线说：走这一步，该低这么多
        let promised = lr * grad * grad;
        // 曲线说：其实低了这么多，负数是升高
        let gained = f(x) - f(x - lr * grad);
        println!(
            "lr = {lr:<5}  许诺 {promised:7.4}  \
             实际 {gained:8.4}  实际 ÷ 许诺 {:6.3}",
            gained / promised
        );
    }
}

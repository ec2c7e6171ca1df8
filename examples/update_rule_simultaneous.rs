#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

// J = θ₁² + θ₁θ₂ + θ₂²：每个偏导数里都有两个坐标
fn d1(a: f64, b: f64) -> f64 {
    2.0 * a + b
}

fn d2(a: f64, b: f64) -> f64 {
    a + 2.0 * b
}

// 对：两个偏导数都在旧的位置上算
fn at_once((a, b): (f64, f64), lr: f64) -> (f64, f64) {
    (a - lr * d1(a, b), b - lr * d2(a, b))
}

// 错：算第二个偏导数时，θ₁ 已经是新的了
fn in_turn((a, b): (f64, f64), lr: f64) -> (f64, f64) {
    let a = a - lr * d1(a, b);
    let b = b - lr * d2(a, b);
    (a, b)
}

fn main() {
    for lr in [0.25, 0.8] {
        let (mut right, mut wrong) =
            ((3.0, 1.0), (3.0, 1.0));
        println!("lr = {lr}");
        for t in 1..=20 {
            right = at_once(right, lr);
            wrong = in_turn(wrong, lr);
            if t < 3 || t == 20 {
                println!(
                    "{t:4} 步  同时 ({:.5}, {:.5})  \
                     先后 ({:.5}, {:.5})",
                    right.0, right.1, wrong.0, wrong.1
                );
            }
        }
    }
}

#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

// 在 [−3, 3] 上取许多条弦，数一数有几条的中点
// 落在曲线下面
fn broken(f: fn(f64) -> f64) -> (usize, usize) {
    let at = |i: usize| -3.0 + 0.05 * i as f64;
    let (mut wrong, mut all) = (0, 0);
    for i in 0..=120 {
        for j in 0..i {
            let (a, b) = (at(j), at(i));
            let chord = 0.5 * (f(a) + f(b));
            // 留一点余地给浮点数的舍入
            if f(0.5 * (a + b)) > chord + 1e-9 {
                wrong += 1;
            }
            all += 1;
        }
    }
    (wrong, all)
}

fn show(name: &str, f: fn(f64) -> f64) {
    let (wrong, all) = broken(f);
    println!("{all} 条弦里 {wrong:4} 条违例  {name}");
}

fn main() {
    show("x²", |x| x * x);
    show("x⁴", |x| x.powi(4));
    show("eˣ", f64::exp);
    show("|x|", f64::abs);
    show("max(|x|−1, 0)²", |x| {
        (x.abs() - 1.0).max(0.0).powi(2)
    });
    show("x⁴ − 4x² + 0.5x", |x| {
        x.powi(4) - 4.0 * x * x + 0.5 * x
    });
    show("x² sin x", |x| x * x * x.sin());
}

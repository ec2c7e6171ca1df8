#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

use gd_core::data::lesson_line;
use gd_core::numeric::check_gradient;
use gd_core::objective::FnObjective;
use ndarray::{ArrayRef1, array};

// 一个样本的梯度（对 w、对 b），e 是误差 wx + b − y
type Term = fn(f64, f64) -> [f64; 2];

fn main() {
    let data = lesson_line::<f64>();
    let n = data.len() as f64;
    let cases: [(&str, Term); 4] = [
        ("写对了    ", |e, x| [2.0 * e * x, 2.0 * e]),
        ("正负号反了", |e, x| {
            [-2.0 * e * x, -2.0 * e]
        }),
        ("漏了 2    ", |e, x| [e * x, e]),
        ("漏乘 x    ", |e, _| [2.0 * e, 2.0 * e]),
    ];
    for (name, term) in cases {
        let loss = |p: &ArrayRef1<f64>| {
            let e = &data.x * p[0] + p[1] - &data.y;
            e.dot(&e) / n
        };
        let gradient =
            |p: &ArrayRef1<f64>, g: &mut ArrayRef1<f64>| {
                g.fill(0.0);
                for (x, y) in data.x.iter().zip(&data.y) {
                    let e = p[0] * x + p[1] - y;
                    let [by_w, by_b] = term(e, *x);
                    g[0] += by_w / n;
                    g[1] += by_b / n;
                }
            };
        let problem = FnObjective::new(2, loss, gradient);
        // 随便挑一点，别挑 0 或最低点
        let error =
            check_gradient(&problem, &array![0.7, -1.3]);
        println!("{name}  最大相对误差 {error:.1e}");
    }
}

#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

use gd_core::data::{Dataset, lesson_line};
use gd_core::linalg::symmetric_eigenvalues;
use gd_core::model::LinearRegression;
use ndarray::Array1;

fn show(name: &str, x: Array1<f64>, y: &Array1<f64>) {
    let data = Dataset::new(x, y.clone());
    let model = LinearRegression::line(&data);
    let hessian = model.constant_hessian();
    // 两个方向的曲率，从小到大
    let c = symmetric_eigenvalues(&hessian);
    println!(
        "曲率 {:.4} 和 {:9.4}  κ = {:8.1}  {name}",
        c[0],
        c[1],
        c[1] / c[0]
    );
}

fn main() {
    let data = lesson_line::<f64>();
    let (x, y) = (&data.x, &data.y);
    show("x", x.clone(), y);
    show("10x：换个单位", x * 10.0, y);
    show("x + 20：换个原点", x + 20.0, y);
    // 标准化：减去平均，除以标准差
    let z = (x - x.mean().unwrap()) / x.std(0.0);
    show("标准化", z, y);
}

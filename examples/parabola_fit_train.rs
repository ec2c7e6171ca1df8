#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

use gd_core::data::lesson_parabola;
use gd_core::linalg::symmetric_eigenvalues;
use gd_core::model::LinearRegression;
use gd_core::optim::Sgd;
use gd_core::{Descent, Limit, Objective, Stop, minimize};
use ndarray::Array1;

fn main() {
    // 每行特征是 [x², x, 1]，参数是 (a, b, c)
    let data = lesson_parabola::<f64>();
    let problem = LinearRegression::polynomial(&data, 2);

    let curvature =
        symmetric_eigenvalues(&problem.constant_hessian());
    println!("黑塞矩阵的特征值 {curvature:.3}");
    println!(
        "学习率上限 {:.5}",
        problem.largest_stable_lr()
    );

    for lr in [0.1, 0.05] {
        let mut theta = Array1::zeros(3);
        let mut solver = Descent::new(Sgd::plain(), lr);
        let steps = Limit::steps(2000).gradient_below(1e-8);
        let stop = minimize(
            &problem,
            &mut solver,
            &mut theta,
            steps,
            &mut (),
        );
        println!("lr = {lr}  {stop:?}");
        if stop == Stop::Converged {
            println!("    θ = {theta:.4}");
        }
    }
    let best = problem.least_squares();
    println!("最小二乘  θ = {best:.4}");
    println!("最低损失 {:.5}", problem.value(&best));
}

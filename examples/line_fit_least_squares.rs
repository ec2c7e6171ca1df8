#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

use gd_core::data::lesson_line;
use gd_core::model::LinearRegression;
use gd_core::{Objective, numeric};
use ndarray::array;

fn main() {
    let data = lesson_line::<f64>();
    let problem = LinearRegression::line(&data);

    // 不用迭代，直接解出损失最低的那条直线
    let best = problem.least_squares();
    println!(
        "最小二乘  w = {:.5}  b = {:.5}  损失 = {:.5}",
        best[0],
        best[1],
        problem.value(&best)
    );
    let truth = array![2.0, 3.0];
    println!(
        "真实直线  损失 = {:.5}",
        problem.value(&truth)
    );

    // 推导出的梯度对不对？拿差商来比
    let theta = array![0.5, -1.0];
    let error = numeric::check_gradient(&problem, &theta);
    println!(
        "梯度与差商相对误差小于 1e-7：{}",
        error < 1e-7
    );
    println!(
        "学习率上限 = {:.5}",
        problem.largest_stable_lr()
    );
}

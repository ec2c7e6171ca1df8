#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

use gd_core::data::lesson_line;
use gd_core::model::LinearRegression;
use gd_core::optim::Sgd;
use gd_core::{Descent, Objective, minimize};
use ndarray::Array1;

fn main() {
    let data = lesson_line::<f64>();
    let problem = LinearRegression::line(&data);

    // 每次把学习率放大约 3 倍，各跑 50 步，看损失
    for lr in [0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3] {
        let mut theta = Array1::zeros(2);
        let mut solver = Descent::new(Sgd::plain(), lr);
        let stop = minimize(
            &problem,
            &mut solver,
            &mut theta,
            50,
            &mut (),
        );
        let loss = problem.value(&theta);
        println!(
            "lr = {lr:<6}  损失 = {loss:10.4e}  {stop:?}"
        );
    }
    println!(
        "理论上限 2/L = {:.5}",
        problem.largest_stable_lr()
    );
}

#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

use gd_core::data::lesson_line;
use gd_core::model::LinearRegression;
use gd_core::observer::Snapshot;
use gd_core::optim::Sgd;
use gd_core::{Descent, minimize};
use ndarray::Array1;
use std::ops::ControlFlow;

fn main() {
    let problem = LinearRegression::line(&lesson_line());
    for lr in [0.001, 0.01, 0.1, 0.5] {
        let mut last = f64::NAN;
        let mut overflow = None;
        let mut watch = |now: &Snapshot<'_, f64>| {
            last = now.value();
            if last.is_infinite() && overflow.is_none() {
                overflow = Some(now.step);
            }
            ControlFlow::Continue(())
        };
        let mut theta = Array1::zeros(2);
        let mut solver = Descent::new(Sgd::plain(), lr);
        minimize(
            &problem,
            &mut solver,
            &mut theta,
            200,
            &mut watch,
        );
        match overflow {
            None => println!(
                "lr = {lr:<5}  200 轮后损失 {last:.5}"
            ),
            Some(t) => {
                println!("lr = {lr:<5}  第 {t} 轮损失溢出")
            }
        }
    }
    println!(
        "上限 2/L = {:.5}",
        problem.largest_stable_lr()
    );
}

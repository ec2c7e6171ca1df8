#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

use gd_core::batch::{Sampler, Sampling};
use gd_core::data::lesson_line;
use gd_core::model::LinearRegression;
use gd_core::optim::Sgd;
use gd_core::{Objective, Schedule};
use gd_core::{StochasticDescent, minimize};
use ndarray::array;

const RUN: usize = 20_000;

// 走 20 次（种子不同），终点平均高出最低几成
fn excess(rate: impl Schedule<f64> + Copy) -> f64 {
    let f = LinearRegression::line(&lesson_line());
    let lowest = f.value(&f.least_squares());
    let one = Sampling::OneSample;
    let mut sum = 0.0;
    for seed in 0..20 {
        let sampler = Sampler::new(100, one, seed);
        let mut solver = StochasticDescent::new(
            Sgd::plain(),
            rate,
            sampler,
        );
        let mut theta = array![0.0, 0.0];
        minimize(&f, &mut solver, &mut theta, RUN, &mut ());
        sum += f.value(&theta) / lowest - 1.0;
    }
    sum / 20.0
}

fn main() {
    let show = |name: &str, excess: f64| {
        println!("{name}  高出 {:.3}%", 100.0 * excess);
    };
    show("常数 0.01 ", excess(0.01));
    show("常数 0.001", excess(0.001));
    let inverse =
        |t: usize| 0.01 / (1.0 + t as f64 / 100.0);
    show("反比 1/t  ", excess(inverse));
    let cosine = |t: usize| {
        let s = t as f64 / RUN as f64;
        0.005 * (1.0 + (std::f64::consts::PI * s).cos())
    };
    show("余弦      ", excess(cosine));
}

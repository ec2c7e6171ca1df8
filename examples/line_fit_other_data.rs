#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

use gd_core::data;
use gd_core::model::LinearRegression;

fn main() {
    // 同样的真实直线，换四个随机种子，各取 100 个点
    for seed in 1..=4 {
        let sample = data::line(100, 2.0, 3.0, 1.5, seed);
        let best =
            LinearRegression::line(&sample).least_squares();
        println!(
            "种子 {seed}  w = {:.4}  b = {:.4}",
            best[0], best[1]
        );
    }
    // 点数多 100 倍，误差约缩小到十分之一
    let sample = data::line(10_000, 2.0, 3.0, 1.5, 1);
    let best =
        LinearRegression::line(&sample).least_squares();
    println!(
        "一万个点  w = {:.4}  b = {:.4}",
        best[0], best[1]
    );
}

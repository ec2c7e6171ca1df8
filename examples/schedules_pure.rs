#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

use gd_core::Schedule;
use gd_core::schedule::{
    CosineAnnealing, Linear, Sequential,
};
use std::f64::consts::PI;

const PEAK: f64 = 0.1; // 最大学习率
const WARM: usize = 100; // 预热的步数
const RUN: usize = 1000; // 总步数

// 手写：只看步数 t，不记任何东西
fn by_hand(t: usize) -> f64 {
    if t < WARM {
        let s = t as f64 / WARM as f64;
        PEAK * (0.01 + 0.99 * s)
    } else {
        let s = (t - WARM) as f64;
        let s = s / (RUN - WARM) as f64;
        PEAK * (1.0 + (PI * s).cos()) / 2.0
    }
}

fn main() {
    // 现成的：先线性上升，到 WARM 步换成余弦
    let rise = Linear::new(PEAK, WARM).start_factor(0.01);
    let fall = CosineAnnealing::new(PEAK, RUN - WARM);
    let schedule = Sequential::new(rise).then(WARM, fall);

    // 想问第几步就问第几步，不必按顺序
    for t in [999, 550, 325, 100, 50, 0] {
        println!(
            "t = {t:>3}  手写 {:.6}  现成 {:.6}",
            by_hand(t),
            schedule.at(t)
        );
    }
}

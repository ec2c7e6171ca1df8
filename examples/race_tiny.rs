#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

use gd_core::objective::Quadratic;
use gd_core::optim::{Adam, Optimizer, RmsProp, Sgd};
use gd_core::{Descent, Snapshot, minimize};
use ndarray::array;
use std::ops::ControlFlow;

type Rule = Box<dyn Optimizer<f64>>;
const MOST: usize = 3000;
const STAY: usize = 3000;

// 从第几步起，往后 STAY 步 f 都低于 3e-5
fn arrival(rule: Rule, lr: f64) -> Option<usize> {
    let land = Quadratic::ravine(); // 换一块地试试
    let (mut outside, mut found) = (0, None);
    let watch = &mut |now: &Snapshot<'_, f64>| {
        if now.value() >= 3e-5 {
            outside = now.step + 1;
        }
        if now.step < outside + STAY {
            return ControlFlow::Continue(());
        }
        found = Some(outside); // 待满了才算
        ControlFlow::Break(())
    };
    let x = &mut array![-4.0, 1.0];
    let solver = &mut Descent::new(rule, lr);
    minimize(&land, solver, x, MOST + STAY, watch);
    found
}

fn main() {
    type Make = fn() -> Rule;
    let methods: [(&str, Make); 4] = [
        ("普通   ", || Box::new(Sgd::plain())),
        ("动量   ", || {
            Box::new(Sgd::plain().momentum(0.9))
        }),
        ("RMSprop", || Box::new(RmsProp::default())),
        ("Adam   ", || Box::new(Adam::default())),
    ];
    for (name, make) in methods {
        // 人人同一张表：0.0001 到 10，每十倍 4 档
        let best = (0..=20)
            .map(|k| 10f64.powf(k as f64 / 4.0 - 4.0))
            .filter_map(|lr| {
                Some((arrival(make(), lr)?, lr))
            })
            .min_by_key(|&(steps, _)| steps);
        let common = arrival(make(), 0.01);
        println!(
            "{name} 0.01：{common:?}  调好：{best:.3?}"
        );
    }
}

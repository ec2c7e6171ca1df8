#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

use gd_core::objective::Saddle;
use gd_core::observer::Snapshot;
use gd_core::optim::{Adam, Optimizer, RmsProp, Sgd};
use gd_core::{Descent, minimize};
use ndarray::array;
use std::ops::ControlFlow;

// |y| 超过 1 用了多少步；5000 步不够就是 None
fn escape(
    rule: impl Optimizer<f64>,
    y: f64,
) -> Option<usize> {
    let mut left_at = None;
    let mut watch = |now: &Snapshot<'_, f64>| {
        if now.x[1].abs() > 1.0 {
            left_at = Some(now.step);
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    };
    let mut x = array![1.0, y];
    let mut solver = Descent::new(rule, 0.01);
    minimize(
        &Saddle,
        &mut solver,
        &mut x,
        5000,
        &mut watch,
    );
    left_at
}

fn main() {
    for y in [1e-3, 0.0] {
        println!("从 (1, {y}) 出发，学习率 0.01：");
        let momentum = Sgd::plain().momentum(0.9);
        let no_momentum = Adam::default().betas(0.0, 0.999);
        let steps = [
            ("普通梯度下降", escape(Sgd::plain(), y)),
            ("动量 0.9", escape(momentum, y)),
            ("RMSprop", escape(RmsProp::default(), y)),
            ("Adam", escape(Adam::default(), y)),
            ("Adam 去掉动量", escape(no_momentum, y)),
        ];
        for (name, steps) in steps {
            match steps {
                Some(t) => println!("  {name}，{t} 步离开"),
                None => println!("  {name}，没有离开"),
            }
        }
    }
}

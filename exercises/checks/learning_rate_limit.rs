//! The largest stable learning rate, by bisection.

use crate::Checks;
use gd_core::{Descent, Objective, data, minimize, model::LinearRegression, optim::Sgd};
use ndarray::Array1;
use std::cell::Cell;

/// Checks `largest_stable(is_stable, low, high, tolerance)`.
pub fn check(largest_stable: impl Fn(&dyn Fn(f64) -> bool, f64, f64, f64) -> f64) -> Checks {
    let mut checks = Checks::new(
        "每次试中点：稳就把 low 移到中点，不稳就把 high 移到中点；high − low 小于 tolerance 时返回 low。",
    );
    let bowl = |curvature: f64| {
        move |lr: f64| {
            let mut x = 1.0_f64;
            for _ in 0..1000 {
                x -= lr * curvature * x;
            }
            x.abs() <= 1.0
        }
    };
    let line = LinearRegression::line(&data::lesson_line::<f64>());
    let fit = |lr: f64| {
        let mut theta = Array1::zeros(2);
        let before = line.value(&theta);
        minimize(
            &line,
            &mut Descent::new(Sgd::plain(), lr),
            &mut theta,
            500,
            &mut (),
        );
        line.value(&theta) <= before
    };
    let cases: [(_, &dyn Fn(f64) -> bool, _, _); 4] = [
        ("f(x) = x²，曲率 2", &bowl(2.0), 1.0, 1e-3),
        ("f(x) = 25x²，曲率 50", &bowl(50.0), 0.04, 1e-4),
        ("f(x) = 0.05x²，曲率 0.1", &bowl(0.1), 20.0, 1e-2),
        ("拟合直线的均方误差", &fit, line.largest_stable_lr(), 1e-3),
    ];
    for (name, is_stable, limit, tolerance) in cases {
        let (low, high) = (limit / 50.0, 3.7 * limit);
        let tried = Cell::new(0);
        // A search that never ends would call this for ever.
        let counted = |lr: f64| {
            tried.set(tried.get() + 1);
            assert!(tried.get() <= 200, "试了 200 个学习率还没有找到");
            is_stable(lr)
        };
        checks.check(
            format!("{name}，low = {low:.4}，high = {high:.4}，tolerance = {tolerance}"),
            limit,
            &[
                (0.0, "还是原样，返回 0：找到的学习率在哪里？"),
                (low, "返回的是最初的 low：循环里要把它往上移。"),
                (high, "返回的是最初的 high，它是不稳的那一头。"),
            ],
            || {
                let found = largest_stable(&counted, low, high, tolerance);
                // What is stable in so many steps may be a trifle above the limit.
                if (found - limit).abs() <= 1.2 * tolerance {
                    limit
                } else {
                    found
                }
            },
        );
        checks.check(
            format!("{name}：返回的学习率是稳的？"),
            true,
            &[(
                false,
                "返回的学习率不稳：最后返回 low，它一直是稳的那一头。",
            )],
            || {
                let found = largest_stable(is_stable, low, high, tolerance);
                is_stable(found) || found <= limit
            },
        );
        let needed = ((high - low) / tolerance).log2().ceil() as usize;
        checks.check(
            format!("{name}：试的次数不多于 {}？", needed + 3),
            true,
            &[(
                false,
                "试得太多：每试一次，区间要缩短一半；缩到 high − low < tolerance 就该停。",
            )],
            || {
                tried.set(0);
                largest_stable(&counted, low, high, tolerance);
                tried.get() <= needed + 3
            },
        );
    }
    checks
}

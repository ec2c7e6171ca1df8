//! The condition number, and how slow it makes gradient descent.

use crate::{Answer, Checks};
use gd_core::{Objective, Optimizer, objective::Quadratic, optim::Sgd};
use ndarray::Array1;

/// Checks `condition_number(curvatures)` and `rate(kappa)`.
pub fn check(condition_number: impl Fn(&[f64]) -> f64, rate: impl Fn(f64) -> f64) -> Checks {
    let mut checks = Checks::new(
        "条件数 κ 是最大的曲率除以最小的曲率；学习率取得最好时，每步乘的倍数是 (κ − 1)/(κ + 1)。",
    );
    for curvatures in [
        // Neither end is the least or the largest, so every mistake has its own answer.
        vec![4.0, 2.0, 8.0, 3.0],
        vec![1.0, 50.0],
        vec![50.0, 1.0],
        vec![7.0],
    ] {
        let least = curvatures.iter().copied().fold(f64::INFINITY, f64::min);
        let most = curvatures.iter().copied().fold(0.0, f64::max);
        let first_and_last = (curvatures[0], curvatures[curvatures.len() - 1]);
        checks.check(
            format!("condition_number({})", curvatures.show()),
            most / least,
            &[
                (0.0, "还是原样，返回 0：先在全部曲率里找最大的和最小的。"),
                (
                    first_and_last.1 / first_and_last.0,
                    "曲率不一定从小到大排好：要在全部里找最大和最小。",
                ),
                (least / most, "上下颠倒了：条件数不小于 1。"),
                (most - least, "是相除，不是相减。"),
                (most, "这是最大的曲率：还要除以最小的。"),
                (
                    first_and_last.0 / first_and_last.1,
                    "曲率不一定从大到小排好：要在全部里找最大和最小。",
                ),
            ],
            || condition_number(&curvatures),
        );
    }
    for kappa in [50.0, 2.0, 1.0, 1e4] {
        // The rate as it is: one step of the best learning rate from (1, 1).
        let bowl = Quadratic::diagonal(&[1.0, kappa]);
        let (mut x, mut grad) = (Array1::ones(2), Array1::zeros(2));
        bowl.gradient(&x, &mut grad);
        Sgd::plain().step(2.0 / (1.0 + kappa), &mut x, &grad);
        let right = x[0];
        checks.check(
            format!("rate({kappa})"),
            right,
            &[
                (
                    0.0,
                    "还是原样，返回 0：把 (κ − 1)/(κ + 1) 写成程序，注意括号。",
                ),
                (1.0 / right, "上下颠倒了：倍数要小于 1，误差才会缩小。"),
                (
                    1.0 - 1.0 / kappa,
                    "这是学习率取 1/L 时的倍数；最好的学习率是 2/(最小 + 最大)。",
                ),
                (
                    kappa - 1.0 / kappa + 1.0,
                    "分子分母都要加括号：(kappa - 1.0) / (kappa + 1.0)。",
                ),
                (
                    (kappa.sqrt() - 1.0) / (kappa.sqrt() + 1.0),
                    "带根号的是调好的动量法的倍数；普通的梯度下降没有根号。",
                ),
                (
                    1.0 - right,
                    "返回的是每步减掉的一份；题目要的是剩下的倍数。",
                ),
            ],
            || rate(kappa),
        );
    }
    checks
}

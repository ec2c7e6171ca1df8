//! One step of gradient descent.

use crate::{Answer, Checks};
use gd_core::{Optimizer, optim::Sgd};
use ndarray::Array1;

/// Checks `step(theta, grad, lr)`, which changes `theta`.
pub fn check(step: impl Fn(&mut [f64], &[f64], f64)) -> Checks {
    let mut checks = Checks::new("每个坐标各自更新：theta[i] 减去 lr 乘 grad[i]。");
    for (theta, grad, lr) in [
        // Two coordinates first: with one, its sign and its direction are the same.
        (vec![3.0, -2.0], vec![6.0, -4.0], 0.1),
        (vec![4.0], vec![8.0], 0.3),
        (vec![1.0, 2.0, 3.0, 4.0], vec![-1.0, 0.5, 20.0, -8.0], 0.05),
    ] {
        let mut right = Array1::from(theta.clone());
        Sgd::plain().step(lr, &mut right, &Array1::from(grad.clone()));
        let with = |change: &dyn Fn(usize, f64) -> f64| -> Vec<f64> {
            theta
                .iter()
                .enumerate()
                .map(|(i, t)| t + change(i, grad[i]))
                .collect()
        };
        let norm = grad.iter().map(|g| g * g).sum::<f64>().sqrt();
        checks.check(
            format!("θ = {}，梯度 {}，lr = {lr}", theta.show(), grad.show()),
            right.to_vec(),
            &[
                (
                    theta.clone(),
                    "θ 没有变：用 theta[i] -= … 就地修改，函数没有返回值。",
                ),
                (
                    with(&|_, g| lr * g),
                    "符号反了：你往上坡走了，应当减去梯度。",
                ),
                (with(&|_, g| -g), "忘了乘学习率 lr。"),
                (
                    with(&|i, g| if i == 0 { -lr * g } else { 0.0 }),
                    "只更新了第一个坐标：每个坐标都要更新。",
                ),
                (
                    with(&|_, g| -lr * g.signum()),
                    "只用了梯度的正负号：还要乘梯度的大小。",
                ),
                (
                    with(&|_, g| -lr * g / norm),
                    "把梯度除以了它的长度：更新规则里没有这一步，陡的地方步子本来就大。",
                ),
                (
                    grad.iter().map(|g| -lr * g).collect(),
                    "把 θ 换成了步子：应当在原来的 θ 上减。",
                ),
            ],
            || {
                let mut theta = theta.clone();
                step(&mut theta, &grad, lr);
                theta
            },
        );
    }
    checks
}

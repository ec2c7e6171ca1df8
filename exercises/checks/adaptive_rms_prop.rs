//! RMSprop.

use crate::{Answer, Checks};
use gd_core::{Optimizer, optim::RmsProp};
use ndarray::Array1;

const LR: f64 = 0.01;
const ALPHA: f64 = 0.99;
// Much larger than usual, so that its place can be seen.
const EPS: f64 = 0.1;

const GRADIENTS: [[f64; 3]; 3] = [[4.0, -0.5, 0.0], [3.0, 0.2, 0.0], [-1.0, 0.1, 0.0]];

/// Checks `step(theta, square, grad, lr, alpha, eps)`, which changes `theta` and `square`.
pub fn check(step: impl Fn(&mut [f64], &mut [f64], &[f64], f64, f64, f64)) -> Checks {
    let mut checks = Checks::new(
        "每个坐标两行：square = alpha · square + (1 − alpha) · grad²；theta −= lr · grad / (√square + eps)。",
    );
    let start = [1.0, -2.0, 5.0];
    for (count, ordinal) in (1..=GRADIENTS.len()).zip(["第一步", "第二步", "第三步"]) {
        let mut right = Array1::from(start.to_vec());
        let mut rule = RmsProp::default().alpha(ALPHA).eps(EPS);
        for grad in &GRADIENTS[..count] {
            rule.step(LR, &mut right, &Array1::from(grad.to_vec()));
        }
        // A wrong rule gives the mean of the squares from the old one, and the step.
        let wrong = |mean: fn(f64, f64) -> f64, change: fn(f64, f64) -> f64| -> Vec<f64> {
            (0..3)
                .map(|i| {
                    let end = GRADIENTS[..count]
                        .iter()
                        .fold((start[i], 0.0), |(x, s), grad| {
                            let s = mean(s, grad[i]);
                            (x + change(s, grad[i]), s)
                        });
                    end.0
                })
                .collect()
        };
        let mean = |s: f64, g: f64| ALPHA * s + (1.0 - ALPHA) * g * g;
        let change = |s: f64, g: f64| -LR * g / (s.sqrt() + EPS);
        checks.check(
            format!(
                "从 θ = {} 出发，lr = {LR}，alpha = {ALPHA}，eps = {EPS}，走到{ordinal}（梯度 {}）之后的 θ",
                start.to_vec().show(),
                GRADIENTS[count - 1].to_vec().show()
            ),
            right.to_vec(),
            &[
                (start.to_vec(), "θ 没有变：用 theta[i] -= … 就地修改，函数没有返回值。"),
                (wrong(mean, |s, g| LR * g / (s.sqrt() + EPS)), "符号反了：你往上坡走了。"),
                (wrong(mean, |s, g| -LR * g / (s + EPS)), "忘了开方：除的是均方根 √square。"),
                (
                    wrong(mean, |s, g| -LR * g / (s + EPS).sqrt()),
                    "eps 加在了根号里面：RMSprop 的在外面（里面的是 Adadelta）。",
                ),
                (wrong(mean, |s, g| -g / (s.sqrt() + EPS)), "忘了乘学习率 lr。"),
                (wrong(|s, g| s + g * g, change), "平方一直加下去了：那是 Adagrad，RMSprop 求的是滑动平均。"),
                (
                    wrong(|s, g| (1.0 - ALPHA) * s + ALPHA * g * g, change),
                    "alpha 和 1 − alpha 放反了：alpha 接近 1，乘的是旧的平均。",
                ),
                (
                    wrong(|s, g| ALPHA * s + (1.0 - ALPHA) * g, change),
                    "平均的是梯度，不是梯度的平方。",
                ),
                (
                    wrong(|s, g| ALPHA * s + g * g, change),
                    "新的平方漏乘了 1 − alpha：不是平均了。",
                ),
                (
                    wrong(|_, g| (1.0 - ALPHA) * g * g, change),
                    "平均没有留到下一步：要写回 square[i]。",
                ),
                (wrong(mean, |s, _| -LR / (s.sqrt() + EPS)), "分子上的梯度漏了。"),
            ],
            || {
                let (mut theta, mut square) = (start, [0.0; 3]);
                for grad in &GRADIENTS[..count] {
                    step(&mut theta, &mut square, grad, LR, ALPHA, EPS);
                }
                theta.to_vec()
            },
        );
    }
    checks
}

//! Adam, bias corrected.

use crate::{Answer, Checks};
use gd_core::{Optimizer, optim::Adam};
use ndarray::Array1;

const LR: f64 = 0.1;
const BETA1: f64 = 0.9;
const BETA2: f64 = 0.999;
const EPS: f64 = 1e-8;

/// The second ones are tiny, so that the place of eps can be seen; none is negative in the first
/// step, so that a mean of the gradients where one of squares should be has a root.
const GRADIENTS: [[f64; 2]; 4] = [[2.0, 1e-7], [-1.0, 2e-7], [4.0, -1e-7], [0.5, -3e-7]];

/// One coordinate: θ, m, v; the number of the step; the gradient.
type Rule = fn((f64, f64, f64), i32, f64) -> (f64, f64, f64);

/// Checks `step(theta, m, v, t, grad, lr)`, which changes `theta`, `m` and `v`.
pub fn check(step: impl Fn(&mut [f64], &mut [f64], &mut [f64], i32, &[f64], f64)) -> Checks {
    let mut checks = Checks::new(
        "依次：m、v 两个滑动平均；各除以 1 − βᵗ 得到修正过的 m̂、v̂；theta −= lr · m̂ / (√v̂ + eps)。",
    );
    let start = [1.0, -2.0];
    for (count, ordinal) in (1..=4).zip(["第一步", "第二步", "第三步", "第四步"]) {
        let mut right = Array1::from(start.to_vec());
        let mut adam = Adam::default().betas(BETA1, BETA2).eps(EPS);
        for grad in &GRADIENTS[..count] {
            adam.step(LR, &mut right, &Array1::from(grad.to_vec()));
        }
        let wrong = |rule: Rule| -> Vec<f64> {
            (0..2)
                .map(|i| {
                    let steps = GRADIENTS[..count].iter().zip(1..);
                    let end = steps.fold((start[i], 0.0, 0.0), |state, (grad, t)| {
                        rule(state, t, grad[i])
                    });
                    end.0
                })
                .collect()
        };
        checks.check(
            format!(
                "从 θ = {}、m = v = 0 出发，lr = {LR}，走到{ordinal}（t = {count}，梯度 {}）之后的 θ",
                start.to_vec().show(),
                GRADIENTS[count - 1].to_vec().show()
            ),
            right.to_vec(),
            &[
                (start.to_vec(), "θ 没有变：用 theta[i] -= … 就地修改，函数没有返回值。"),
                (
                    wrong(|(x, m, v), t, g| {
                        let (m, v) = averages(m, v, g);
                        (x + LR * first(m, t) / (second(v, t).sqrt() + EPS), m, v)
                    }),
                    "符号反了：你往上坡走了。",
                ),
                (
                    wrong(|(x, m, v), _, g| {
                        let (m, v) = averages(m, v, g);
                        (x - LR * m / (v.sqrt() + EPS), m, v)
                    }),
                    "没有修正偏差：m、v 从 0 开始，前几步偏小，要各除以 1 − βᵗ。",
                ),
                (
                    wrong(|(x, m, v), t, g| {
                        let (m, v) = averages(m, v, g);
                        (x - LR * first(m, t) / (v.sqrt() + EPS), m, v)
                    }),
                    "v 没有修正偏差：也要除以 1 − β₂ᵗ。",
                ),
                (
                    wrong(|(x, m, v), t, g| {
                        let (m, v) = averages(m, v, g);
                        (x - LR * m / (second(v, t).sqrt() + EPS), m, v)
                    }),
                    "m 没有修正偏差：也要除以 1 − β₁ᵗ。",
                ),
                (
                    wrong(|(x, m, v), t, g| {
                        let (m, v) = averages(m, v, g);
                        (x - LR * first(m, t) / (second(v, t) + EPS).sqrt(), m, v)
                    }),
                    "eps 加在了根号里面：Adam 的在外面。",
                ),
                (
                    wrong(|(x, m, v), t, g| {
                        let (m, v) = averages(m, v, g);
                        (x - LR * first(m, t) / (second(v, t) + EPS), m, v)
                    }),
                    "忘了给 v̂ 开方。",
                ),
                (
                    wrong(|(x, m, v), t, g| {
                        let (m, v) = averages(m, v, g);
                        let (m, v) = (first(m, t), second(v, t));
                        (x - LR * m / (v.sqrt() + EPS), m, v)
                    }),
                    "把修正过的 m̂、v̂ 写回了 m、v：修正只用在这一步，存下来的是没修正的。",
                ),
                (
                    wrong(|(x, m, v), _, g| {
                        let (m, v) = averages(m, v, g);
                        (x - LR * first(m, 1) / (second(v, 1).sqrt() + EPS), m, v)
                    }),
                    "修正里少了 t 次方：除以 1 − βᵗ，不是 1 − β。",
                ),
                (
                    wrong(|(x, m, v), t, g| {
                        let (m, v) = (BETA1 * m + (1.0 - BETA1) * g, BETA2 * v + (1.0 - BETA2) * g);
                        (x - LR * first(m, t) / (second(v, t).sqrt() + EPS), m, v)
                    }),
                    "v 平均的是梯度的平方。",
                ),
                (
                    wrong(|(x, _, _), t, g| {
                        let (m, v) = averages(0.0, 0.0, g);
                        (x - LR * first(m, t) / (second(v, t).sqrt() + EPS), m, v)
                    }),
                    "m、v 没有留到下一步：要写回 m[i] 和 v[i]。",
                ),
            ],
            || {
                let (mut theta, mut m, mut v) = (start, [0.0; 2], [0.0; 2]);
                for (grad, t) in GRADIENTS[..count].iter().zip(1..) {
                    step(&mut theta, &mut m, &mut v, t, grad, LR);
                }
                theta.to_vec()
            },
        );
    }
    checks
}

fn averages(m: f64, v: f64, g: f64) -> (f64, f64) {
    (
        BETA1 * m + (1.0 - BETA1) * g,
        BETA2 * v + (1.0 - BETA2) * g * g,
    )
}

fn first(m: f64, t: i32) -> f64 {
    m / (1.0 - BETA1.powi(t))
}

fn second(v: f64, t: i32) -> f64 {
    v / (1.0 - BETA2.powi(t))
}

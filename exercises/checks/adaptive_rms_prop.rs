//! RMSprop.

use crate::{Answer, Checks};
use gd_core::{Optimizer, optim::RmsProp};
use ndarray::Array1;

const LR: f64 = 0.01;
const ALPHA: f64 = 0.99;
// Much larger than usual, so that its place can be seen.
const EPS: f64 = 0.1;

/// The gradient before the first one: with a mean of 0 at the start, several mistakes would be one.
const EARLIER: [f64; 3] = [30.0, 3.0, 0.0];

/// None is negative in the first step, so that a mean of the gradients where one of squares should
/// be has a root.
const GRADIENTS: [[f64; 3]; 3] = [[4.0, 0.5, 0.0], [3.0, -0.2, 0.0], [-1.0, 0.1, 0.0]];

/// One coordinate: θ and the mean of the squares; the gradient.
type Rule = fn((f64, f64), f64) -> (f64, f64);

/// Checks `step(theta, square, grad, lr, alpha, eps)`, which changes `theta` and `square`.
pub fn check(step: impl Fn(&mut [f64], &mut [f64], &[f64], f64, f64, f64)) -> Checks {
    let mut checks = Checks::new(
        "每个坐标两行：square = alpha · square + (1 − alpha) · grad²；theta −= lr · grad / (√square + eps)。",
    );
    let start = [1.0, -2.0, 5.0];
    let squares = EARLIER.map(|g| (1.0 - ALPHA) * g * g);
    for (count, ordinal) in (1..=GRADIENTS.len()).zip(["第一步", "第二步", "第三步"]) {
        let mut right = Array1::from(start.to_vec());
        let mut rule = RmsProp::default().alpha(ALPHA).eps(EPS);
        // A step of length 0 leaves only the mean of the squares behind.
        rule.step(0.0, &mut right, &Array1::from(EARLIER.to_vec()));
        for grad in &GRADIENTS[..count] {
            rule.step(LR, &mut right, &Array1::from(grad.to_vec()));
        }
        let wrong = |rule: Rule| -> Vec<f64> {
            (0..3)
                .map(|i| {
                    let steps = GRADIENTS[..count].iter();
                    steps
                        .fold((start[i], squares[i]), |state, grad| rule(state, grad[i]))
                        .0
                })
                .collect()
        };
        checks.check(
            format!(
                "从 θ = {}、square = {} 出发，lr = {LR}，alpha = {ALPHA}，eps = {EPS}，走到{ordinal}（梯度 {}）之后的 θ",
                start.to_vec().show(),
                squares.to_vec().show(),
                GRADIENTS[count - 1].to_vec().show()
            ),
            right.to_vec(),
            &[
                (start.to_vec(), "θ 没有变：用 theta[i] -= … 就地修改，函数没有返回值。"),
                (
                    wrong(|(x, s), g| {
                        let s = mean(s, g);
                        (x + LR * g / (s.sqrt() + EPS), s)
                    }),
                    "符号反了：你往上坡走了。",
                ),
                (
                    wrong(|(x, s), g| {
                        let s = mean(s, g);
                        (x - LR * g / (s + EPS), s)
                    }),
                    "忘了开方：除的是均方根 √square。",
                ),
                (
                    wrong(|(x, s), g| {
                        let s = mean(s, g);
                        (x - LR * g / (s + EPS).sqrt(), s)
                    }),
                    "eps 加在了根号里面：RMSprop 的在外面（里面的是 Adadelta）。",
                ),
                (
                    wrong(|(x, s), g| {
                        let s = mean(s, g);
                        (x - g / (s.sqrt() + EPS), s)
                    }),
                    "忘了乘学习率 lr。",
                ),
                (
                    wrong(|(x, s), g| {
                        let s = mean(s, g);
                        (x - LR / (s.sqrt() + EPS), s)
                    }),
                    "分子上的梯度漏了。",
                ),
                (
                    wrong(|(x, s), g| walk(x, s + g * g, g)),
                    "平方一直加下去了：那是 Adagrad，RMSprop 求的是滑动平均。",
                ),
                (
                    wrong(|(x, s), g| walk(x, (1.0 - ALPHA) * s + ALPHA * g * g, g)),
                    "alpha 和 1 − alpha 放反了：alpha 接近 1，乘的是旧的平均。",
                ),
                (
                    wrong(|(x, s), g| walk(x, ALPHA * s + (1.0 - ALPHA) * g, g)),
                    "平均的是梯度，不是梯度的平方。",
                ),
                (
                    wrong(|(x, s), g| walk(x, ALPHA * s + g * g, g)),
                    "新的平方漏乘了 1 − alpha：不是平均了。",
                ),
                (
                    wrong(|(x, s), g| (walk(x, mean(s, g), g).0, s)),
                    "平均没有留到下一步：要写回 square[i]。",
                ),
            ],
            || {
                let (mut theta, mut square) = (start, squares);
                for grad in &GRADIENTS[..count] {
                    step(&mut theta, &mut square, grad, LR, ALPHA, EPS);
                }
                theta.to_vec()
            },
        );
    }
    checks
}

fn mean(s: f64, g: f64) -> f64 {
    ALPHA * s + (1.0 - ALPHA) * g * g
}

fn walk(x: f64, s: f64, g: f64) -> (f64, f64) {
    (x - LR * g / (s.sqrt() + EPS), s)
}

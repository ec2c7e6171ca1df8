//! The heavy ball.

use crate::{Answer, Checks};
use gd_core::{Optimizer, optim::Sgd};
use ndarray::Array1;

const MU: f64 = 0.9;

/// The velocity at the start. At 0, the order of the two lines would not show in the first step.
const VELOCITY: [f64; 2] = [0.5, -1.0];

/// Learning rate and gradient of each step.
const STEPS: [(f64, [f64; 2]); 4] = [
    (0.1, [2.0, -4.0]),
    (0.1, [1.5, 3.0]),
    (0.02, [-1.0, 0.5]),
    (0.02, [0.3, -2.0]),
];

/// Checks `step(theta, velocity, grad, lr, mu)`, which changes `theta` and `velocity`.
pub fn check(step: impl Fn(&mut [f64], &mut [f64], &[f64], f64, f64)) -> Checks {
    let mut checks = Checks::new(
        "每个坐标两行：先 velocity = mu · velocity + grad，再 theta −= lr · velocity。",
    );
    let start = [1.0, -2.0];
    for (count, ordinal) in (1..=STEPS.len()).zip(["第一步", "第二步", "第三步", "第四步"])
    {
        let mut right = Array1::from(start.to_vec());
        let mut rule = Sgd::plain().momentum(MU);
        // A step of length 0 along the velocity leaves exactly it behind.
        rule.step(0.0, &mut right, &Array1::from(VELOCITY.to_vec()));
        for (lr, grad) in &STEPS[..count] {
            rule.step(*lr, &mut right, &Array1::from(grad.to_vec()));
        }
        // A wrong rule changes one coordinate: (x, v, gradient, lr) to (x, v).
        let wrong = |rule: fn(f64, f64, f64, f64) -> (f64, f64)| -> Vec<f64> {
            (0..2)
                .map(|i| {
                    let end = STEPS[..count]
                        .iter()
                        .fold((start[i], VELOCITY[i]), |(x, v), (lr, grad)| {
                            rule(x, v, grad[i], *lr)
                        });
                    end.0
                })
                .collect()
        };
        let (lr, grad) = STEPS[count - 1];
        checks.check(
            format!(
                "从 θ = {}、速度 {} 出发，mu = {MU}，走到{ordinal}（lr = {lr}，梯度 {}）之后的 θ",
                start.to_vec().show(),
                VELOCITY.to_vec().show(),
                grad.to_vec().show()
            ),
            right.to_vec(),
            &[
                (start.to_vec(), "θ 没有变：用 theta[i] -= … 就地修改，函数没有返回值。"),
                (
                    wrong(|x, v, g, lr| (x + lr * (MU * v + g), MU * v + g)),
                    "符号反了：你往上坡走了。",
                ),
                (
                    wrong(|x, v, g, lr| (x - lr * g, v)),
                    "没有用到速度：走的是 lr · velocity，不是 lr · grad。",
                ),
                (
                    wrong(|x, v, g, lr| (x - lr * (MU * v + g), v)),
                    "新的速度没有留下来：算好之后要写回 velocity[i]，下一步还要用。",
                ),
                (
                    wrong(|x, v, g, lr| (x - lr * v, MU * v + g)),
                    "先动了 θ，后更新速度：次序反了。",
                ),
                (
                    wrong(|x, v, g, lr| {
                        let v = MU * v + (1.0 - MU) * g;
                        (x - lr * v, v)
                    }),
                    "梯度多乘了 1 − mu：那是滑动平均（Adam 用的），重球法的速度是衰减的总和。",
                ),
                (
                    wrong(|x, v, g, lr| {
                        let v = MU * v + lr * g;
                        (x - v, v)
                    }),
                    "把学习率放进了速度里：学习率不变时两种写法一样，一变就不同了。题目要的是 PyTorch 的写法。",
                ),
                (
                    wrong(|x, v, g, lr| {
                        let v = v + g;
                        (x - lr * v, v)
                    }),
                    "旧的速度没有乘 mu：不衰减，它会一直加下去。",
                ),
                (wrong(|x, v, g, _| (x - (MU * v + g), MU * v + g)), "忘了乘学习率 lr。"),
            ],
            || {
                let (mut theta, mut velocity) = (start, VELOCITY);
                for (lr, grad) in &STEPS[..count] {
                    step(&mut theta, &mut velocity, grad, *lr, MU);
                }
                theta.to_vec()
            },
        );
    }
    checks
}

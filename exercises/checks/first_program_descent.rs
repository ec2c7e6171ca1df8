//! The loop, with a stopping rule.

use crate::Checks;

/// What the loop returns: where it ended and after how many updates.
type End = (f64, usize);

/// Checks `descend(slope, start, lr, tolerance, max_steps)`.
pub fn check(descend: impl Fn(fn(f64) -> f64, f64, f64, f64, usize) -> End) -> Checks {
    let mut checks = Checks::new(
        "循环里先算坡度；它的绝对值小于 tolerance 就停，否则更新一次、步数加一，最多 max_steps 次。",
    );
    let double: fn(f64) -> f64 = |x| 2.0 * x;
    let tricky: fn(f64) -> f64 = |x| 4.0 * x * x * x - 8.0 * x + 0.5;
    for (name, slope, start, lr, tolerance, max_steps) in [
        ("坡度 2x", double, 4.0, 0.3, 1e-3, 100),
        ("坡度 2x", double, -4.0, 0.3, 1e-3, 100),
        ("坡度 2x", double, 0.0, 0.3, 1e-3, 100),
        ("坡度 2x", double, 4.0, 0.01, 1e-3, 50),
        ("坡度 4x³ − 8x + 0.5", tricky, 2.0, 0.01, 1e-6, 1000),
        ("坡度 2x", double, 4.0, 0.3, 1e-3, 0),
        ("坡度 2x", double, 4.0, 1.1, 1e-3, 30),
    ] {
        // Every loop here is the right one but for one thing.
        let run = |small: &dyn Fn(f64, f64) -> bool, sign: f64, stops: bool| -> End {
            let (mut x, mut steps) = (start, 0);
            while steps < max_steps && !(stops && small(x, slope(x))) {
                x -= sign * lr * slope(x);
                steps += 1;
            }
            (x, steps)
        };
        let flat = |_: f64, grad: f64| grad.abs() < tolerance;
        let right = run(&flat, 1.0, true);
        let after = {
            let (mut x, mut steps) = (start, 0);
            while steps < max_steps {
                let grad = slope(x);
                x -= lr * grad;
                steps += 1;
                if grad.abs() < tolerance {
                    break;
                }
            }
            (x, steps)
        };
        checks.check(
            format!(
                "{name}，从 {start} 出发，lr = {lr}，tolerance = {tolerance}，max_steps = {max_steps}"
            ),
            right,
            &[
                (
                    run(&|_, grad| grad < tolerance, 1.0, true),
                    "比较的是坡度本身：负的坡度总小于 tolerance，要先取绝对值 abs()。",
                ),
                ((start, 0), "一步也没有走：循环写了吗？更新写回 x 了吗？"),
                (run(&flat, -1.0, true), "符号反了：你往上坡走了。"),
                // Before the next one: where the lowest point is not 0, it never stops either.
                (
                    run(&|x, _| x.abs() < tolerance, 1.0, true),
                    "看的是 x 的大小：最低点不一定在 0，该看的是坡度。",
                ),
                (
                    run(&flat, 1.0, false),
                    "没有提前停：坡度的绝对值小于 tolerance 就该退出循环。",
                ),
                (after, "多走了一步：先看坡度够不够小，再决定走不走。"),
                ((right.0, right.1 + 1), "x 对了，步数多了 1：走一次才加一次。"),
                (
                    (right.0, right.1.wrapping_sub(1)),
                    "x 对了，步数少了 1：第一次更新也算一步。",
                ),
                ((right.0, 0), "x 对了，步数没有数。"),
            ],
            || descend(slope, start, lr, tolerance, max_steps),
        );
    }
    checks
}

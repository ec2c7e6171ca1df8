//! The chain rule, backwards through a small expression.

use crate::Checks;
use gd_core::autodiff::scalar::Tape;

const DECAY: f64 = 0.1;

/// Checks `backward(w, b, x, y)`: (∂L/∂w, ∂L/∂b) of L = (tanh(wx + b) − y)² + 0.1w².
pub fn check(backward: impl Fn(f64, f64, f64, f64) -> (f64, f64)) -> Checks {
    let mut checks = Checks::new(
        "从后往前：dL/da = 2(a − y)，da/dz = 1 − a²，dz/dw = x，dz/db = 1；w 还有第二条路 0.1w²，两条路相加。",
    );
    for (w, b, x, y) in [
        (0.5, 0.1, 2.0, -1.0),
        (-1.2, 0.3, 0.5, 0.25),
        (0.0, -0.7, 3.0, 1.0),
        (2.0, 1.0, -1.5, 0.0),
    ] {
        let tape = Tape::new();
        let (w_, b_) = (tape.variable(w), tape.variable(b));
        let error = (w_ * x + b_).tanh() - y;
        let loss = error * error + w_ * w_ * DECAY;
        let gradient = loss.backward();
        let (dw, db) = (gradient.of(w_), gradient.of(b_));
        let z: f64 = w * x + b;
        let a = z.tanh();
        let second = 2.0 * DECAY * w;
        // ∂L/∂z by other factors; then both derivatives.
        let with = |dz: f64| (dz * x + second, dz);
        checks.check(
            format!("w = {w}，b = {b}，x = {x}，y = {y}"),
            (dw, db),
            &[
                (
                    (0.0, 0.0),
                    "还是原样，返回 (0, 0)：从最后一步写起，∂L/∂a = 2(a − y)。",
                ),
                (
                    with(-2.0 * (a - y) * (1.0 - a * a)),
                    "符号反了：平方里是 a − y，对 a 的导数是 2(a − y)，不是 2(y − a)。",
                ),
                (
                    (-dw, -db),
                    "两个都反了号：题目要的是导数，减号到更新参数时才用。",
                ),
                (with(2.0 * (a - y)), "漏了 tanh 的导数 1 − a²。"),
                (with((a - y) * (1.0 - a * a)), "漏了 2：平方的导数。"),
                (
                    with(2.0 * (a - y) * (1.0 - z * z)),
                    "tanh 的导数是 1 − a²，a 是 tanh(z)；这里用成了 1 − z²。",
                ),
                (
                    with(2.0 * (a - y) * (1.0 - a)),
                    "tanh 的导数是 1 − a²，a 要平方。",
                ),
                (
                    with(2.0 * (a - y) * a * (1.0 - a)),
                    "a(1 − a) 是 sigmoid 的导数，tanh 的是 1 − a²。",
                ),
                (
                    (db * x, db),
                    "w 有两条路通到 L：还有 0.1w² 那一条，导数 0.2w 要加上。",
                ),
                (
                    (db + second, db),
                    "第一条路漏乘了 x：z = wx + b 对 w 的导数是 x。",
                ),
                ((db * x + DECAY * w, db), "0.1w² 的导数是 0.2w：漏了 2。"),
                ((db, dw), "两个的次序反了：先 w，后 b。"),
                ((dw, db + second), "0.1w² 里没有 b：它对 b 的导数是 0。"),
            ],
            || backward(w, b, x, y),
        );
    }
    checks
}

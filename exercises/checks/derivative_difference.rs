//! A slope by a central difference.

use crate::Checks;
use gd_core::numeric::central_difference;

/// A function with its name, where, and with which h.
type Case = (&'static str, fn(f64) -> f64, f64, f64);

/// Checks `slope(f, x, h)`.
pub fn check(slope: impl Fn(fn(f64) -> f64, f64, f64) -> f64) -> Checks {
    let mut checks =
        Checks::new("式子是 (f(x + h) − f(x − h)) / (2h)：右边的值减左边的值，除以两点的距离。");
    let cases: [Case; 4] = [
        ("f(x) = x³", |x| x * x * x, 2.0, 0.5),
        ("f(x) = eˣ", f64::exp, 0.0, 0.1),
        ("f(x) = sin x", f64::sin, 1.0, 0.01),
        ("f(x) = x² sin x", |x| x * x * x.sin(), 3.6, 1e-4),
    ];
    for (name, f, x, h) in cases {
        let rise = f(x + h) - f(x - h);
        let right = central_difference(f, x, h);
        checks.check(
            format!("{name}，x = {x}，h = {h}"),
            right,
            &[
                (0.0, "还是原样，返回 0：把 0.0 换成你的式子。"),
                (-right, "符号反了：应当用右边的值减左边的值。"),
                (rise, "忘了除以两点之间的距离 2h。"),
                (rise / h, "除以的是 h：左右两点相距 2h。"),
                (
                    rise / 2.0 * h,
                    "/ 2.0 * h 是先除以 2 再乘 h：分母要加括号，写成 / (2.0 * h)。",
                ),
                (
                    (f(x + h) - f(x)) / h,
                    "这是前向差分，只看了右边：中心差分左右各看一步，误差小得多。",
                ),
                (
                    (f(x) - f(x - h)) / h,
                    "这是后向差分，只看了左边：中心差分左右各看一步。",
                ),
                (f(x), "返回的是高度 f(x)，不是斜率。"),
            ],
            || slope(f, x, h),
        );
    }
    checks
}

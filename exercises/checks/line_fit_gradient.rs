//! The gradient of the mean squared error of a line.

use crate::{Answer, Checks};
use gd_core::{
    Objective,
    data::{Dataset, lesson_line},
    model::LinearRegression,
};
use ndarray::{Array1, array};

/// Checks `gradient(x, y, w, b)`, which returns (∂/∂w, ∂/∂b).
pub fn check(gradient: impl Fn(&[f64], &[f64], f64, f64) -> (f64, f64)) -> Checks {
    let mut checks = Checks::new("误差 e = w·x + b − y；对 w 是 2/n · Σ e·x，对 b 是 2/n · Σ e。");
    let lesson = lesson_line::<f64>();
    for (x, y, w, b) in [
        // Several points first: of one, the mean is the sum.
        (
            vec![0.5, 1.5, 2.0, -1.0],
            vec![1.0, 4.0, 9.0, 2.0],
            1.0,
            -0.5,
        ),
        (vec![3.0], vec![1.0], 2.0, 0.0),
        (lesson.x.to_vec(), lesson.y.to_vec(), 0.0, 0.0),
    ] {
        let n = x.len() as f64;
        let data = Dataset::new(Array1::from(x.clone()), Array1::from(y.clone()));
        let mut grad = Array1::zeros(2);
        LinearRegression::line(&data).gradient(&array![w, b], &mut grad);
        let (dw, db) = (grad[0], grad[1]);
        let input = if x.len() > 9 {
            format!("书里的 {} 个点，w = {w}，b = {b}", x.len())
        } else {
            format!("x = {}，y = {}，w = {w}，b = {b}", x.show(), y.show())
        };
        checks.check(
            input,
            (dw, db),
            &[
                (
                    (0.0, 0.0),
                    "还是原样，返回 (0, 0)：先算每个点的误差 w·x + b − y。",
                ),
                ((-dw, -db), "符号反了：误差是预测减真实，w·x + b − y。"),
                ((dw / 2.0, db / 2.0), "漏了 2：平方的导数是 2 倍的误差。"),
                ((dw * n, db * n), "忘了除以 n：均方误差是平均，不是总和。"),
                ((dw * n / 2.0, db * n / 2.0), "漏了 2，也忘了除以 n。"),
                (
                    (db, db),
                    "对 w 的那一个漏乘了 x：链式法则要乘 ∂(wx + b)/∂w = x。",
                ),
                ((db, dw), "两个的次序反了：先 w，后 b。"),
                ((dw, dw), "对 b 的那一个多乘了 x：∂(wx + b)/∂b = 1。"),
            ],
            || gradient(&x, &y, w, b),
        );
    }
    checks
}

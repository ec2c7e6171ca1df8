//! Numerical derivatives, to check the analytic ones.

use ndarray::{Array1, ArrayRef1};

use crate::{Float, Objective, check};

/// (f(x + h) − f(x − h)) / 2h, which differs from f′(x) by about h²f‴(x)/6 and a rounding error of
/// about ε|f(x)|/h. Best near h = ∛ε·max(1, |x|), about 6e-6 for `f64`.
///
/// # Panics
/// If `h` is not finite and > 0.
///
/// ```
/// use gd_core::numeric::central_difference;
///
/// let slope = central_difference(|x: f64| x * x, 3.0, 1e-5);
/// assert!((slope - 6.0).abs() < 1e-9);
/// ```
#[track_caller]
pub fn central_difference<F: Float>(f: impl Fn(F) -> F, x: F, h: F) -> F {
    check_h(h);
    let (right, left) = (x + h, x - h);
    // Not 2h: x ± h are rounded, and it is their distance that counts.
    (f(right) - f(left)) / (right - left)
}

/// ∇f(x) by central differences with step `h` in each coordinate, length d.
///
/// # Panics
/// If `x` is not of the problem's dimension, or `h` is not finite and > 0.
///
/// ```
/// use gd_core::{numeric, objective::Saddle};
/// use ndarray::array;
///
/// let grad = numeric::gradient(&Saddle, &array![1.0_f64, 3.0], 1e-5);
/// assert!((grad[0] - 2.0).abs() < 1e-9 && (grad[1] + 6.0).abs() < 1e-9);
/// ```
#[track_caller]
pub fn gradient<F: Float, P: Objective<F> + ?Sized>(
    problem: &P,
    x: &ArrayRef1<F>,
    h: F,
) -> Array1<F> {
    check_h(h);
    check_dim(problem, x);
    differences(problem, x, |_| h)
}

/// How far the problem's gradient is from central differences: the greatest relative error
/// |gᵢ − dᵢ| / max(1, |gᵢ|, |dᵢ|) over the coordinates, with h = ∛ε·max(1, |xᵢ|).
///
/// Where f and its third derivatives are of the order of 1, a right gradient stays below 1e-8 in
/// `f64` and 1e-3 in `f32`; a wrong one is typically above 1e-2. NaN if one of the two has NaN.
///
/// # Panics
/// If `x` is not of the problem's dimension.
///
/// ```
/// use gd_core::{numeric::check_gradient, objective::DoubleWell};
///
/// assert!(check_gradient(&DoubleWell, &ndarray::array![1.3_f64]) < 1e-8);
/// ```
#[track_caller]
pub fn check_gradient<F: Float, P: Objective<F> + ?Sized>(problem: &P, x: &ArrayRef1<F>) -> F {
    check_dim(problem, x);
    let numeric = differences(problem, x, |x| F::epsilon().cbrt() * x.abs().max(F::one()));
    let mut analytic = Array1::zeros(x.len());
    problem.gradient(x, &mut analytic);
    let mut worst = F::zero();
    for (&g, &d) in analytic.iter().zip(&numeric) {
        let error = (g - d).abs() / g.abs().max(d.abs()).max(F::one());
        if error.is_nan() {
            return error;
        }
        worst = worst.max(error);
    }
    worst
}

fn differences<F: Float, P: Objective<F> + ?Sized>(
    problem: &P,
    x: &ArrayRef1<F>,
    h: impl Fn(F) -> F,
) -> Array1<F> {
    let mut at = x.to_owned();
    (0..x.len())
        .map(|i| {
            let (right, left) = (x[i] + h(x[i]), x[i] - h(x[i]));
            at[i] = right;
            let f_right = problem.value(&at);
            at[i] = left;
            let f_left = problem.value(&at);
            at[i] = x[i];
            (f_right - f_left) / (right - left)
        })
        .collect()
}

#[track_caller]
fn check_h<F: Float>(h: F) {
    check::positive("h", h, "1e-5 suits f64 where x is about 1");
}

#[track_caller]
fn check_dim<F: Float, P: Objective<F> + ?Sized>(problem: &P, x: &ArrayRef1<F>) {
    assert!(
        x.len() == problem.dim(),
        "x has length {}, but the problem has dimension {}; give one number per parameter",
        x.len(),
        problem.dim()
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::objective::FnObjective;
    use ndarray::array;

    fn cube(slope: f64) -> impl Objective<f64> {
        FnObjective::new(
            1,
            |x: &ArrayRef1<f64>| x[0].powi(3),
            move |x: &ArrayRef1<f64>, grad: &mut ArrayRef1<f64>| grad[0] = slope * x[0] * x[0],
        )
    }

    #[test]
    fn right_and_wrong_gradients_are_told_apart() {
        assert!(check_gradient(&cube(3.0), &array![1.7]) < 1e-9);
        assert!(check_gradient(&cube(3.1), &array![1.7]) > 1e-2);
        assert!(check_gradient(&cube(f64::NAN), &array![1.7]).is_nan());
    }

    #[test]
    #[should_panic(expected = "h must be finite and > 0, got 0")]
    fn no_step() {
        central_difference(|x: f64| x, 1.0, 0.0);
    }

    #[test]
    #[should_panic(expected = "x has length 2, but the problem has dimension 1")]
    fn wrong_dimension() {
        check_gradient(&cube(3.0), &array![1.0, 2.0]);
    }
}

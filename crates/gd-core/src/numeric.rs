//! Numerical derivatives, to check the analytic ones.

use ndarray::{Array1, Array2, ArrayRef1, Axis};

use crate::{Float, Objective, check, objective::TwiceDifferentiable};

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
    let numeric = differences(problem, x, best_step);
    let mut analytic = Array1::from_elem(x.len(), F::nan());
    problem.gradient(x, &mut analytic);
    worst_error(analytic.iter().zip(&numeric))
}

/// ∇²f(x) by central differences of the gradient with step `h` in each coordinate, made symmetric;
/// d×d.
///
/// # Panics
/// If `x` is not of the problem's dimension, or `h` is not finite and > 0.
///
/// ```
/// use gd_core::{numeric, objective::Himmelblau};
/// use ndarray::array;
///
/// let hessian = numeric::hessian(&Himmelblau, &array![3.0_f64, 2.0], 1e-5);
/// assert!((hessian - array![[74.0, 20.0], [20.0, 34.0]]).iter().all(|e| e.abs() < 1e-7));
/// ```
#[track_caller]
pub fn hessian<F: Float, P: Objective<F> + ?Sized>(
    problem: &P,
    x: &ArrayRef1<F>,
    h: F,
) -> Array2<F> {
    check_h(h);
    check_dim(problem, x);
    gradient_differences(problem, x, |_| h)
}

/// How far the problem's Hessian is from central differences of its gradient: the greatest relative
/// error over the entries, measured as [`check_gradient`] does.
///
/// # Panics
/// If `x` is not of the problem's dimension.
///
/// ```
/// use gd_core::{numeric::check_hessian, objective::Beale};
///
/// assert!(check_hessian(&Beale, &ndarray::array![1.3_f64, -0.4]) < 1e-8);
/// ```
#[track_caller]
pub fn check_hessian<F: Float, P: TwiceDifferentiable<F> + ?Sized>(
    problem: &P,
    x: &ArrayRef1<F>,
) -> F {
    check_dim(problem, x);
    let numeric = gradient_differences(problem, x, best_step);
    let mut analytic = Array2::from_elem((x.len(), x.len()), F::nan());
    problem.hessian(x, &mut analytic);
    worst_error(analytic.iter().zip(&numeric))
}

/// ∇²f(x)·v by a central difference of the gradient along v, length d: two gradients, whatever d is.
///
/// The step along v/‖v‖ is ∛ε·max(1, ‖x‖); the error is of the order of its square times the third
/// derivatives. 0 if v is 0.
///
/// # Panics
/// If `x` or `v` is not of the problem's dimension.
///
/// ```
/// use gd_core::{numeric, objective::Quadratic};
/// use ndarray::array;
///
/// let product = numeric::hessian_vector_product(
///     &Quadratic::ravine(), &array![1.0_f64, 1.0], &array![2.0, -1.0]);
/// assert!((product - array![2.0, -50.0]).iter().all(|e| e.abs() < 1e-8));
/// ```
#[track_caller]
pub fn hessian_vector_product<F: Float, P: Objective<F> + ?Sized>(
    problem: &P,
    x: &ArrayRef1<F>,
    v: &ArrayRef1<F>,
) -> Array1<F> {
    check_dim(problem, x);
    check_dim(problem, v);
    let (norm, zeros) = (v.dot(v).sqrt(), Array1::zeros(x.len()));
    if norm.is_zero() {
        return zeros;
    }
    let h = F::epsilon().cbrt() * x.dot(x).sqrt().max(F::one()) / norm;
    let (mut right, mut left, mut at) = (zeros.clone(), zeros, x.to_owned());
    at.scaled_add(h, v);
    problem.gradient(&at, &mut right);
    at.assign(x);
    at.scaled_add(-h, v);
    problem.gradient(&at, &mut left);
    (right - left) / (h + h)
}

/// The eigenvalue of ∇²f(x) of greatest absolute value, by power iteration.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Sharpness<F> {
    /// The Rayleigh quotient vᵀ∇²f(x)v, an estimate of the eigenvalue.
    pub eigenvalue: F,
    /// v, of length 1: an estimate of the eigenvector, and a good start for the next x.
    pub eigenvector: Array1<F>,
    /// ‖∇²f(x)v − eigenvalue·v‖: some eigenvalue is at most so far away.
    pub residual: F,
    /// The number of Hessian-vector products made.
    pub iterations: usize,
}

/// The [`Sharpness`] of f at x: power iteration with [`hessian_vector_product`] from `start`, until
/// the residual is at most `tol`·|eigenvalue| or `iterations` products are made.
///
/// Plain gradient descent with learning rate η is stable near a minimum exactly if the sharpness is
/// below 2/η. Where the greatest eigenvalues lie close together, the eigenvalue converges well before
/// the eigenvector; a `tol` of 1e-3 is plenty then.
///
/// Cohen et al., “Gradient Descent on Neural Networks Typically Occurs at the Edge of Stability”,
/// ICLR 2021, arXiv:2103.00065.
///
/// # Panics
/// If `x` or `start` is not of the problem's dimension, if `start` is 0 or not finite, or if
/// `iterations` is 0.
///
/// ```
/// use gd_core::{numeric, objective::Quadratic};
/// use ndarray::array;
///
/// let x = array![1.0_f64, 1.0];
/// let sharp = numeric::sharpness(&Quadratic::ravine(), &x, &array![1.0, 1.0], 1e-6, 100);
/// assert!((sharp.eigenvalue - 50.0).abs() < 1e-6);
/// ```
#[track_caller]
pub fn sharpness<F: Float, P: Objective<F> + ?Sized>(
    problem: &P,
    x: &ArrayRef1<F>,
    start: &ArrayRef1<F>,
    tol: F,
    iterations: usize,
) -> Sharpness<F> {
    check_dim(problem, start);
    assert!(
        iterations > 0,
        "iterations must be >= 1, got 0; 100 is usual"
    );
    let norm = start.dot(start).sqrt();
    assert!(
        norm.is_finite() && norm > F::zero(),
        "start must be finite and not 0, got norm {norm}; give a random direction"
    );
    let mut v = start / norm;
    for iteration in 1.. {
        let product = hessian_vector_product(problem, x, &v);
        let eigenvalue = v.dot(&product);
        let rest = &product - &(&v * eigenvalue);
        let residual = rest.dot(&rest).sqrt();
        let norm = product.dot(&product).sqrt();
        // Not > : a NaN ends the iteration too.
        let moving = norm > F::zero() && residual > tol * eigenvalue.abs();
        if !moving || iteration == iterations {
            return Sharpness {
                eigenvalue,
                eigenvector: v,
                residual,
                iterations: iteration,
            };
        }
        v = product / norm;
    }
    unreachable!("the loop returns at the last iteration")
}

/// The step at which rounding and truncation errors of a central difference balance.
fn best_step<F: Float>(x: F) -> F {
    F::epsilon().cbrt() * x.abs().max(F::one())
}

/// The greatest |a − b| / max(1, |a|, |b|), or NaN if there is one.
fn worst_error<'a, F: Float>(pairs: impl Iterator<Item = (&'a F, &'a F)>) -> F {
    let mut worst = F::zero();
    for (&a, &b) in pairs {
        let error = (a - b).abs() / a.abs().max(b.abs()).max(F::one());
        if error.is_nan() {
            return error;
        }
        worst = worst.max(error);
    }
    worst
}

fn gradient_differences<F: Float, P: Objective<F> + ?Sized>(
    problem: &P,
    x: &ArrayRef1<F>,
    h: impl Fn(F) -> F,
) -> Array2<F> {
    let d = x.len();
    let (mut right, mut left, mut at) = (Array1::zeros(d), Array1::zeros(d), x.to_owned());
    let mut rows = Array2::zeros((d, d));
    for (i, mut row) in rows.axis_iter_mut(Axis(0)).enumerate() {
        let ends = (x[i] + h(x[i]), x[i] - h(x[i]));
        at[i] = ends.0;
        problem.gradient(&at, &mut right);
        at[i] = ends.1;
        problem.gradient(&at, &mut left);
        at[i] = x[i];
        row.assign(&((&right - &left) / (ends.0 - ends.1)));
    }
    (&rows + &rows.t()) / F::of(2.0)
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
    fn sharpness_is_the_eigenvalue_of_greatest_size() {
        use crate::objective::Quadratic;
        let f = Quadratic::<f64>::diagonal(&[3.0, -7.0, 0.5]);
        let x = array![0.3, -2.0, 1.0];
        let sharp = sharpness(&f, &x, &array![1.0, 1.0, 1.0], 1e-8, 500);
        assert!((sharp.eigenvalue + 7.0).abs() < 1e-7, "{sharp:?}");
        assert!(sharp.residual < 1e-6 && sharp.iterations < 100);
        let again = sharpness(&f, &x, &sharp.eigenvector, 1e-7, 500);
        assert!(again.iterations <= 2);
        assert_eq!(
            sharpness(&f, &x, &array![1.0, 1.0, 1.0], 0.0, 3).iterations,
            3
        );
    }

    #[test]
    fn a_zero_vector_has_a_zero_product() {
        let product = hessian_vector_product(&cube(3.0), &array![1.0], &array![0.0]);
        assert_eq!(product, array![0.0]);
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

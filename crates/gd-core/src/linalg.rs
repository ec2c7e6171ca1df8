//! The little dense linear algebra that checks gradient descent: norms, least squares and
//! eigenvalues.

use ndarray::{Array1, Array2, s};

use crate::{Float, check};

/// ‖v‖₂ = √(v₁² + v₂² + …), also where a square is too large or too small for the number type.
///
/// Infinite if a number of `v` is, and NaN if one is NaN.
///
/// ```
/// use gd_core::linalg::norm;
///
/// assert_eq!(norm([3.0, -4.0].into_iter()), 5.0);
/// assert_eq!(norm([3e-200, 4e-200].into_iter()), 5e-200);
/// ```
pub fn norm<F: Float>(v: impl Iterator<Item = F> + Clone) -> F {
    let square: F = v.clone().map(|v| v * v).sum();
    // Above this, what has been lost to underflow is below the rounding error.
    let smallest = F::min_positive_value() / F::epsilon();
    if (square.is_finite() && square > smallest) || square.is_nan() {
        return square.sqrt();
    }
    let largest = v.clone().fold(F::zero(), |largest, v| largest.max(v.abs()));
    if largest.is_zero() || largest.is_infinite() {
        return largest;
    }
    largest * v.map(|v| (v / largest).powi(2)).sum::<F>().sqrt()
}

/// The x that minimises ‖Ax − b‖₂, by Householder QR. A is m×d with m ≥ d, b has length m, x
/// length d.
///
/// Backward stable: the error is of the order of the machine epsilon times the condition number of
/// A (the normal equations would square it).
///
/// A. S. Householder, “Unitary Triangularization of a Nonsymmetric Matrix”, 1958,
/// doi:10.1145/320941.320947.
///
/// # Panics
/// If the shapes do not fit, m < d, a number is not finite, or the columns of A are linearly
/// dependent up to rounding.
///
/// ```
/// use ndarray::array;
///
/// let a = array![[0.0, 1.0], [1.0, 1.0], [2.0, 1.0]];
/// let x = gd_core::linalg::least_squares(&a, &array![3.0, 5.0, 7.0]);
/// assert!((x[0] - 2.0_f64).abs() < 1e-14 && (x[1] - 3.0).abs() < 1e-14);
/// ```
#[track_caller]
pub fn least_squares<F: Float>(a: &Array2<F>, b: &Array1<F>) -> Array1<F> {
    let (m, d) = a.dim();
    assert!(
        m == b.len(),
        "a has {m} rows and b has length {}; every row needs one entry of b",
        b.len()
    );
    assert!(
        d >= 1 && m >= d,
        "a must have at least as many rows as columns, and one, got {m}x{d}; add samples"
    );
    check::all_finite("a", a, "the matrix must be finite");
    check::all_finite("b", b, "the right-hand side must be finite");

    let (mut r, mut q_t_b) = (a.clone(), b.clone());
    for k in 0..d {
        reflect(&mut r, &mut q_t_b, k);
    }
    let largest = r
        .diag()
        .iter()
        .fold(F::zero(), |largest, v| largest.max(v.abs()));
    let negligible = largest * F::epsilon() * F::of(m as f64);
    let mut x = Array1::zeros(d);
    for k in (0..d).rev() {
        assert!(
            r[[k, k]].abs() > negligible,
            "the columns of a are linearly dependent (column {k} on those before it), so the \
             solution is not unique; remove the column or add samples"
        );
        let known = r.slice(s![k, k + 1..]).dot(&x.slice(s![k + 1..]));
        x[k] = (q_t_b[k] - known) / r[[k, k]];
    }
    x
}

/// Applies to `r` and `b` the reflection that makes column k of `r` zero below the diagonal.
fn reflect<F: Float>(r: &mut Array2<F>, b: &mut Array1<F>, k: usize) {
    let mut v = r.slice(s![k.., k]).to_owned();
    let norm = v.dot(&v).sqrt();
    if norm.is_zero() {
        return;
    }
    // The sign that avoids cancellation.
    let pivot = v[0];
    v[0] = if pivot < F::zero() {
        pivot - norm
    } else {
        pivot + norm
    };
    let two_over_v_v = F::of(2.0) / v.dot(&v);
    for j in k..r.ncols() {
        let mut column = r.slice_mut(s![k.., j]);
        let scale = -two_over_v_v * v.dot(&column);
        column.scaled_add(scale, &v);
    }
    let mut tail = b.slice_mut(s![k..]);
    let scale = -two_over_v_v * v.dot(&tail);
    tail.scaled_add(scale, &v);
}

/// The eigenvalues of a symmetric d×d matrix in ascending order, by cyclic Jacobi rotations.
///
/// Accurate to a few units of the machine epsilon times the largest of them; meant for small d
/// (each sweep costs of the order of d³, and a handful are needed).
///
/// C. G. J. Jacobi, 1846, doi:10.1515/crll.1846.30.51.
///
/// # Panics
/// If the matrix is empty, not square, not symmetric up to rounding, or not finite.
///
/// ```
/// use ndarray::array;
///
/// let eigenvalues = gd_core::linalg::symmetric_eigenvalues(&array![[2.0, 1.0], [1.0, 2.0]]);
/// assert!((eigenvalues[0] - 1.0_f64).abs() < 1e-15 && (eigenvalues[1] - 3.0).abs() < 1e-15);
/// ```
#[track_caller]
pub fn symmetric_eigenvalues<F: Float>(a: &Array2<F>) -> Array1<F> {
    assert_symmetric(a);
    let d = a.nrows();
    let mut a = a.clone();
    // Jacobi converges quadratically: 10 sweeps are usual, 60 are out of reach.
    for _ in 0..60 {
        let mut rotated = false;
        for p in 0..d {
            for q in p + 1..d {
                rotated |= rotate(&mut a, p, q);
            }
        }
        if !rotated {
            break;
        }
    }
    let mut eigenvalues = a.diag().to_vec();
    eigenvalues.sort_by(|x, y| x.partial_cmp(y).expect("eigenvalues are finite"));
    Array1::from(eigenvalues)
}

/// Makes a[p, q] zero by a rotation in the plane of p and q; false if it is negligible already.
fn rotate<F: Float>(a: &mut Array2<F>, p: usize, q: usize) -> bool {
    let (one, off) = (F::one(), a[[p, q]]);
    let scale = a[[p, p]]
        .abs()
        .max(a[[q, q]].abs())
        .max(F::min_positive_value());
    if off.abs() <= F::epsilon() * F::of(0.01) * scale {
        return false;
    }
    // tan of the angle: the smaller root of t² + 2τt − 1 = 0.
    let tau = (a[[q, q]] - a[[p, p]]) / (F::of(2.0) * off);
    let sign = if tau < F::zero() { -one } else { one };
    let tan = sign / (tau.abs() + tau.hypot(one));
    let cos = one / tan.hypot(one);
    let sin = tan * cos;
    a[[p, p]] -= tan * off;
    a[[q, q]] += tan * off;
    a[[p, q]] = F::zero();
    a[[q, p]] = F::zero();
    for i in (0..a.nrows()).filter(|&i| i != p && i != q) {
        let (x, y) = (a[[i, p]], a[[i, q]]);
        let (x, y) = (cos * x - sin * y, sin * x + cos * y);
        (a[[i, p]], a[[p, i]], a[[i, q]], a[[q, i]]) = (x, x, y, y);
    }
    true
}

/// Panics unless `a` is non-empty, square, finite and, up to rounding, symmetric.
#[track_caller]
pub(crate) fn assert_symmetric<F: Float>(a: &Array2<F>) {
    let (rows, columns) = a.dim();
    assert!(
        rows == columns && rows > 0,
        "matrix must be square and not empty, got {rows}x{columns}; for f(x)=x² give [[2.0]]"
    );
    check::all_finite("matrix", a, "matrix entries must be finite");
    let largest = a.iter().fold(F::zero(), |largest, v| largest.max(v.abs()));
    let rounding = F::of(8.0) * F::epsilon() * largest;
    for ((i, j), &v) in a.indexed_iter() {
        assert!(
            (v - a[[j, i]]).abs() <= rounding,
            "matrix must be symmetric, but a[{i}, {j}] = {v} and a[{j}, {i}] = {}; \
             use (a + aᵀ)/2, which gives the same function",
            a[[j, i]]
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn norms_of_small_large_and_no_numbers() {
        let norm = |v: [f64; 2]| norm(v.into_iter());
        assert_eq!(norm([0.0, 0.0]), 0.0);
        assert_eq!(norm([3e300, 4e300]), 5e300);
        assert_eq!(norm([5e-324, 0.0]), 5e-324);
        assert!((norm([3e-155, 4e-155]) / 5e-155 - 1.0).abs() < 1e-15);
        assert_eq!(norm([f64::NEG_INFINITY, 1.0]), f64::INFINITY);
        assert!(norm([f64::NAN, 1.0]).is_nan() && norm([f64::NAN, f64::INFINITY]).is_nan());
        assert_eq!(super::norm([3e30_f32, 4e30].into_iter()), 5e30);
    }

    #[test]
    fn a_square_system_is_solved() {
        let a = array![[0.0, 2.0, 1.0], [1.0, -1.0, 0.0], [3.0, 0.0, -2.0]];
        let x = array![1.0, -2.0, 0.5];
        let solution = least_squares(&a, &a.dot(&x));
        assert!(
            (&solution - &x).iter().all(|e: &f64| e.abs() < 1e-14),
            "{solution}"
        );
    }

    #[test]
    fn the_residual_is_orthogonal_to_the_columns() {
        let a = Array2::from_shape_fn((20, 4), |(i, j)| (0.3 * i as f64 - 2.0).powi(j as i32));
        let b = Array1::from_shape_fn(20, |i| (i as f64).sin());
        let residual = a.dot(&least_squares(&a, &b)) - b;
        assert!(a.t().dot(&residual).iter().all(|v| v.abs() < 1e-11));
    }

    #[test]
    #[should_panic(expected = "the columns of a are linearly dependent (column 1")]
    fn dependent_columns() {
        least_squares(
            &array![[1.0, 2.0], [2.0, 4.0], [3.0, 6.0]],
            &array![1.0, 2.0, 3.0],
        );
    }

    #[test]
    #[should_panic(expected = "at least as many rows as columns, and one, got 1x2")]
    fn too_few_rows() {
        least_squares(&array![[1.0, 2.0]], &array![1.0]);
    }

    #[test]
    #[should_panic(expected = "a has 2 rows and b has length 1")]
    fn right_side_too_short() {
        least_squares(&array![[1.0], [2.0]], &array![1.0]);
    }

    #[test]
    fn eigenvalues_of_the_second_difference_matrix() {
        // 2 − 2 cos(kπ/(d+1)), k = 1, …, d
        let d = 12;
        let a = Array2::from_shape_fn((d, d), |(i, j)| match i.abs_diff(j) {
            0 => 2.0,
            1 => -1.0,
            _ => 0.0,
        });
        let eigenvalues = symmetric_eigenvalues(&a);
        for (k, &lambda) in eigenvalues.iter().enumerate() {
            let angle = (k + 1) as f64 * std::f64::consts::PI / (d + 1) as f64;
            assert!(
                (lambda - (2.0 - 2.0 * angle.cos())).abs() < 1e-14,
                "{k}: {lambda}"
            );
        }
    }

    #[test]
    fn eigenvalues_of_equal_and_tiny_diagonals() {
        assert_eq!(
            symmetric_eigenvalues(&array![[0.0, 3.0], [3.0, 0.0]]),
            array![-3.0, 3.0]
        );
        assert_eq!(symmetric_eigenvalues(&array![[7.0_f32]]), array![7.0]);
        assert_eq!(
            symmetric_eigenvalues(&Array2::<f64>::zeros((3, 3))),
            Array1::<f64>::zeros(3)
        );
    }

    #[test]
    #[should_panic(expected = "matrix must be square and not empty, got 1x2")]
    fn not_square() {
        symmetric_eigenvalues(&array![[1.0, 2.0]]);
    }
}

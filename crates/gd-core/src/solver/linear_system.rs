//! Square linear systems, solved in place: what Newton's method asks for at each update.

use ndarray::{ArrayRef1, ArrayRef2};

use crate::Float;

/// Overwrites the lower triangle of the symmetric `a` by L, LLᵀ = A; false if A is not positive
/// definite up to rounding.
pub(super) fn cholesky<F: Float>(a: &mut ArrayRef2<F>) -> bool {
    for j in 0..a.nrows() {
        let known: F = (0..j).map(|k| a[[j, k]] * a[[j, k]]).sum();
        let pivot = a[[j, j]] - known;
        // A pivot that is a rounding error of what it was computed from is none. NaN fails too.
        if !(pivot > F::epsilon() * a[[j, j]] && pivot.is_finite()) {
            return false;
        }
        a[[j, j]] = pivot.sqrt();
        for i in j + 1..a.nrows() {
            let known: F = (0..j).map(|k| a[[i, k]] * a[[j, k]]).sum();
            a[[i, j]] = (a[[i, j]] - known) / a[[j, j]];
        }
    }
    true
}

/// b ← A⁻¹b, given L by [`cholesky`].
pub(super) fn solve_cholesky<F: Float>(l: &ArrayRef2<F>, b: &mut ArrayRef1<F>) {
    let n = b.len();
    for i in 0..n {
        let known: F = (0..i).map(|k| l[[i, k]] * b[k]).sum();
        b[i] = (b[i] - known) / l[[i, i]];
    }
    for i in (0..n).rev() {
        let known: F = (i + 1..n).map(|k| l[[k, i]] * b[k]).sum();
        b[i] = (b[i] - known) / l[[i, i]];
    }
}

/// b ← A⁻¹b by Gaussian elimination with partial pivoting, which destroys `a`; false, with `b` of
/// no meaning, if A is singular.
pub(super) fn eliminate<F: Float>(a: &mut ArrayRef2<F>, b: &mut ArrayRef1<F>) -> bool {
    let n = b.len();
    for k in 0..n {
        let mut largest = k;
        for i in k + 1..n {
            if a[[i, k]].abs() > a[[largest, k]].abs() {
                largest = i;
            }
        }
        let pivot = a[[largest, k]];
        if pivot.is_zero() || !pivot.is_finite() {
            return false;
        }
        b.swap(k, largest);
        for j in k..n {
            a.swap([k, j], [largest, j]);
        }
        for i in k + 1..n {
            let factor = a[[i, k]] / pivot;
            for j in k + 1..n {
                let above = a[[k, j]];
                a[[i, j]] -= factor * above;
            }
            let above = b[k];
            b[i] -= factor * above;
        }
    }
    for i in (0..n).rev() {
        let known: F = (i + 1..n).map(|j| a[[i, j]] * b[j]).sum();
        b[i] = (b[i] - known) / a[[i, i]];
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Array2, array};

    fn is_near(a: &ArrayRef1<f64>, b: &ArrayRef1<f64>) -> bool {
        a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-14)
    }

    #[test]
    fn a_positive_definite_system() {
        let mut a = array![[4.0, 2.0, -1.0], [2.0, 5.0, 0.5], [-1.0, 0.5, 3.0]];
        let x = array![1.0, -2.0, 0.5];
        let mut b = a.dot(&x);
        let mut again = b.clone();
        assert!(eliminate(&mut a.clone(), &mut again));
        assert!(is_near(&again, &x));
        assert!(cholesky(&mut a));
        solve_cholesky(&a, &mut b);
        assert!(is_near(&b, &x));
    }

    #[test]
    fn what_is_not_positive_definite_is_noticed() {
        for mut a in [
            array![[1.0, 2.0], [2.0, 1.0]],
            array![[-1.0, 0.0], [0.0, 1.0]],
            array![[1.0, 1.0], [1.0, 1.0]],
            array![[0.0, 0.0], [0.0, 0.0]],
            array![[1.0, f64::NAN], [f64::NAN, 1.0]],
            array![[f64::INFINITY, 0.0], [0.0, 1.0]],
        ] {
            assert!(!cholesky(&mut a.view_mut()), "{a}");
        }
        // small, and of different scales, is not singular
        assert!(cholesky(&mut array![[1.0, 0.0], [0.0, 1e-200]]));
    }

    #[test]
    fn an_indefinite_system_needs_the_pivot() {
        let a = array![[0.0, 2.0, 1.0], [2.0, -1.0, 0.0], [1.0, 0.0, -2.0]];
        let x = array![1.0, -2.0, 0.5];
        let mut b = a.dot(&x);
        assert!(eliminate(&mut a.clone(), &mut b));
        assert!(is_near(&b, &x));
    }

    #[test]
    fn singular_systems_have_no_solution() {
        let mut b = array![1.0, 1.0];
        assert!(!eliminate(&mut array![[1.0, 2.0], [2.0, 4.0]], &mut b));
        assert!(!eliminate(&mut Array2::<f64>::zeros((2, 2)), &mut b));
        let broken = Array2::from_elem((2, 2), f64::NAN);
        assert!(!eliminate(&mut broken.clone(), &mut b));
    }
}

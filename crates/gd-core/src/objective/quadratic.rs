//! ½ xᵀAx, the function on which everything has a closed form.

use ndarray::{Array1, Array2, ArrayRef1, ArrayRef2, Zip};

use crate::{Float, Objective, check, linalg, objective::TwiceDifferentiable};

/// f(x) = ½ xᵀAx with a symmetric d×d matrix A; ∇f(x) = Ax, Hessian A.
///
/// With A = diag(λ₁, …, λ_d) it is ½ Σ λᵢxᵢ²: a bowl if all curvatures λᵢ > 0, a ravine if they
/// differ much, a saddle if the signs differ. Gradient descent with constant learning rate η
/// multiplies the coordinate along the i-th eigenvector by 1 − ηλᵢ at each update, and so
/// converges for every start exactly if 0 < η < 2/max λᵢ (all λᵢ > 0).
///
/// ```
/// use gd_core::{Objective, objective::Quadratic};
/// use ndarray::array;
///
/// let ravine = Quadratic::diagonal(&[1.0, 50.0]);
/// assert_eq!(ravine.value(&array![-4.0, 1.0]), 33.0);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Quadratic<F> {
    a: Matrix<F>,
}

#[derive(Clone, Debug, PartialEq)]
enum Matrix<F> {
    Diagonal(Array1<F>),
    Dense(Array2<F>),
}

impl<F: Float> Quadratic<F> {
    /// ½ Σ λᵢxᵢ² with the given curvatures λᵢ, of any sign.
    ///
    /// # Panics
    /// If `curvatures` is empty or holds a number that is not finite.
    #[track_caller]
    pub fn diagonal(curvatures: &[F]) -> Self {
        assert!(
            !curvatures.is_empty(),
            "curvatures must not be empty; for f(x)=x² give [2.0]"
        );
        check::all_finite("curvatures", curvatures, "curvatures must be finite");
        Self {
            a: Matrix::Diagonal(Array1::from(curvatures.to_vec())),
        }
    }

    /// ½ xᵀAx with the given d×d matrix A.
    ///
    /// # Panics
    /// If A is empty, not square, not symmetric (up to rounding) or not finite.
    #[track_caller]
    pub fn new(a: Array2<F>) -> Self {
        linalg::assert_symmetric(&a);
        Self {
            a: Matrix::Dense(a),
        }
    }

    /// f(x) = x², the one-dimensional example of the book (λ = 2).
    pub fn square() -> Self {
        Self::diagonal(&[F::of(2.0)])
    }

    /// The curvatures: the eigenvalues of A in ascending order, length d.
    pub fn curvatures(&self) -> Array1<F> {
        match &self.a {
            Matrix::Diagonal(lambda) => {
                let mut sorted = lambda.to_vec();
                sorted.sort_by(|p, q| p.partial_cmp(q).expect("curvatures are finite"));
                Array1::from(sorted)
            }
            Matrix::Dense(a) => linalg::symmetric_eigenvalues(a),
        }
    }

    /// The Hessian A, d×d, the same everywhere.
    pub fn constant_hessian(&self) -> Array2<F> {
        match &self.a {
            Matrix::Diagonal(lambda) => Array2::from_diag(lambda),
            Matrix::Dense(a) => a.clone(),
        }
    }
}

impl<F: Float> Objective<F> for Quadratic<F> {
    fn dim(&self) -> usize {
        match &self.a {
            Matrix::Diagonal(lambda) => lambda.len(),
            Matrix::Dense(a) => a.nrows(),
        }
    }

    fn value(&self, x: &ArrayRef1<F>) -> F {
        let twice = match &self.a {
            Matrix::Diagonal(lambda) => Zip::from(lambda)
                .and(x)
                .fold(F::zero(), |sum, &lambda, &x| sum + lambda * x * x),
            Matrix::Dense(a) => Zip::from(a.rows())
                .and(x)
                .fold(F::zero(), |sum, row, &x_i| sum + x_i * row.dot(x)),
        };
        twice / F::of(2.0)
    }

    fn gradient(&self, x: &ArrayRef1<F>, grad: &mut ArrayRef1<F>) {
        match &self.a {
            Matrix::Diagonal(lambda) => Zip::from(grad)
                .and(lambda)
                .and(x)
                .for_each(|g, &lambda, &x| *g = lambda * x),
            Matrix::Dense(a) => Zip::from(grad)
                .and(a.rows())
                .for_each(|g, row| *g = row.dot(x)),
        }
    }
}

impl<F: Float> TwiceDifferentiable<F> for Quadratic<F> {
    fn hessian(&self, _: &ArrayRef1<F>, hessian: &mut ArrayRef2<F>) {
        match &self.a {
            Matrix::Diagonal(lambda) => {
                hessian.fill(F::zero());
                hessian.diag_mut().assign(lambda);
            }
            Matrix::Dense(a) => hessian.assign(a),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn dense_and_diagonal_agree() {
        let diagonal = Quadratic::diagonal(&[3.0, -1.0]);
        let dense = Quadratic::new(array![[3.0, 0.0], [0.0, -1.0]]);
        let x = array![0.7, -2.5];
        assert_eq!(diagonal.value(&x), dense.value(&x));
        let (mut g, mut h) = (array![9.0, 9.0], array![8.0, 8.0]);
        diagonal.gradient(&x, &mut g);
        dense.gradient(&x, &mut h);
        assert_eq!(g, h);
        assert_eq!(diagonal.constant_hessian(), dense.constant_hessian());
        assert_eq!(diagonal.curvatures(), array![-1.0, 3.0]);
        assert_eq!(dense.curvatures(), array![-1.0, 3.0]);
    }

    #[test]
    fn square_is_x_squared() {
        let f = Quadratic::<f64>::square();
        assert_eq!(f.dim(), 1);
        assert_eq!(f.value(&array![4.0]), 16.0);
    }

    #[test]
    #[should_panic(expected = "curvatures must not be empty")]
    fn no_curvatures() {
        Quadratic::<f64>::diagonal(&[]);
    }

    #[test]
    #[should_panic(expected = "curvatures[1] is inf")]
    fn infinite_curvature() {
        Quadratic::diagonal(&[1.0, f64::INFINITY]);
    }

    #[test]
    #[should_panic(expected = "matrix must be symmetric, but a[0, 1] = 1 and a[1, 0] = 2")]
    fn asymmetric() {
        Quadratic::new(array![[1.0, 1.0], [2.0, 1.0]]);
    }
}

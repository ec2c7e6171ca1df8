//! ½ xᵀAx, the function on which everything has a closed form.

use ndarray::{Array1, Array2, ArrayRef1, ArrayRef2, Zip};

use super::{TwiceDifferentiable, check_dim, check_new_dim};
use crate::{Float, Objective, check, linalg};

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

    /// f(x, y) = x² + 2y², the round bowl of the book (curvatures 2 and 4).
    pub fn bowl() -> Self {
        Self::diagonal(&[F::of(2.0), F::of(4.0)])
    }

    /// f(x, y) = ½(x² + 50y²), the ravine of the book (curvatures 1 and 50).
    pub fn ravine() -> Self {
        Self::diagonal(&[F::one(), F::of(50.0)])
    }

    /// ½ Σ λᵢxᵢ² in `dim` dimensions with λ from 1 to κ, evenly spaced in log λ.
    ///
    /// κ is the condition number: with its best learning rate 2/(1 + κ) gradient descent shrinks
    /// the distance to the minimum by (κ − 1)/(κ + 1) at each update.
    ///
    /// # Panics
    /// If κ is less than 1 or not finite, or if `dim` is less than 2.
    ///
    /// ```
    /// use gd_core::objective::Quadratic;
    ///
    /// let f = Quadratic::<f64>::with_condition_number(100.0, 3);
    /// assert!((f.curvatures() - ndarray::array![1.0, 10.0, 100.0]).iter().all(|e| e.abs() < 1e-12));
    /// ```
    #[track_caller]
    pub fn with_condition_number(kappa: F, dim: usize) -> Self {
        check_new_dim(dim, 2);
        assert!(
            kappa.is_finite() && kappa >= F::one(),
            "kappa must be finite and >= 1, got {kappa}; 1 is a round bowl, 50 a ravine"
        );
        let last = F::of((dim - 1) as f64);
        let curvatures = (0..dim).map(|i| kappa.powf(F::of(i as f64) / last));
        Self::diagonal(&Vec::from_iter(curvatures))
    }

    /// f turned by `angle` (in radians, counterclockwise): g(Rx) = f(x), with the axes of the bowl
    /// no longer those of the coordinates.
    ///
    /// # Panics
    /// If f is not two-dimensional, or if the angle is not finite.
    ///
    /// ```
    /// use gd_core::{Objective, objective::Quadratic};
    /// use ndarray::array;
    ///
    /// let turned = Quadratic::<f64>::ravine().rotated(std::f64::consts::FRAC_PI_4);
    /// assert!((turned.value(&array![1.0, 1.0]) - 1.0).abs() < 1e-12); // along the valley
    /// assert!((turned.value(&array![-1.0, 1.0]) - 50.0).abs() < 1e-12); // across
    /// ```
    #[track_caller]
    pub fn rotated(&self, angle: F) -> Self {
        assert!(
            self.dim() == 2 && angle.is_finite(),
            "rotated needs two dimensions and a finite angle, got {} and {angle}",
            self.dim()
        );
        let (sin, cos) = angle.sin_cos();
        let a = self.constant_hessian();
        let (p, q, r) = (a[[0, 0]], a[[0, 1]], a[[1, 1]]);
        let two = F::of(2.0);
        // R A Rᵀ, symmetric by construction
        let off = (p - r) * sin * cos + q * (cos * cos - sin * sin);
        Self::new(ndarray::array![
            [p * cos * cos - two * q * sin * cos + r * sin * sin, off],
            [off, p * sin * sin + two * q * sin * cos + r * cos * cos],
        ])
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
        check_dim(x, self.dim());
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
        check_dim(x, self.dim());
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

//! Newton–Schulz iteration: a matrix made nearly orthogonal, by products alone.

use ndarray::{Array2, ArrayRef2, ArrayView2, ArrayViewMut2, Zip};

use crate::{Float, autodiff::matrix_product::add_product, check, linalg::norm};

/// Drives all singular values of a matrix towards 1, and keeps its singular vectors.
///
/// For a matrix U, rows×cols, with coefficients a, b, c and n steps:
///
/// ```text
/// X ← U / max(‖U‖_F, ε)          Uᵀ in the place of U if rows > cols
/// n times:  G ← XXᵀ
///           X ← aX + (bG + cG²)X
/// ```
///
/// So each singular value σ becomes aσ + bσ³ + cσ⁵, n times over. With the default coefficients
/// that does not converge: it is steep at 0, to lift small singular values fast, and then wanders
/// about 1. After 5 steps whatever was at least 0.002 of ‖U‖_F is between 0.68 and 1.21. With
/// (1.5, −0.5, 0) it does converge to the orthogonal factor of U = (orthogonal)·(symmetric), slowly.
/// A matrix with ‖U‖_F < ε stays small.
///
/// Convention: as in `torch.optim.Muon`, but in the precision of `F`; PyTorch computes in bfloat16
/// (about 3 digits) whatever the parameters are.
///
/// Defaults: coefficients (3.4445, −4.7750, 2.0315), 5 steps, ε 1e-7.
/// Jordan et al., “Muon: An optimizer for hidden layers in neural networks”, 2024,
/// <https://kellerjordan.github.io/posts/muon/>.
///
/// ```
/// use gd_core::{linalg::symmetric_eigenvalues, optim::NewtonSchulz};
/// use ndarray::array;
///
/// let u = array![[100.0_f64, 0.0, 0.0], [0.0, 1.0, 0.0]]; // singular values 100 and 1
/// let x = NewtonSchulz::default().orthogonalize(&u);
/// let sigma = symmetric_eigenvalues(&x.dot(&x.t())).sqrt();
/// assert!(sigma.iter().all(|&sigma| 0.68 < sigma && sigma < 1.21));
/// ```
#[derive(Clone, Debug)]
pub struct NewtonSchulz<F> {
    coefficients: (F, F, F),
    steps: usize,
    eps: F,
}

impl<F: Float> Default for NewtonSchulz<F> {
    fn default() -> Self {
        Self {
            coefficients: (F::of(3.4445), F::of(-4.775), F::of(2.0315)),
            steps: 5,
            eps: F::of(1e-7),
        }
    }
}

impl<F: Float> NewtonSchulz<F> {
    /// a, b and c; (3.4445, −4.7750, 2.0315) by default.
    ///
    /// # Panics
    /// If one of them is not finite.
    #[track_caller]
    pub fn coefficients(mut self, a: F, b: F, c: F) -> Self {
        check::all_finite(
            "ns_coefficients",
            &[a, b, c],
            "they must be finite; (3.4445, -4.775, 2.0315) is the default",
        );
        self.coefficients = (a, b, c);
        self
    }

    /// n, 0 to 99; 5 by default. With 0 the matrix is only divided by its norm.
    ///
    /// # Panics
    /// If `steps` is 100 or more.
    #[track_caller]
    pub fn steps(mut self, steps: usize) -> Self {
        assert!(
            steps < 100,
            "ns_steps must be in 0..=99, got {steps}; 5 is the default"
        );
        self.steps = steps;
        self
    }

    /// ε > 0, which keeps a zero matrix zero; 1e-7 by default.
    ///
    /// # Panics
    /// If `eps` is not finite and > 0.
    #[track_caller]
    pub fn eps(mut self, eps: F) -> Self {
        check::positive("eps", eps, "1e-7 is the default");
        self.eps = eps;
        self
    }

    /// The result for `u`, of the same shape.
    pub fn orthogonalize(&self, u: &ArrayRef2<F>) -> Array2<F> {
        let (rows, cols) = u.dim();
        let mut work = Workspace::new(rows, cols);
        work.matrix_mut().assign(u);
        self.run(&mut work);
        work.matrix().to_owned()
    }

    /// Replaces the matrix of `work`, without allocating.
    pub(super) fn run(&self, work: &mut Workspace<F>) {
        let (a, b, c) = self.coefficients;
        let Workspace { x, .. } = work;
        let divisor = norm(x.iter().copied()).max(self.eps);
        x.mapv_inplace(|x| x / divisor);
        for _ in 0..self.steps {
            let Workspace {
                x,
                x_t,
                gram,
                gram_squared,
                next,
                ..
            } = work;
            x_t.assign(&x.t());
            gram.fill(F::zero());
            add_product(x.view(), x_t, gram);
            gram_squared.fill(F::zero());
            add_product(gram.view(), gram, gram_squared);
            let polynomial = gram_squared;
            Zip::from(&mut *polynomial)
                .and(&*gram)
                .for_each(|p, &g| *p = b * g + c * *p);
            Zip::from(&mut *next)
                .and(&*x)
                .for_each(|next, &x| *next = a * x);
            add_product(polynomial.view(), x, next);
            std::mem::swap(x, next);
        }
    }
}

/// A matrix, kept with its shorter side as rows, and room for the iteration.
#[derive(Clone, Debug)]
pub(super) struct Workspace<F> {
    transposed: bool,
    x: Array2<F>,
    x_t: Array2<F>,
    gram: Array2<F>,
    gram_squared: Array2<F>,
    next: Array2<F>,
}

impl<F: Float> Workspace<F> {
    /// For a rows×cols matrix.
    pub(super) fn new(rows: usize, cols: usize) -> Self {
        let (short, long) = (rows.min(cols), rows.max(cols));
        Self {
            transposed: rows > cols,
            x: Array2::zeros((short, long)),
            x_t: Array2::zeros((long, short)),
            gram: Array2::zeros((short, short)),
            gram_squared: Array2::zeros((short, short)),
            next: Array2::zeros((short, long)),
        }
    }

    /// The matrix, rows×cols.
    pub(super) fn matrix(&self) -> ArrayView2<'_, F> {
        if self.transposed {
            self.x.t()
        } else {
            self.x.view()
        }
    }

    /// The matrix to change, rows×cols.
    pub(super) fn matrix_mut(&mut self) -> ArrayViewMut2<'_, F> {
        if self.transposed {
            self.x.view_mut().reversed_axes()
        } else {
            self.x.view_mut()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    fn sine(rows: usize, cols: usize) -> Array2<f64> {
        Array2::from_shape_fn((rows, cols), |(i, j)| {
            (1.0 + 3.0 * i as f64 + j as f64).sin()
        })
    }

    #[test]
    fn the_transpose_gives_the_transpose() {
        let iteration = NewtonSchulz::default();
        for (rows, cols) in [(1, 4), (2, 3), (2, 9)] {
            let u = sine(rows, cols);
            let tall = iteration.orthogonalize(&u.t().to_owned());
            assert_eq!(iteration.orthogonalize(&u).t(), tall);
        }
    }

    #[test]
    fn convergent_coefficients_make_it_orthogonal() {
        let iteration = NewtonSchulz::default().coefficients(1.5, -0.5, 0.0);
        let u = array![[2.0, 1.0, 0.0], [0.0, 1.0, -1.0]];
        let x = iteration.steps(40).orthogonalize(&u);
        let error = x.dot(&x.t()) - Array2::<f64>::eye(2);
        assert!(error.iter().all(|e| e.abs() < 1e-14), "{error}");
    }

    #[test]
    fn the_size_of_the_matrix_does_not_matter() {
        let u = sine(2, 3);
        let known = NewtonSchulz::default().orthogonalize(&u);
        for scale in [1e-300, 1e300] {
            let x = NewtonSchulz::default()
                .eps(1e-307)
                .orthogonalize(&(&u * scale));
            assert!((&x - &known).iter().all(|d| d.abs() < 1e-13), "{scale}");
        }
        let zero = Array2::<f64>::zeros((2, 3));
        assert_eq!(NewtonSchulz::default().orthogonalize(&zero), zero);
    }

    #[test]
    fn no_steps_divide_by_the_norm() {
        let x = NewtonSchulz::default()
            .steps(0)
            .orthogonalize(&array![[3.0], [4.0]]);
        assert_eq!(x, array![[0.6], [0.8]]);
    }

    #[test]
    #[should_panic(expected = "ns_steps must be in 0..=99, got 100; 5 is the default")]
    fn too_many_steps() {
        NewtonSchulz::<f64>::default().steps(100);
    }
}

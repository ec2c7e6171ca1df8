//! Linear regression: the model with a closed form to check gradient descent against.

use ndarray::{Array1, Array2, ArrayRef1, Axis};

use crate::{Float, Objective, check, data::Dataset, linalg, objective::FiniteSum};

/// Linear regression by mean squared error: L(θ) = (1/n) ‖Xθ − y‖², ∇L(θ) = (2/n) Xᵀ(Xθ − y).
///
/// X is n×d (one row per sample), y has length n, θ length d. The Hessian (2/n) XᵀX does not
/// depend on θ, so L is a bowl (or, where columns of X are dependent, a valley) and gradient
/// descent converges for 0 < lr < 2/λmax.
///
/// ```
/// use gd_core::{data, model::LinearRegression};
///
/// let model = LinearRegression::<f64>::line(&data::lesson_line());
/// let theta = model.least_squares(); // (w, b)
/// assert!((theta[0] - 1.93103).abs() < 1e-5 && (theta[1] - 2.97781).abs() < 1e-5);
/// assert!((model.largest_stable_lr() - 0.11284).abs() < 1e-5);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct LinearRegression<F> {
    x: Array2<F>,
    y: Array1<F>,
}

impl<F: Float> LinearRegression<F> {
    /// The model with design matrix `x` (n×d) and targets `y` (length n).
    ///
    /// # Panics
    /// If there are no samples or no columns, if the number of rows is not the number of targets,
    /// or if a number is not finite.
    #[track_caller]
    pub fn new(x: Array2<F>, y: Array1<F>) -> Self {
        assert!(
            x.nrows() == y.len(),
            "the design matrix has {} rows and y has length {}; every row needs one target",
            x.nrows(),
            y.len()
        );
        assert!(
            !x.is_empty(),
            "the design matrix must not be empty, got {}x{}; give at least one sample and column",
            x.nrows(),
            x.ncols()
        );
        check::all_finite("design matrix", &x, "data must be finite");
        check::all_finite("y", &y, "data must be finite");
        Self { x, y }
    }

    /// The line y ≈ wx + b: columns [x, 1], θ = (w, b).
    pub fn line(data: &Dataset<F>) -> Self {
        Self::polynomial(data, 1)
    }

    /// The polynomial of the given degree: columns [x^degree, …, x, 1], θ from the highest
    /// coefficient down to the constant, so (a, b, c) for ax² + bx + c.
    pub fn polynomial(data: &Dataset<F>, degree: usize) -> Self {
        let mut x = Array2::ones((data.len(), degree + 1));
        for column in (0..degree).rev() {
            for (mut row, &input) in x.axis_iter_mut(Axis(0)).zip(&data.x) {
                row[column] = row[column + 1] * input;
            }
        }
        Self::new(x, data.y.clone())
    }

    /// The design matrix X, n×d.
    pub fn design(&self) -> &Array2<F> {
        &self.x
    }

    /// The targets y, length n.
    pub fn targets(&self) -> &Array1<F> {
        &self.y
    }

    /// Xθ, the model's output for every sample, length n.
    ///
    /// # Panics
    /// If θ is not of length d.
    pub fn predict(&self, theta: &ArrayRef1<F>) -> Array1<F> {
        self.x
            .rows()
            .into_iter()
            .map(|row| row.dot(theta))
            .collect()
    }

    /// The Hessian (2/n) XᵀX, d×d, the same everywhere.
    pub fn constant_hessian(&self) -> Array2<F> {
        let columns = self.x.columns();
        let scale = F::of(2.0) / F::of(self.y.len() as f64);
        let d = self.x.ncols();
        let columns: Vec<_> = columns.into_iter().collect();
        Array2::from_shape_fn((d, d), |(i, j)| scale * columns[i].dot(&columns[j]))
    }

    /// 2/λmax of the Hessian: gradient descent with a constant learning rate below it converges,
    /// above it diverges (infinite if X is zero).
    pub fn largest_stable_lr(&self) -> F {
        let eigenvalues = linalg::symmetric_eigenvalues(&self.constant_hessian());
        F::of(2.0) / eigenvalues[eigenvalues.len() - 1]
    }

    /// The θ that minimises L, by Householder QR: what gradient descent converges to.
    ///
    /// # Panics
    /// If the columns of X are linearly dependent: then there is more than one.
    #[track_caller]
    pub fn least_squares(&self) -> Array1<F> {
        linalg::least_squares(&self.x, &self.y)
    }

    /// xᵢ·θ − yᵢ.
    fn residual(&self, theta: &ArrayRef1<F>, i: usize) -> F {
        self.x.row(i).dot(theta) - self.y[i]
    }

    /// (2/count) Σᵢ (xᵢ·θ − yᵢ) xᵢ over the given samples.
    fn mean_gradient(
        &self,
        theta: &ArrayRef1<F>,
        samples: impl ExactSizeIterator<Item = usize>,
        grad: &mut ArrayRef1<F>,
    ) {
        let scale = F::of(2.0) / F::of(samples.len() as f64);
        grad.fill(F::zero());
        for i in samples {
            grad.scaled_add(self.residual(theta, i), &self.x.row(i));
        }
        grad.mapv_inplace(|g| scale * g);
    }
}

impl<F: Float> Objective<F> for LinearRegression<F> {
    fn dim(&self) -> usize {
        self.x.ncols()
    }

    fn value(&self, theta: &ArrayRef1<F>) -> F {
        let n = self.y.len();
        let squares = (0..n).map(|i| self.residual(theta, i).powi(2));
        squares.sum::<F>() / F::of(n as f64)
    }

    fn gradient(&self, theta: &ArrayRef1<F>, grad: &mut ArrayRef1<F>) {
        self.mean_gradient(theta, 0..self.y.len(), grad);
    }
}

impl<F: Float> FiniteSum<F> for LinearRegression<F> {
    fn samples(&self) -> usize {
        self.y.len()
    }

    fn batch_gradient(&self, theta: &ArrayRef1<F>, batch: &[usize], grad: &mut ArrayRef1<F>) {
        assert!(
            !batch.is_empty(),
            "the batch must not be empty; its mean has no meaning"
        );
        self.mean_gradient(theta, batch.iter().copied(), grad);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data;
    use ndarray::array;

    #[test]
    fn columns_run_from_the_highest_power_down() {
        let data = Dataset::new(array![2.0, 3.0], array![0.0, 0.0]);
        let model = LinearRegression::polynomial(&data, 2);
        assert_eq!(model.design(), &array![[4.0, 2.0, 1.0], [9.0, 3.0, 1.0]]);
        assert_eq!(
            LinearRegression::line(&data).design(),
            &array![[2.0, 1.0], [3.0, 1.0]]
        );
        assert_eq!(model.predict(&array![1.0, 0.0, 1.0]), array![5.0, 10.0]);
        assert_eq!(LinearRegression::polynomial(&data, 0).dim(), 1);
    }

    #[test]
    fn batch_gradients_average_to_the_full_gradient() {
        let model = LinearRegression::<f64>::polynomial(&data::lesson_parabola(), 2);
        let theta = array![0.3, -0.7, 2.0];
        let (mut full, mut one) = (Array1::zeros(3), Array1::zeros(3));
        model.gradient(&theta, &mut full);
        let mut mean = Array1::<f64>::zeros(3);
        for i in 0..model.samples() {
            model.batch_gradient(&theta, &[i], &mut one);
            mean += &(&one / model.samples() as f64);
        }
        assert!(
            (&mean - &full).iter().all(|e| e.abs() < 1e-12),
            "{mean} and {full}"
        );
        model.batch_gradient(&theta, &Vec::from_iter(0..100), &mut one);
        assert_eq!(one, full);
        model.batch_gradient(&theta, &[5, 5, 5], &mut one);
        let repeated = one.clone();
        model.batch_gradient(&theta, &[5], &mut one);
        assert!((&repeated - &one).iter().all(|e| e.abs() < 1e-12));
    }

    #[test]
    fn the_gradient_vanishes_at_least_squares() {
        let model = LinearRegression::<f64>::line(&data::lesson_line());
        let mut grad = array![1.0, 1.0];
        model.gradient(&model.least_squares(), &mut grad);
        assert!(grad.iter().all(|g| g.abs() < 1e-12), "{grad}");
    }

    #[test]
    fn the_exercise_has_its_known_curvatures() {
        let model = LinearRegression::<f64>::polynomial(&data::lesson_parabola(), 2);
        let eigenvalues = linalg::symmetric_eigenvalues(&model.constant_hessian());
        for (value, known) in eigenvalues.iter().zip([0.860, 6.12, 34.86]) {
            assert!((value - known).abs() < 0.006, "{value} and {known}");
        }
        assert!((model.largest_stable_lr() - 0.05738).abs() < 5e-6);
    }

    #[test]
    #[should_panic(expected = "the design matrix has 2 rows and y has length 3")]
    fn lengths_differ() {
        LinearRegression::new(array![[1.0], [2.0]], array![1.0, 2.0, 3.0]);
    }

    #[test]
    #[should_panic(expected = "the design matrix must not be empty, got 0x2")]
    fn no_samples() {
        LinearRegression::<f64>::new(Array2::zeros((0, 2)), array![]);
    }

    #[test]
    #[should_panic(expected = "the batch must not be empty")]
    fn empty_batch() {
        let model = LinearRegression::new(array![[1.0]], array![1.0]);
        model.batch_gradient(&array![0.0], &[], &mut array![0.0]);
    }
}

//! Linear regression: the model with a closed form to check gradient descent against.

use ndarray::{Array1, Array2, ArrayRef1, ArrayRef2};

use super::polynomial_pass::{MAX_COEFFICIENTS, PolynomialPass};
use crate::{
    Float, Objective, check,
    data::Dataset,
    linalg,
    objective::{FiniteSum, TwiceDifferentiable},
};

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
    design: Design<F>,
    y: Array1<F>,
}

#[derive(Clone, Debug, PartialEq)]
enum Design<F> {
    /// X itself.
    Rows(Array2<F>),
    /// Columns [x^degree, …, x, 1], of which only x is kept: that is all that a pass must read.
    Powers { x: Vec<F>, degree: usize },
}

impl<F: Float> Design<F> {
    fn matrix(&self) -> Array2<F> {
        match self {
            Self::Rows(x) => x.clone(),
            Self::Powers { x, degree } => {
                let mut design = Array2::ones((x.len(), degree + 1));
                for (mut row, &input) in design.rows_mut().into_iter().zip(x) {
                    for column in (0..*degree).rev() {
                        row[column] = row[column + 1] * input;
                    }
                }
                design
            }
        }
    }
}

/// After how many samples the lanes are added up: not too many, for the sake of `f32`.
const BLOCK: usize = 8192;

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
        Self {
            design: Design::Rows(x),
            y: y.as_standard_layout().into_owned(),
        }
    }

    /// The line y ≈ wx + b: columns [x, 1], θ = (w, b).
    pub fn line(data: &Dataset<F>) -> Self {
        Self::polynomial(data, 1)
    }

    /// The polynomial of the given degree: columns [x^degree, …, x, 1], θ from the highest
    /// coefficient down to the constant, so (a, b, c) for ax² + bx + c.
    ///
    /// # Panics
    /// If a power of an input is not finite.
    #[track_caller]
    pub fn polynomial(data: &Dataset<F>, degree: usize) -> Self {
        let exponent = i32::try_from(degree).unwrap_or(i32::MAX);
        let largest = data
            .x
            .iter()
            .fold(F::zero(), |largest, x| largest.max(x.abs()));
        assert!(
            largest.powi(exponent).is_finite(),
            "the input {largest} to the power of {degree} is not finite; \
             standardise the inputs or lower the degree"
        );
        let powers = Design::Powers {
            x: data.x.to_vec(),
            degree,
        };
        let design = match degree < MAX_COEFFICIENTS {
            true => powers,
            false => Design::Rows(powers.matrix()),
        };
        Self {
            design,
            y: data.y.as_standard_layout().into_owned(),
        }
    }

    /// The design matrix X, n×d; made anew at each call.
    pub fn design(&self) -> Array2<F> {
        self.design.matrix()
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
        self.check_theta(theta);
        (0..self.y.len()).map(|i| self.output(theta, i)).collect()
    }

    /// The Hessian (2/n) XᵀX, d×d, the same everywhere.
    pub fn constant_hessian(&self) -> Array2<F> {
        let x = self.design();
        let scale = F::of(2.0) / F::of(self.y.len() as f64);
        let d = x.ncols();
        Array2::from_shape_fn((d, d), |(i, j)| scale * x.column(i).dot(&x.column(j)))
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
        linalg::least_squares(&self.design(), &self.y)
    }

    /// xᵢ·θ.
    fn output(&self, theta: &ArrayRef1<F>, i: usize) -> F {
        match &self.design {
            Design::Rows(x) => x.row(i).dot(theta),
            Design::Powers { x, .. } => theta.iter().fold(F::zero(), |sum, &c| sum * x[i] + c),
        }
    }

    /// Σ (xᵢ·θ − yᵢ)² over the samples, in one pass that also adds Σ (xᵢ·θ − yᵢ) xᵢ to `grad` if
    /// there is one. Without a `batch`, all samples.
    fn pass(
        &self,
        theta: &ArrayRef1<F>,
        batch: Option<&[usize]>,
        mut grad: Option<&mut ArrayRef1<F>>,
    ) -> F {
        self.check_theta(theta);
        let count = batch.map_or(self.y.len(), <[usize]>::len);
        let mut squares = F::zero();
        match &self.design {
            Design::Rows(x) => {
                for k in 0..count {
                    let i = batch.map_or(k, |batch| batch[k]);
                    let residual = x.row(i).dot(theta) - self.y[i];
                    squares += residual * residual;
                    if let Some(grad) = &mut grad {
                        grad.scaled_add(residual, &x.row(i));
                    }
                }
            }
            Design::Powers { x, .. } => {
                let y = self.y.as_slice().expect("y is in standard layout");
                let mut gathered = [[F::zero(); BLOCK]; 2];
                for start in (0..count).step_by(BLOCK) {
                    let block = start..count.min(start + BLOCK);
                    let (x, y) = match batch {
                        None => (&x[block.clone()], &y[block]),
                        Some(batch) => {
                            let [gathered_x, gathered_y] = &mut gathered;
                            for (k, &i) in batch[block.clone()].iter().enumerate() {
                                (gathered_x[k], gathered_y[k]) = (x[i], y[i]);
                            }
                            (&gathered_x[..block.len()], &gathered_y[..block.len()])
                        }
                    };
                    squares += pulp::Arch::new().dispatch(PolynomialPass {
                        x,
                        y,
                        theta,
                        grad: grad.as_deref_mut(),
                    });
                }
            }
        }
        squares
    }

    /// The mean of the squares, and in `grad` that of their gradients.
    fn mean_gradient(
        &self,
        theta: &ArrayRef1<F>,
        batch: Option<&[usize]>,
        grad: &mut ArrayRef1<F>,
    ) -> F {
        assert!(
            grad.len() == theta.len(),
            "theta has length {}, but the gradient has length {}; give one number per parameter",
            theta.len(),
            grad.len()
        );
        let count = F::of(batch.map_or(self.y.len(), <[usize]>::len) as f64);
        grad.fill(F::zero());
        let squares = self.pass(theta, batch, Some(grad));
        let scale = F::of(2.0) / count;
        grad.mapv_inplace(|g| scale * g);
        squares / count
    }

    #[track_caller]
    fn check_theta(&self, theta: &ArrayRef1<F>) {
        assert!(
            theta.len() == self.dim(),
            "theta has length {}, but the model has {} parameters; give one number for each",
            theta.len(),
            self.dim()
        );
    }
}

impl<F: Float> Objective<F> for LinearRegression<F> {
    fn dim(&self) -> usize {
        match &self.design {
            Design::Rows(x) => x.ncols(),
            Design::Powers { degree, .. } => degree + 1,
        }
    }

    fn value(&self, theta: &ArrayRef1<F>) -> F {
        self.pass(theta, None, None) / F::of(self.y.len() as f64)
    }

    fn gradient(&self, theta: &ArrayRef1<F>, grad: &mut ArrayRef1<F>) {
        self.mean_gradient(theta, None, grad);
    }

    fn value_and_gradient(&self, theta: &ArrayRef1<F>, grad: &mut ArrayRef1<F>) -> F {
        self.mean_gradient(theta, None, grad)
    }
}

impl<F: Float> TwiceDifferentiable<F> for LinearRegression<F> {
    fn hessian(&self, _: &ArrayRef1<F>, hessian: &mut ArrayRef2<F>) {
        hessian.assign(&self.constant_hessian());
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
        self.mean_gradient(theta, Some(batch), grad);
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
        assert_eq!(model.design(), array![[4.0, 2.0, 1.0], [9.0, 3.0, 1.0]]);
        assert_eq!(
            LinearRegression::line(&data).design(),
            array![[2.0, 1.0], [3.0, 1.0]]
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
    fn rows_and_powers_are_the_same_model() {
        let n = 2 * BLOCK + 5;
        let data = data::line::<f64>(n, 2.0, 3.0, 1.5, 8);
        for degree in [0, 1, 4, 16] {
            let powers = LinearRegression::polynomial(&data, degree);
            let rows = LinearRegression::new(powers.design(), data.y.clone());
            let theta = Array1::linspace(-0.3, 0.7, degree + 1);
            let (mut g, mut h) = (theta.clone(), theta.clone());
            let one = powers.value_and_gradient(&theta, &mut g);
            let other = rows.value_and_gradient(&theta, &mut h);
            assert!((one / other - 1.0).abs() < 1e-13);
            assert!(g.iter().zip(&h).all(|(g, h)| (g / h - 1.0).abs() < 1e-12));
            assert_eq!(one, powers.value(&theta));
            assert!(
                (&powers.predict(&theta) - &rows.predict(&theta))
                    .iter()
                    .all(|e| e.abs() < 1e-11)
            );
        }
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
    #[should_panic(expected = "the input 100000 to the power of 100 is not finite")]
    fn power_beyond_the_numbers() {
        LinearRegression::polynomial(&Dataset::new(array![1e5], array![0.0]), 100);
    }

    #[test]
    #[should_panic(expected = "theta has length 3, but the model has 2 parameters")]
    fn theta_too_long() {
        LinearRegression::line(&data::lesson_line::<f64>()).value(&array![0.0, 0.0, 0.0]);
    }

    #[test]
    #[should_panic(expected = "the batch must not be empty")]
    fn empty_batch() {
        let model = LinearRegression::new(array![[1.0]], array![1.0]);
        model.batch_gradient(&array![0.0], &[], &mut array![0.0]);
    }
}

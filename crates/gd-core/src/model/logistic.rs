//! Logistic regression: the simplest classifier, and a convex problem.

use ndarray::{Array1, Array2, ArrayRef1, ArrayRef2, s};

use crate::{
    Float, Objective,
    autodiff::{sigmoid, softplus},
    check,
    data::Labelled,
    objective::{FiniteSum, TwiceDifferentiable},
};

/// Logistic regression with classes 0 and 1: the probability of class 1 is p = σ(z), where z = x·w + b
/// and σ(z) = 1/(1 + e⁻ᶻ).
///
/// With n samples xᵢ of length d, labels yᵢ and θ = (w₁, …, w_d, b), of length d + 1:
///
/// ```text
/// L(θ)   = (1/n) Σᵢ [softplus(zᵢ) − yᵢzᵢ] + (λ/2)‖w‖²       softplus(z) = ln(1 + eᶻ)
/// ∇L(θ)  = (1/n) Σᵢ (pᵢ − yᵢ)(xᵢ, 1) + λ(w, 0)
/// ∇²L(θ) = (1/n) Σᵢ pᵢ(1 − pᵢ)(xᵢ, 1)(xᵢ, 1)ᵀ + λ·diag(1, …, 1, 0)
/// ```
///
/// The sum is the negative log-likelihood, the binary cross-entropy. Convention: λ = 0 unless set
/// by [`l2`](LogisticRegression::l2), and b is not regularised. A batch averages over its samples
/// and keeps the whole λ term.
///
/// L is convex, but without regularisation it need not have a minimiser: where a line (a hyperplane)
/// separates the classes, longer weights are always better, and L falls to 0 only as ‖w‖ → ∞.
/// Gradient descent then never arrives; its weights grow for ever, as the logarithm of the number of
/// updates. With λ > 0 and both classes present there is exactly one minimiser.
///
/// Large logits do not overflow: at z = ±10⁴ a sample's loss is 0 or 10⁴, and its gradient is exact.
///
/// D. R. Cox, “The Regression Analysis of Binary Sequences”, 1958,
/// doi:10.1111/j.2517-6161.1958.tb00292.x. For separable data: Soudry et al., “The Implicit Bias of
/// Gradient Descent on Separable Data”, JMLR 2018, arXiv:1710.10345.
///
/// ```
/// use gd_core::{Descent, Limit, Stop, data, minimize, model::LogisticRegression, optim::Sgd};
/// use ndarray::Array1;
///
/// let data = data::blobs(200, &[[-1.0, 0.0], [1.0, 0.0]], 0.8, 42);
/// let model = LogisticRegression::<f64>::new(&data).l2(0.01);
/// let mut theta = Array1::zeros(3); // w₁, w₂, b
/// let limit = Limit::steps(1000).gradient_below(1e-6);
/// let stop = minimize(&model, &mut Descent::new(Sgd::plain(), 1.0), &mut theta, limit, &mut ());
/// assert_eq!(stop, Stop::Converged);
/// assert!(model.accuracy(&theta) > 0.85);
/// assert!(model.probability(&theta, &ndarray::array![[2.0, 0.0]])[0] > 0.95);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct LogisticRegression<F> {
    /// Rows (xᵢ, 1), n×(d + 1).
    design: Array2<F>,
    labels: Vec<usize>,
    lambda: F,
}

impl<F: Float> LogisticRegression<F> {
    /// The model of these samples, without regularisation.
    ///
    /// # Panics
    /// If there is a label other than 0 and 1.
    #[track_caller]
    pub fn new(data: &Labelled<F>) -> Self {
        for (i, &label) in data.labels.iter().enumerate() {
            assert!(
                label < 2,
                "labels[{i}] is {label}, but the classes are 0 and 1; \
                 keep two classes with subset(), or use a network for more"
            );
        }
        let (n, d) = data.x.dim();
        let mut design = Array2::ones((n, d + 1));
        design.slice_mut(s![.., ..d]).assign(&data.x);
        Self {
            design,
            labels: data.labels.clone(),
            lambda: F::zero(),
        }
    }

    /// λ ≥ 0: adds (λ/2)‖w‖² to the loss; 0 by default.
    ///
    /// # Panics
    /// If `lambda` is negative or not finite.
    #[track_caller]
    pub fn l2(mut self, lambda: F) -> Self {
        check::non_negative("lambda", lambda, "0 is the default");
        self.lambda = lambda;
        self
    }

    /// σ(x·w + b), the probability of class 1, for the samples in the rows of `x`, m×d: length m.
    ///
    /// # Panics
    /// If θ is not of length d + 1 or `x` has not d columns, as in
    /// [`predict`](LogisticRegression::predict).
    pub fn probability(&self, theta: &ArrayRef1<F>, x: &ArrayRef2<F>) -> Array1<F> {
        self.logits(theta, x).mapv_into(sigmoid)
    }

    /// The more probable class of every sample in the rows of `x`, m×d: 1 where x·w + b > 0, of
    /// length m.
    pub fn predict(&self, theta: &ArrayRef1<F>, x: &ArrayRef2<F>) -> Vec<usize> {
        let class = |&z: &F| usize::from(z > F::zero());
        self.logits(theta, x).iter().map(class).collect()
    }

    /// The share of the model's own samples whose label it finds, 0 to 1.
    ///
    /// # Panics
    /// If θ is not of length d + 1.
    pub fn accuracy(&self, theta: &ArrayRef1<F>) -> f64 {
        let d = self.dim() - 1;
        let found = self.predict(theta, &self.design.slice(s![.., ..d]));
        let right = found.iter().zip(&self.labels).filter(|(a, b)| a == b);
        right.count() as f64 / self.labels.len() as f64
    }

    /// x·w + b for the samples in the rows of `x`.
    fn logits(&self, theta: &ArrayRef1<F>, x: &ArrayRef2<F>) -> Array1<F> {
        self.check_theta(theta);
        let d = theta.len() - 1;
        assert!(
            x.ncols() == d,
            "x has {} columns, but the model has {d} inputs; give the same columns",
            x.ncols()
        );
        x.dot(&theta.slice(s![..d])) + theta[d]
    }

    /// The mean loss over the samples of `batch`, or all, with the λ term; and its gradient, if
    /// there is a place for it.
    fn pass(
        &self,
        theta: &ArrayRef1<F>,
        batch: Option<&[usize]>,
        mut grad: Option<&mut ArrayRef1<F>>,
    ) -> F {
        self.check_theta(theta);
        if let Some(grad) = &mut grad {
            assert!(
                grad.len() == theta.len(),
                "theta has length {}, but the gradient has length {}; give one number per parameter",
                theta.len(),
                grad.len()
            );
            grad.fill(F::zero());
        }
        let count = batch.map_or(self.labels.len(), <[usize]>::len);
        let mut losses = F::zero();
        for k in 0..count {
            let i = batch.map_or(k, |batch| batch[k]);
            let row = self.design.row(i);
            // For y = 1, softplus(z) − yz = softplus(−z) and p − y = −σ(−z), of which the right sides
            // keep their digits where they are small.
            let sign = F::of(1.0 - 2.0 * self.labels[i] as f64);
            let z = sign * row.dot(theta);
            losses += softplus(z);
            if let Some(grad) = &mut grad {
                grad.scaled_add(sign * sigmoid(z), &row);
            }
        }
        let n = F::of(count as f64);
        let d = theta.len() - 1;
        let w = theta.slice(s![..d]);
        if let Some(grad) = grad {
            grad.mapv_inplace(|g| g / n);
            grad.slice_mut(s![..d]).scaled_add(self.lambda, &w);
        }
        losses / n + self.lambda / F::of(2.0) * w.dot(&w)
    }

    #[track_caller]
    fn check_theta(&self, theta: &ArrayRef1<F>) {
        assert!(
            theta.len() == self.dim(),
            "theta has length {}, but the model has {} parameters; \
             give one weight for each input and then the bias",
            theta.len(),
            self.dim()
        );
    }
}

impl<F: Float> Objective<F> for LogisticRegression<F> {
    /// d + 1: the weights and the bias.
    fn dim(&self) -> usize {
        self.design.ncols()
    }

    fn value(&self, theta: &ArrayRef1<F>) -> F {
        self.pass(theta, None, None)
    }

    fn gradient(&self, theta: &ArrayRef1<F>, grad: &mut ArrayRef1<F>) {
        self.pass(theta, None, Some(grad));
    }

    fn value_and_gradient(&self, theta: &ArrayRef1<F>, grad: &mut ArrayRef1<F>) -> F {
        self.pass(theta, None, Some(grad))
    }
}

impl<F: Float> TwiceDifferentiable<F> for LogisticRegression<F> {
    fn hessian(&self, theta: &ArrayRef1<F>, hessian: &mut ArrayRef2<F>) {
        self.check_theta(theta);
        let (n, dim) = self.design.dim();
        hessian.fill(F::zero());
        for row in self.design.rows() {
            let z = row.dot(theta);
            let curvature = sigmoid(z) * sigmoid(-z) / F::of(n as f64);
            for i in 0..dim {
                for j in 0..=i {
                    hessian[[i, j]] += curvature * row[i] * row[j];
                }
            }
        }
        for i in 0..dim {
            for j in 0..i {
                hessian[[j, i]] = hessian[[i, j]];
            }
        }
        for i in 0..dim - 1 {
            hessian[[i, i]] += self.lambda;
        }
    }
}

impl<F: Float> FiniteSum<F> for LogisticRegression<F> {
    fn samples(&self) -> usize {
        self.labels.len()
    }

    fn batch_gradient(&self, theta: &ArrayRef1<F>, batch: &[usize], grad: &mut ArrayRef1<F>) {
        assert!(
            !batch.is_empty(),
            "the batch must not be empty; its mean has no meaning"
        );
        self.pass(theta, Some(batch), Some(grad));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Descent, Limit, data, minimize, optim::Sgd};
    use ndarray::array;

    fn moons() -> LogisticRegression<f64> {
        LogisticRegression::new(&data::two_moons(60, 0.2, 3)).l2(0.05)
    }

    #[test]
    fn the_loss_is_its_formula() {
        let data = Labelled::new(array![[1.0, 2.0], [3.0, -1.0]], vec![1, 0]);
        let model = LogisticRegression::<f64>::new(&data).l2(0.2);
        let theta = array![0.5, -0.25, 0.1]; // z = 0.1 and 1.85
        let known = ((1.0 + 0.1_f64.exp()).ln() - 0.1 + (1.0 + 1.85_f64.exp()).ln()) / 2.0
            + 0.1 * (0.25 + 0.0625);
        assert!((model.value(&theta) - known).abs() < 1e-15);
        assert_eq!(model.predict(&theta, &data.x), [1, 1]);
        assert_eq!(model.accuracy(&theta), 0.5);
        let p = model.probability(&theta, &data.x);
        assert!((p[1] - 1.0 / (1.0 + (-1.85_f64).exp())).abs() < 1e-15);
    }

    #[test]
    fn gradient_descent_finds_the_minimiser_of_scikit_learn() {
        let x = array![
            [0.5, 1.0],
            [1.5, -0.5],
            [2.0, 0.5],
            [-1.0, 0.0],
            [0.0, -1.5],
            [1.0, 2.0]
        ];
        let model = LogisticRegression::new(&Labelled::new(x, vec![1, 0, 1, 0, 0, 0])).l2(0.1);
        let mut theta = Array1::zeros(3);
        let limit = Limit::steps(10_000).gradient_below(1e-12);
        let mut solver = Descent::new(Sgd::plain(), 1.0);
        minimize(&model, &mut solver, &mut theta, limit, &mut ());
        // LogisticRegression(C=1 / (0.1 * 6), solver="newton-cholesky", tol=1e-12)
        let known = array![0.6040656181809402, 0.3864796617740256, -1.3132336693412205];
        assert!((&theta - known).iter().all(|e: &f64| e.abs() < 1e-10));
        assert!((model.value(&theta) - 0.5497020905894082).abs() < 1e-14);
    }

    #[test]
    fn batch_gradients_average_to_the_full_gradient() {
        let (model, theta) = (moons(), array![0.4, -1.0, 0.3]);
        let (mut full, mut one) = (Array1::zeros(3), Array1::zeros(3));
        model.gradient(&theta, &mut full);
        let mut mean = Array1::<f64>::zeros(3);
        for i in 0..model.samples() {
            model.batch_gradient(&theta, &[i], &mut one);
            mean.scaled_add(1.0 / model.samples() as f64, &one);
        }
        assert!((&mean - &full).iter().all(|e| e.abs() < 1e-14));
        model.batch_gradient(&theta, &Vec::from_iter(0..60), &mut one);
        assert_eq!(one, full);
    }

    #[test]
    fn far_out_everything_stays_finite_and_exact() {
        let data = Labelled::new(array![[1.0], [-1.0], [1.0]], vec![1, 0, 0]);
        let model = LogisticRegression::<f64>::new(&data);
        let (mut grad, mut hessian) = (Array1::zeros(2), Array2::zeros((2, 2)));
        for w in [-1e4, 1e4] {
            let theta = array![w, 0.0];
            let wrong = if w > 0.0 { 1.0 } else { 2.0 };
            let loss = model.value_and_gradient(&theta, &mut grad);
            assert!((loss - wrong * 1e4 / 3.0).abs() < 1e-10);
            model.hessian(&theta, &mut hessian);
            assert!(grad.iter().chain(&hessian).all(|v| v.is_finite()));
            assert_eq!(
                model.probability(&theta, &data.x)[0],
                if w > 0.0 { 1.0 } else { 0.0 }
            );
        }
        // A sample that is well on its side still pulls, by e⁻⁵⁰.
        let alone = LogisticRegression::new(&data.subset(&[0]));
        let loss = alone.value_and_gradient(&array![50.0, 0.0], &mut grad);
        let known = (-50.0_f64).exp();
        assert!((loss / known - 1.0).abs() < 1e-14 && (grad[0] / -known - 1.0).abs() < 1e-14);
    }

    #[test]
    fn separable_data_have_no_minimiser_without_regularisation() {
        let data = data::blobs(40, &[[-2.0, 0.0], [2.0, 0.0]], 0.3, 1);
        let model = LogisticRegression::<f64>::new(&data);
        let losses = [1.0, 10.0, 100.0].map(|w| model.value(&array![w, 0.0, 0.0]));
        assert!(losses.is_sorted_by(|a, b| a > b), "{losses:?}");
        assert!(losses[2] < 1e-30);
    }

    #[test]
    fn single_precision_follows_double() {
        let narrow = LogisticRegression::<f32>::new(&data::two_moons(60, 0.2, 3)).l2(0.05);
        let (mut g, mut h) = (Array1::zeros(3), Array1::zeros(3));
        let one = narrow.value_and_gradient(&array![0.4, -1.0, 0.3], &mut g);
        let other = moons().value_and_gradient(&array![0.4, -1.0, 0.3], &mut h);
        assert!((f64::from(one) - other).abs() < 1e-6);
        assert!((g.mapv(f64::from) - h).iter().all(|e| e.abs() < 1e-6));
    }

    #[test]
    #[should_panic(expected = "labels[1] is 2, but the classes are 0 and 1")]
    fn three_classes() {
        LogisticRegression::new(&Labelled::new(array![[1.0], [2.0]], vec![0, 2]));
    }

    #[test]
    #[should_panic(expected = "lambda must be finite and >= 0, got -1")]
    fn negative_lambda() {
        moons().l2(-1.0);
    }

    #[test]
    #[should_panic(expected = "theta has length 2, but the model has 3 parameters")]
    fn theta_without_bias() {
        moons().value(&array![0.0, 0.0]);
    }

    #[test]
    #[should_panic(expected = "theta has length 3, but the gradient has length 2")]
    fn gradient_without_bias() {
        moons().gradient(&array![0.0, 0.0, 0.0], &mut array![0.0, 0.0]);
    }

    #[test]
    #[should_panic(expected = "x has 3 columns, but the model has 2 inputs")]
    fn other_columns() {
        moons().predict(&array![0.0, 0.0, 0.0], &array![[1.0, 2.0, 3.0]]);
    }

    #[test]
    #[should_panic(expected = "the batch must not be empty")]
    fn empty_batch() {
        moons().batch_gradient(&array![0.0, 0.0, 0.0], &[], &mut array![0.0, 0.0, 0.0]);
    }
}

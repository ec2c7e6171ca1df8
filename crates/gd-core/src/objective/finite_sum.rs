//! Objectives that are an average over samples.

use ndarray::ArrayRef1;

use crate::{Float, Objective};

/// An objective that averages over n samples: f(x) = (1/n) Σᵢ fᵢ(x).
///
/// The gradient over a batch B is ∇f_B(x) = (1/|B|) Σ_{i∈B} ∇fᵢ(x). Over a batch drawn uniformly
/// its expectation is ∇f(x); over all samples it is ∇f(x).
///
/// ```
/// use gd_core::{data::Dataset, model::LinearRegression, objective::FiniteSum};
/// use ndarray::array;
///
/// // a line through (0, 3) and (1, 5), at w = b = 0: the residuals are −3 and −5
/// let data = Dataset::new(array![0.0, 1.0], array![3.0, 5.0]);
/// let model = LinearRegression::line(&data);
/// let mut grad = array![0.0, 0.0];
/// model.batch_gradient(&array![0.0, 0.0], &[1], &mut grad); // the second alone: 2·(−5)·(x, 1)
/// assert_eq!(grad, array![-10.0, -10.0]);
/// ```
pub trait FiniteSum<F: Float>: Objective<F> {
    /// n, the number of samples.
    fn samples(&self) -> usize;

    /// Writes ∇f_B(x) into `grad`, overwriting all of it. `x` and `grad` have length `dim()`;
    /// `batch` holds sample numbers below `samples()`, repeats allowed and counted.
    ///
    /// # Panics
    /// If `batch` is empty or names a sample that does not exist.
    fn batch_gradient(&self, x: &ArrayRef1<F>, batch: &[usize], grad: &mut ArrayRef1<F>);
}

/// A batch must hold samples, and only such as there are.
#[track_caller]
pub(crate) fn check_batch(batch: &[usize], samples: usize) {
    assert!(
        !batch.is_empty(),
        "the batch must not be empty; its mean has no meaning"
    );
    for (k, &i) in batch.iter().enumerate() {
        assert!(
            i < samples,
            "batch[{k}] is {i}, but there are {samples} samples; count from 0"
        );
    }
}

impl<F: Float, T: FiniteSum<F> + ?Sized> FiniteSum<F> for &T {
    fn samples(&self) -> usize {
        (**self).samples()
    }
    fn batch_gradient(&self, x: &ArrayRef1<F>, batch: &[usize], grad: &mut ArrayRef1<F>) {
        (**self).batch_gradient(x, batch, grad);
    }
}

//! A factor at every update.

use super::{Schedule, check_lr, power};
use crate::{Float, check};

/// A factor γ at every update: `torch.optim.lr_scheduler.ExponentialLR`.
///
/// ```text
/// η_t = η₀ γᵗ
/// ```
///
/// For a fall to η₀/r over T updates, γ = r^(−1/T). With γ > 1 the learning rate grows, in the end
/// beyond all finite numbers (which [`Descent`](crate::Descent) refuses): a test of which learning
/// rates a problem bears.
///
/// ```
/// use gd_core::schedule::{ExponentialLr, Schedule};
///
/// let lr = ExponentialLr::new(0.8, 0.5);
/// assert_eq!([lr.at(0), lr.at(1), lr.at(2)], [0.8, 0.4, 0.2]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct ExponentialLr<F> {
    lr: F,
    gamma: F,
}

impl<F: Float> ExponentialLr<F> {
    /// From η₀ = `lr` > 0, with factor γ = `gamma` ≥ 0.
    ///
    /// # Panics
    /// If `lr` is not finite and > 0, or `gamma` is negative or not finite.
    #[track_caller]
    pub fn new(lr: F, gamma: F) -> Self {
        check_lr("lr", lr);
        check::non_negative("gamma", gamma, "a little below 1 is usual, such as 0.99");
        Self { lr, gamma }
    }
}

impl<F: Float> Schedule<F> for ExponentialLr<F> {
    fn at(&self, t: usize) -> F {
        self.lr * power(self.gamma, t)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[should_panic(expected = "gamma must be finite and >= 0, got inf; a little below 1")]
    fn infinite_gamma() {
        ExponentialLr::new(0.1, f64::INFINITY);
    }
}

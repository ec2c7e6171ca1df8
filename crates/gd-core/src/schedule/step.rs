//! A factor every so many updates.

use super::{Schedule, check_lr, check_updates, power};
use crate::{Float, check};

/// A factor γ every `step_size` updates: `torch.optim.lr_scheduler.StepLR`.
///
/// ```text
/// η_t = η₀ γ^⌊t / step_size⌋
/// ```
///
/// Default: gamma 0.1. With γ > 1 the learning rate grows, in the end beyond all finite numbers
/// (which [`Descent`](crate::Descent) refuses).
///
/// ```
/// use gd_core::schedule::{Schedule, StepLr};
///
/// let lr = StepLr::new(0.8, 10).gamma(0.5);
/// assert_eq!([lr.at(0), lr.at(9), lr.at(10), lr.at(20)], [0.8, 0.8, 0.4, 0.2]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct StepLr<F> {
    lr: F,
    step_size: usize,
    gamma: F,
}

impl<F: Float> StepLr<F> {
    /// From η₀ = `lr` > 0, a step every `step_size` ≥ 1 updates.
    ///
    /// # Panics
    /// If `lr` is not finite and > 0, or `step_size` is 0.
    #[track_caller]
    pub fn new(lr: F, step_size: usize) -> Self {
        check_lr("lr", lr);
        check_updates("step_size", step_size, "a third of the run is usual");
        Self {
            lr,
            step_size,
            gamma: F::of(0.1),
        }
    }

    /// γ ≥ 0, the factor of each step; 0.1 by default.
    ///
    /// # Panics
    /// If `gamma` is negative or not finite.
    #[track_caller]
    pub fn gamma(mut self, gamma: F) -> Self {
        check::non_negative("gamma", gamma, "0.1 is the default");
        self.gamma = gamma;
        self
    }
}

impl<F: Float> Schedule<F> for StepLr<F> {
    fn at(&self, t: usize) -> F {
        self.lr * power(self.gamma, t / self.step_size)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[should_panic(expected = "lr must be finite and > 0, got 0; 0.1 and 0.001 are usual")]
    fn lr_of_zero() {
        StepLr::new(0.0, 1);
    }

    #[test]
    #[should_panic(expected = "step_size must be >= 1, got 0; a third of the run is usual")]
    fn no_step_size() {
        StepLr::new(0.1, 0);
    }

    #[test]
    #[should_panic(expected = "gamma must be finite and >= 0, got NaN")]
    fn nan_gamma() {
        StepLr::new(0.1, 1).gamma(f64::NAN);
    }
}

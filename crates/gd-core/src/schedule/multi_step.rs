//! A factor at given updates.

use super::{Schedule, check_lr, power};
use crate::{Float, check};

/// A factor γ at each milestone: `torch.optim.lr_scheduler.MultiStepLR`.
///
/// ```text
/// η_t = η₀ γⁿ    with n = the number of milestones ≤ t
/// ```
///
/// Convention: the milestone m counts updates, so the update t = m is the first with the new
/// learning rate. A milestone given twice counts twice. Default: gamma 0.1.
///
/// ```
/// use gd_core::schedule::{MultiStepLr, Schedule};
///
/// let lr = MultiStepLr::new(0.8, [20, 50]).gamma(0.5);
/// assert_eq!([lr.at(19), lr.at(20), lr.at(50), lr.at(900)], [0.8, 0.4, 0.2, 0.2]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct MultiStepLr<F> {
    lr: F,
    milestones: Vec<usize>,
    gamma: F,
}

impl<F: Float> MultiStepLr<F> {
    /// From η₀ = `lr` > 0, a step at each of `milestones`, in any order.
    ///
    /// # Panics
    /// If `lr` is not finite and > 0.
    #[track_caller]
    pub fn new(lr: F, milestones: impl Into<Vec<usize>>) -> Self {
        check_lr("lr", lr);
        let mut milestones = milestones.into();
        milestones.sort_unstable();
        Self {
            lr,
            milestones,
            gamma: F::of(0.1),
        }
    }

    /// γ ≥ 0, the factor of each milestone; 0.1 by default.
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

impl<F: Float> Schedule<F> for MultiStepLr<F> {
    fn at(&self, t: usize) -> F {
        let passed = self.milestones.partition_point(|&m| m <= t);
        self.lr * power(self.gamma, passed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unsorted_and_repeated_milestones() {
        let lr = MultiStepLr::new(1.0, [5, 2, 5]).gamma(0.5);
        assert_eq!([1, 2, 4, 5].map(|t| lr.at(t)), [1.0, 0.5, 0.5, 0.125]);
    }

    #[test]
    fn no_milestones() {
        assert_eq!(MultiStepLr::new(0.3, []).at(7), 0.3);
    }

    #[test]
    #[should_panic(expected = "gamma must be finite and >= 0, got -1; 0.1 is the default")]
    fn negative_gamma() {
        MultiStepLr::new(0.1, [1]).gamma(-1.0);
    }
}

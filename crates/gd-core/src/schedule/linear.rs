//! A factor on a straight line.

use super::{Anneal, Schedule, check_fraction, check_lr, check_updates, ratio};
use crate::Float;

/// A factor that moves on a straight line, then stays: `torch.optim.lr_scheduler.LinearLR`.
///
/// With start factor a, end factor b:
///
/// ```text
/// η_t = η₀ (a + (b − a) min(t, total_iters) / total_iters)
/// ```
///
/// Warm-up with a < b, decay with a > b. Defaults: start_factor 1/3, end_factor 1.
///
/// Goyal et al., “Accurate, Large Minibatch SGD: Training ImageNet in 1 Hour”, 2017,
/// arXiv:1706.02677 (warm-up).
///
/// ```
/// use gd_core::schedule::{Linear, Schedule};
///
/// let warm_up = Linear::new(0.5, 4).start_factor(0.5);
/// assert_eq!([0, 2, 4, 99].map(|t| warm_up.at(t)), [0.25, 0.375, 0.5, 0.5]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Linear<F> {
    lr: F,
    total_iters: usize,
    start_factor: F,
    end_factor: F,
}

impl<F: Float> Linear<F> {
    /// Factors of η₀ = `lr` > 0 that change over the first `total_iters` ≥ 1 updates.
    ///
    /// # Panics
    /// If `lr` is not finite and > 0, or `total_iters` is 0.
    #[track_caller]
    pub fn new(lr: F, total_iters: usize) -> Self {
        check_lr("lr", lr);
        check_updates("total_iters", total_iters, "a bare number is constant");
        Self {
            lr,
            total_iters,
            start_factor: F::of(1.0 / 3.0),
            end_factor: F::one(),
        }
    }

    /// a in (0, 1], the factor at t = 0; 1/3 by default.
    ///
    /// # Panics
    /// If `start_factor` is outside of (0, 1] or NaN.
    #[track_caller]
    pub fn start_factor(mut self, start_factor: F) -> Self {
        assert!(
            start_factor > F::zero() && start_factor <= F::one(),
            "start_factor must be in (0, 1], got {start_factor}; 1/3 is the default"
        );
        self.start_factor = start_factor;
        self
    }

    /// b in [0, 1], the factor from t = `total_iters` on; 1 by default.
    ///
    /// # Panics
    /// If `end_factor` is outside of [0, 1] or NaN.
    #[track_caller]
    pub fn end_factor(mut self, end_factor: F) -> Self {
        check_fraction("end_factor", end_factor, "1 is the default");
        self.end_factor = end_factor;
        self
    }
}

impl<F: Float> Schedule<F> for Linear<F> {
    fn at(&self, t: usize) -> F {
        let s = ratio(t.min(self.total_iters), self.total_iters);
        self.lr * Anneal::Linear.between(self.start_factor, self.end_factor, s)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[should_panic(expected = "total_iters must be >= 1, got 0; a bare number is constant")]
    fn no_updates() {
        Linear::new(0.1, 0);
    }

    #[test]
    #[should_panic(expected = "start_factor must be in (0, 1], got 0; 1/3 is the default")]
    fn start_of_zero() {
        Linear::new(0.1, 5).start_factor(0.0);
    }

    #[test]
    #[should_panic(expected = "end_factor must be in [0, 1], got 1.5; 1 is the default")]
    fn end_above_one() {
        Linear::new(0.1, 5).end_factor(1.5);
    }
}

//! A factor for a while.

use super::{Schedule, check_fraction, check_lr, check_updates};
use crate::Float;

/// A smaller learning rate for the first updates: `torch.optim.lr_scheduler.ConstantLR`.
///
/// ```text
/// η_t = η₀ · factor    for t < total_iters
/// η_t = η₀             from then on
/// ```
///
/// For one learning rate throughout write a bare number. Default: factor 1/3.
///
/// ```
/// use gd_core::schedule::{ConstantFactor, Schedule};
///
/// let lr = ConstantFactor::new(0.5, 3).factor(0.5);
/// assert_eq!([lr.at(0), lr.at(2), lr.at(3)], [0.25, 0.25, 0.5]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct ConstantFactor<F> {
    lr: F,
    total_iters: usize,
    factor: F,
}

impl<F: Float> ConstantFactor<F> {
    /// η₀ = `lr` > 0, less for the first `total_iters` ≥ 1 updates.
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
            factor: F::of(1.0 / 3.0),
        }
    }

    /// The factor of the first updates, in [0, 1]; 1/3 by default.
    ///
    /// # Panics
    /// If `factor` is outside of [0, 1] or NaN.
    #[track_caller]
    pub fn factor(mut self, factor: F) -> Self {
        check_fraction("factor", factor, "1/3 is the default");
        self.factor = factor;
        self
    }
}

impl<F: Float> Schedule<F> for ConstantFactor<F> {
    fn at(&self, t: usize) -> F {
        if t < self.total_iters {
            self.lr * self.factor
        } else {
            self.lr
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[should_panic(expected = "factor must be in [0, 1], got 2; 1/3 is the default")]
    fn factor_above_one() {
        ConstantFactor::new(0.1, 5).factor(2.0);
    }
}

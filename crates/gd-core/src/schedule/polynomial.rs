//! A power of what is left of the run.

use super::{Schedule, check_lr, check_updates, ratio};
use crate::{Float, check};

/// A power of the part of the run that is left, down to 0: `torch.optim.lr_scheduler.PolynomialLR`.
///
/// ```text
/// η_t = η₀ (1 − min(t, total_iters) / total_iters)^power
/// ```
///
/// Convention: 0 is reached at t = total_iters, one update after a run of total_iters updates ends.
/// Default: power 1, a straight line.
///
/// Power 0.9 and the name “poly”: Chen et al., “DeepLab: Semantic Image Segmentation with Deep
/// Convolutional Nets, Atrous Convolution, and Fully Connected CRFs”, arXiv:1606.00915.
///
/// ```
/// use gd_core::schedule::{Polynomial, Schedule};
///
/// let lr = Polynomial::new(0.8, 4).power(2.0);
/// assert_eq!([lr.at(0), lr.at(2), lr.at(4), lr.at(5)], [0.8, 0.2, 0.0, 0.0]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Polynomial<F> {
    lr: F,
    total_iters: usize,
    power: F,
}

impl<F: Float> Polynomial<F> {
    /// From η₀ = `lr` > 0 to 0 in `total_iters` ≥ 1 updates.
    ///
    /// # Panics
    /// If `lr` is not finite and > 0, or `total_iters` is 0.
    #[track_caller]
    pub fn new(lr: F, total_iters: usize) -> Self {
        check_lr("lr", lr);
        check_updates("total_iters", total_iters, "the length of the run is usual");
        Self {
            lr,
            total_iters,
            power: F::one(),
        }
    }

    /// The exponent, ≥ 0: above 1 the fall is steep first, below 1 it is steep last; 1 by default.
    ///
    /// # Panics
    /// If `power` is negative or not finite.
    #[track_caller]
    pub fn power(mut self, power: F) -> Self {
        check::non_negative("power", power, "1 is the default");
        self.power = power;
        self
    }
}

impl<F: Float> Schedule<F> for Polynomial<F> {
    fn at(&self, t: usize) -> F {
        let left: F = ratio(self.total_iters.saturating_sub(t), self.total_iters);
        self.lr * left.powf(self.power)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[should_panic(expected = "power must be finite and >= 0, got -1; 1 is the default")]
    fn negative_power() {
        Polynomial::new(0.1, 5).power(-1.0);
    }

    #[test]
    #[should_panic(expected = "total_iters must be >= 1, got 0; the length of the run is usual")]
    fn no_updates() {
        Polynomial::new(0.1, 0);
    }
}

//! Half a cosine, once or again and again.

use super::{Anneal, Schedule, check_lr, check_updates, ratio};
use crate::{Float, check};

/// Down along half a cosine: `torch.optim.lr_scheduler.CosineAnnealingLR`.
///
/// ```text
/// η_t = η_min + ½(η₀ − η_min)(1 + cos(πt / t_max))
/// ```
///
/// Convention: the least value is reached at t = t_max, one update after a run of t_max updates
/// ends. Beyond that the learning rate goes up again, with period 2·t_max, as in PyTorch;
/// [`Sequential`](super::Sequential) with η_min after it holds it down. Default: eta_min 0.
///
/// Loshchilov and Hutter, “SGDR: Stochastic Gradient Descent with Warm Restarts”, ICLR 2017,
/// arXiv:1608.03983 (without the restarts).
///
/// ```
/// use gd_core::schedule::{CosineAnnealing, Schedule};
///
/// let lr = CosineAnnealing::new(0.5, 100).eta_min(0.1);
/// assert_eq!([lr.at(0), lr.at(100), lr.at(200)], [0.5, 0.1, 0.5]);
/// assert!((lr.at(50) - 0.3_f64).abs() < 1e-15);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct CosineAnnealing<F> {
    lr: F,
    t_max: usize,
    eta_min: F,
}

impl<F: Float> CosineAnnealing<F> {
    /// From η₀ = `lr` > 0 down in `t_max` ≥ 1 updates.
    ///
    /// # Panics
    /// If `lr` is not finite and > 0, or `t_max` is 0.
    #[track_caller]
    pub fn new(lr: F, t_max: usize) -> Self {
        check_lr("lr", lr);
        check_updates("t_max", t_max, "the length of the run is usual");
        Self {
            lr,
            t_max,
            eta_min: F::zero(),
        }
    }

    /// η_min ≥ 0, the other end; 0 by default.
    ///
    /// # Panics
    /// If `eta_min` is negative or not finite.
    #[track_caller]
    pub fn eta_min(mut self, eta_min: F) -> Self {
        check::non_negative("eta_min", eta_min, "0 is the default");
        self.eta_min = eta_min;
        self
    }
}

impl<F: Float> Schedule<F> for CosineAnnealing<F> {
    fn at(&self, t: usize) -> F {
        let (half, rest) = (t / self.t_max, t % self.t_max);
        let n = if half % 2 == 0 {
            rest
        } else {
            self.t_max - rest
        };
        Anneal::Cos.between(self.lr, self.eta_min, ratio(n, self.t_max))
    }
}

/// Down along half a cosine, then from the top again:
/// `torch.optim.lr_scheduler.CosineAnnealingWarmRestarts`.
///
/// Cycle i = 0, 1, … has length T_i = t_0·t_multⁱ. At the update number c of a cycle:
///
/// ```text
/// η_t = η_min + ½(η₀ − η_min)(1 + cos(πc / T_i)),    c = 0, …, T_i − 1
/// ```
///
/// A restart comes where c would be T_i, so η_min itself is never reached. Defaults: t_mult 1,
/// eta_min 0.
///
/// Loshchilov and Hutter, “SGDR: Stochastic Gradient Descent with Warm Restarts”, ICLR 2017,
/// arXiv:1608.03983.
///
/// ```
/// use gd_core::schedule::{CosineAnnealingWarmRestarts, Schedule};
///
/// // cycles of length 10, 20, 40, …
/// let lr = CosineAnnealingWarmRestarts::new(0.5, 10).t_mult(2);
/// assert_eq!([lr.at(0), lr.at(10), lr.at(30), lr.at(70)], [0.5; 4]);
/// assert!(lr.at(29) < 0.01);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct CosineAnnealingWarmRestarts<F> {
    cycle: CosineAnnealing<F>,
    t_mult: usize,
}

impl<F: Float> CosineAnnealingWarmRestarts<F> {
    /// From η₀ = `lr` > 0, with a first cycle of `t_0` ≥ 1 updates.
    ///
    /// # Panics
    /// If `lr` is not finite and > 0, or `t_0` is 0.
    #[track_caller]
    pub fn new(lr: F, t_0: usize) -> Self {
        check_lr("lr", lr);
        check_updates("t_0", t_0, "a tenth of the run is usual");
        Self {
            cycle: CosineAnnealing::new(lr, t_0),
            t_mult: 1,
        }
    }

    /// How many times as long as the cycle before each cycle is, ≥ 1; 1 by default.
    ///
    /// # Panics
    /// If `t_mult` is 0.
    #[track_caller]
    pub fn t_mult(mut self, t_mult: usize) -> Self {
        check_updates("t_mult", t_mult, "1 keeps the length, 2 doubles it");
        self.t_mult = t_mult;
        self
    }

    /// η_min ≥ 0, towards which each cycle goes; 0 by default.
    ///
    /// # Panics
    /// If `eta_min` is negative or not finite.
    #[track_caller]
    pub fn eta_min(mut self, eta_min: F) -> Self {
        self.cycle = self.cycle.eta_min(eta_min);
        self
    }
}

impl<F: Float> Schedule<F> for CosineAnnealingWarmRestarts<F> {
    fn at(&self, t: usize) -> F {
        let (mut c, mut length) = (t, self.cycle.t_max);
        if self.t_mult == 1 {
            c %= length;
        }
        while c >= length {
            c -= length;
            length = length.saturating_mul(self.t_mult);
        }
        let Self { cycle, .. } = self;
        Anneal::Cos.between(cycle.lr, cycle.eta_min, ratio(c, length))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[should_panic(expected = "t_max must be >= 1, got 0; the length of the run is usual")]
    fn no_updates() {
        CosineAnnealing::new(0.1, 0);
    }

    #[test]
    #[should_panic(expected = "eta_min must be finite and >= 0, got -0.1; 0 is the default")]
    fn negative_eta_min() {
        CosineAnnealing::new(0.1, 10).eta_min(-0.1);
    }

    #[test]
    #[should_panic(expected = "t_0 must be >= 1, got 0")]
    fn empty_cycle() {
        CosineAnnealingWarmRestarts::new(0.1, 0);
    }

    #[test]
    #[should_panic(expected = "t_mult must be >= 1, got 0; 1 keeps the length, 2 doubles it")]
    fn vanishing_cycles() {
        CosineAnnealingWarmRestarts::new(0.1, 10).t_mult(0);
    }

    #[test]
    fn a_cycle_is_the_plain_schedule() {
        let (plain, restarts) = (
            CosineAnnealing::new(0.1, 30),
            CosineAnnealingWarmRestarts::new(0.1, 10).t_mult(3),
        );
        for c in 0..30 {
            assert_eq!(restarts.at(10 + c), plain.at(c));
        }
    }
}

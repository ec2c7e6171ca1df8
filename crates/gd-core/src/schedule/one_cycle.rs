//! Up and down once.

use super::{Anneal, Schedule, check_fraction, check_lr, check_updates};
use crate::{Float, check};

/// Up to a large learning rate and far down: `torch.optim.lr_scheduler.OneCycleLR`.
///
/// With T = total_steps, p = pct_start, the initial learning rate η_i = max_lr / div_factor and the
/// last one η_l = η_i / final_div_factor, the phases (each goes on from the end of the one before,
/// along a cosine or a line, see [`Anneal`]):
///
/// ```text
/// two      η_i → max_lr    t = 0 to pT − 1
///          max_lr → η_l    to T − 1
/// three    η_i → max_lr    t = 0 to pT − 1
///          max_lr → η_i    to 2(pT − 1)
///          η_i → η_l       to T − 1
/// ```
///
/// Conventions: the last update of the run, t = T − 1, has the last learning rate; later ones keep
/// it (PyTorch follows the last phase to t = T, along a line even below 0, then raises an error).
/// pT need not be whole: the peak then lies between two updates. With three phases, p > ½ leaves no
/// room for the third, and the second ends early. Where pT = 1 the run starts at the peak (PyTorch
/// divides by zero). Momentum is not cycled: a schedule gives the learning rate only.
///
/// Defaults: pct_start 0.3, cosine, div_factor 25, final_div_factor 1e4, two phases.
/// Smith and Topin, “Super-Convergence: Very Fast Training of Neural Networks Using Large Learning
/// Rates”, 2017, arXiv:1708.07120 (there with three phases and lines).
///
/// ```
/// use gd_core::schedule::{OneCycle, Schedule};
///
/// let lr = OneCycle::new(0.5, 100);
/// assert!((lr.at(0) - 0.02_f64).abs() < 1e-15);
/// assert_eq!(lr.at(29), 0.5);
/// assert!((lr.at(99) - 2e-6).abs() < 1e-18);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct OneCycle<F> {
    max_lr: F,
    total_steps: usize,
    pct_start: F,
    anneal: Anneal,
    div_factor: F,
    final_div_factor: F,
    three_phase: bool,
}

impl<F: Float> OneCycle<F> {
    /// A run of `total_steps` ≥ 1 updates with peak `max_lr` > 0.
    ///
    /// # Panics
    /// If `max_lr` is not finite and > 0, or `total_steps` is 0.
    #[track_caller]
    pub fn new(max_lr: F, total_steps: usize) -> Self {
        check_lr("max_lr", max_lr);
        check_updates("total_steps", total_steps, "give the length of the run");
        Self {
            max_lr,
            total_steps,
            pct_start: F::of(0.3),
            anneal: Anneal::Cos,
            div_factor: F::of(25.0),
            final_div_factor: F::of(1e4),
            three_phase: false,
        }
    }

    /// p in [0, 1], the part of the run on the way up (a fraction, in spite of its name); 0.3 by
    /// default.
    ///
    /// # Panics
    /// If `pct_start` is outside of [0, 1] or NaN.
    #[track_caller]
    pub fn pct_start(mut self, pct_start: F) -> Self {
        check_fraction("pct_start", pct_start, "0.3 is the default, for 30 %");
        self.pct_start = pct_start;
        self
    }

    /// The form of the phases (PyTorch's `anneal_strategy`); [`Anneal::Cos`] by default.
    pub fn anneal(mut self, anneal: Anneal) -> Self {
        self.anneal = anneal;
        self
    }

    /// How many times the initial learning rate goes into the peak, > 0; 25 by default.
    ///
    /// # Panics
    /// If `div_factor` is not finite and > 0.
    #[track_caller]
    pub fn div_factor(mut self, div_factor: F) -> Self {
        check::positive("div_factor", div_factor, "25 is the default");
        self.div_factor = div_factor;
        self
    }

    /// How many times the last learning rate goes into the initial one, > 0; 1e4 by default.
    ///
    /// # Panics
    /// If `final_div_factor` is not finite and > 0.
    #[track_caller]
    pub fn final_div_factor(mut self, final_div_factor: F) -> Self {
        check::positive("final_div_factor", final_div_factor, "1e4 is the default");
        self.final_div_factor = final_div_factor;
        self
    }

    /// Whether the way down stops over at the initial learning rate; false by default.
    pub fn three_phase(mut self, three_phase: bool) -> Self {
        self.three_phase = three_phase;
        self
    }
}

impl<F: Float> Schedule<F> for OneCycle<F> {
    fn at(&self, t: usize) -> F {
        let count = |n: usize| F::of(n as f64);
        let end = count(self.total_steps - 1);
        let t = count(t).min(end);

        let initial = self.max_lr / self.div_factor;
        let last = initial / self.final_div_factor;
        let peak = self.pct_start * count(self.total_steps) - F::one();
        let stopover = peak + peak;

        let (start, stop, from, to) = if t <= peak {
            (F::zero(), peak, initial, self.max_lr)
        } else if !self.three_phase {
            (peak, end, self.max_lr, last)
        } else if t <= stopover {
            (peak, stopover, self.max_lr, initial)
        } else {
            (stopover, end, initial, last)
        };
        let length = stop - start;
        let s = if length > F::zero() {
            (t - start) / length
        } else {
            F::one()
        };
        self.anneal.between(from, to, s)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_updates_keep_the_last_learning_rate() {
        let lr = OneCycle::new(0.1, 10).final_div_factor(4.0);
        assert_eq!(lr.at(9), 0.1 / 25.0 / 4.0);
        assert_eq!([lr.at(10), lr.at(usize::MAX)], [lr.at(9); 2]);
    }

    #[test]
    fn short_runs_are_finite() {
        for (steps, pct) in [(1, 0.0), (1, 0.3), (1, 1.0), (2, 0.5), (3, 0.4), (10, 0.1)] {
            for three in [true, false] {
                let lr = OneCycle::new(0.1, steps).pct_start(pct).three_phase(three);
                for t in 0..=steps {
                    let v = lr.at(t);
                    assert!(v > 0.0 && v <= 0.1, "{steps} {pct} {three} {t}: {v}");
                }
            }
        }
    }

    #[test]
    fn a_peak_at_the_first_update() {
        assert_eq!(OneCycle::new(0.1, 10).pct_start(0.1).at(0), 0.1);
    }

    #[test]
    #[should_panic(expected = "pct_start must be in [0, 1], got 30; 0.3 is the default, for 30 %")]
    fn per_cent() {
        OneCycle::new(0.1, 10).pct_start(30.0);
    }

    #[test]
    #[should_panic(expected = "total_steps must be >= 1, got 0; give the length of the run")]
    fn no_steps() {
        OneCycle::new(0.1, 0);
    }

    #[test]
    #[should_panic(expected = "div_factor must be finite and > 0, got 0; 25 is the default")]
    fn division_by_zero() {
        OneCycle::new(0.1, 10).div_factor(0.0);
    }
}

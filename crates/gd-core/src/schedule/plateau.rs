//! Less when a metric stops improving.

use super::check_lr;
use crate::{Float, check};

/// Which metrics are better, for [`ReduceOnPlateau`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PlateauMode {
    /// Smaller ones: losses.
    #[default]
    Min,
    /// Larger ones: accuracies.
    Max,
}

/// What the threshold of [`ReduceOnPlateau`] is a part of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ThresholdMode {
    /// Of the best metric so far.
    #[default]
    Rel,
    /// Of nothing: it is a difference.
    Abs,
}

/// A factor whenever a metric has stopped improving: `torch.optim.lr_scheduler.ReduceLROnPlateau`.
///
/// Not a [`Schedule`](super::Schedule): the learning rate depends on what it has observed. With
/// threshold δ, a metric m is better than the best so far, b, if
///
/// ```text
///        rel               abs
/// min    m < b(1 − δ)      m < b − δ
/// max    m > b(1 + δ)      m > b + δ
/// ```
///
/// and each observation does
///
/// ```text
/// if m is better:       b ← m, bad ← 0
/// else:                 bad ← bad + 1
/// if wait > 0:          wait ← wait − 1, bad ← 0
/// if bad > patience:    η ← max(η·factor, min_lr) unless that is a change of eps or less,
///                       wait ← cooldown, bad ← 0
/// ```
///
/// Conventions: `patience` bad observations in a row are borne, the next one reduces. b is the last
/// metric that was better, so small improvements count once they add up to δ. Relative thresholds
/// suit positive metrics only. NaN is never better.
///
/// Defaults: min, factor 0.1, patience 10, threshold 1e-4 (rel), cooldown 0, min_lr 0, eps 1e-8.
///
/// ```
/// use gd_core::schedule::ReduceOnPlateau;
///
/// let mut lr = ReduceOnPlateau::new(0.5).factor(0.5).patience(1);
/// let losses = [3.0, 2.0, 2.0, 2.0, 1.0];
/// let rates = losses.map(|loss| lr.observe(loss));
/// assert_eq!(rates, [0.5, 0.5, 0.5, 0.25, 0.25]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct ReduceOnPlateau<F> {
    initial_lr: F,
    mode: PlateauMode,
    factor: F,
    patience: usize,
    threshold: F,
    threshold_mode: ThresholdMode,
    cooldown: usize,
    min_lr: F,
    eps: F,
    lr: F,
    best: F,
    bad: usize,
    wait: usize,
}

impl<F: Float> ReduceOnPlateau<F> {
    /// From η = `lr` > 0.
    ///
    /// # Panics
    /// If `lr` is not finite and > 0.
    #[track_caller]
    pub fn new(lr: F) -> Self {
        check_lr("lr", lr);
        Self {
            initial_lr: lr,
            mode: PlateauMode::Min,
            factor: F::of(0.1),
            patience: 10,
            threshold: F::of(1e-4),
            threshold_mode: ThresholdMode::Rel,
            cooldown: 0,
            min_lr: F::zero(),
            eps: F::of(1e-8),
            lr,
            best: F::infinity(),
            bad: 0,
            wait: 0,
        }
    }

    /// Which metrics are better; [`PlateauMode::Min`] by default. Forgets all observations.
    pub fn mode(mut self, mode: PlateauMode) -> Self {
        self.mode = mode;
        self.reset();
        self
    }

    /// The factor of each reduction, in [0, 1); 0.1 by default.
    ///
    /// # Panics
    /// If `factor` is outside of [0, 1) or NaN.
    #[track_caller]
    pub fn factor(mut self, factor: F) -> Self {
        check::decay_rate("factor", factor, "0.1 is the default");
        self.factor = factor;
        self
    }

    /// How many bad observations in a row are borne; 10 by default.
    pub fn patience(mut self, patience: usize) -> Self {
        self.patience = patience;
        self
    }

    /// δ ≥ 0, by how much a metric must be better to count; 1e-4 by default.
    ///
    /// # Panics
    /// If `threshold` is negative or not finite.
    #[track_caller]
    pub fn threshold(mut self, threshold: F) -> Self {
        check::non_negative("threshold", threshold, "1e-4 is the default");
        self.threshold = threshold;
        self
    }

    /// Whether δ is relative; [`ThresholdMode::Rel`] by default.
    pub fn threshold_mode(mut self, threshold_mode: ThresholdMode) -> Self {
        self.threshold_mode = threshold_mode;
        self
    }

    /// How many observations after a reduction do not count as bad; 0 by default.
    pub fn cooldown(mut self, cooldown: usize) -> Self {
        self.cooldown = cooldown;
        self
    }

    /// Where reductions end, ≥ 0; 0 by default.
    ///
    /// # Panics
    /// If `min_lr` is negative or not finite.
    #[track_caller]
    pub fn min_lr(mut self, min_lr: F) -> Self {
        check::non_negative("min_lr", min_lr, "0 is the default");
        self.min_lr = min_lr;
        self
    }

    /// The greatest change of η that is not worth making, ≥ 0; 1e-8 by default.
    ///
    /// # Panics
    /// If `eps` is negative or not finite.
    #[track_caller]
    pub fn eps(mut self, eps: F) -> Self {
        check::non_negative("eps", eps, "1e-8 is the default");
        self.eps = eps;
        self
    }

    /// η, for the next update.
    pub fn lr(&self) -> F {
        self.lr
    }

    /// Takes note of a metric, usually once in an epoch, and returns η for the updates after it.
    pub fn observe(&mut self, metric: F) -> F {
        if self.is_better(metric) {
            self.best = metric;
            self.bad = 0;
        } else {
            self.bad += 1;
        }
        if self.wait > 0 {
            self.wait -= 1;
            self.bad = 0;
        }
        if self.bad > self.patience {
            let reduced = (self.lr * self.factor).max(self.min_lr);
            if self.lr - reduced > self.eps {
                self.lr = reduced;
            }
            self.wait = self.cooldown;
            self.bad = 0;
        }
        self.lr
    }

    /// Forgets all observations: η is the first again.
    pub fn reset(&mut self) {
        self.lr = self.initial_lr;
        self.best = match self.mode {
            PlateauMode::Min => F::infinity(),
            PlateauMode::Max => F::neg_infinity(),
        };
        self.bad = 0;
        self.wait = 0;
    }

    fn is_better(&self, metric: F) -> bool {
        let (best, threshold, one) = (self.best, self.threshold, F::one());
        match (self.mode, self.threshold_mode) {
            (PlateauMode::Min, ThresholdMode::Rel) => metric < best * (one - threshold),
            (PlateauMode::Min, ThresholdMode::Abs) => metric < best - threshold,
            (PlateauMode::Max, ThresholdMode::Rel) => metric > best * (one + threshold),
            (PlateauMode::Max, ThresholdMode::Abs) => metric > best + threshold,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Halves at the first bad observation.
    fn eager() -> ReduceOnPlateau<f64> {
        ReduceOnPlateau::new(0.8).factor(0.5).patience(0)
    }

    #[test]
    fn thresholds() {
        use {PlateauMode::*, ThresholdMode::*};
        let bad = |mode, threshold_mode, metric| {
            let mut lr = eager()
                .mode(mode)
                .threshold_mode(threshold_mode)
                .threshold(0.25);
            lr.observe(2.0);
            lr.observe(metric) < 0.8
        };
        for (mode, threshold_mode, limit, beyond) in [
            (Min, Rel, 1.5, 1.499),
            (Min, Abs, 1.75, 1.749),
            (Max, Rel, 2.5, 2.501),
            (Max, Abs, 2.25, 2.251),
        ] {
            assert!(bad(mode, threshold_mode, limit), "{mode:?} {limit}");
            assert!(!bad(mode, threshold_mode, beyond), "{mode:?} {beyond}");
        }
    }

    #[test]
    fn cooldown_comes_before_patience() {
        let mut lr = eager().cooldown(2);
        let rates = [1.0; 8].map(|m| lr.observe(m));
        assert_eq!(rates, [0.8, 0.4, 0.4, 0.4, 0.2, 0.2, 0.2, 0.1]);
    }

    #[test]
    fn small_changes_are_not_made() {
        let mut lr = eager().min_lr(0.7).eps(0.2);
        assert_eq!([1.0; 3].map(|m| lr.observe(m)), [0.8; 3]);
    }

    #[test]
    fn nan_is_never_better() {
        let mut lr = eager();
        assert_eq!([f64::NAN, 1.0].map(|m| lr.observe(m)), [0.4, 0.4]);
    }

    #[test]
    #[should_panic(expected = "factor must be in [0, 1), got 1; 0.1 is the default")]
    fn factor_of_one() {
        eager().factor(1.0);
    }

    #[test]
    #[should_panic(expected = "min_lr must be finite and >= 0, got -1; 0 is the default")]
    fn negative_min_lr() {
        eager().min_lr(-1.0);
    }
}

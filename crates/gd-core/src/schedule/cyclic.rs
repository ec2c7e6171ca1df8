//! Up and down for ever.

use super::{Schedule, check_lr, check_updates, power, ratio};
use crate::{Float, check};

/// How the peaks of [`Cyclic`] change: the factor s of their height, with cycle i = 0, 1, ….
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[non_exhaustive]
pub enum CyclicMode<F> {
    /// s = 1: all peaks are equal.
    #[default]
    Triangular,
    /// s = 2⁻ⁱ: each peak has half of the height of the one before.
    Triangular2,
    /// s = γᵗ: the height decays at every update (not once in a cycle).
    ExpRange {
        /// γ in (0, 1].
        gamma: F,
    },
}

/// A triangle wave: `torch.optim.lr_scheduler.CyclicLR`.
///
/// A cycle goes up for step_size_up updates and down for step_size_down. At the update number c of
/// cycle i:
///
/// ```text
/// h = c / step_size_up                                       on the way up, c ≤ step_size_up
/// h = (step_size_up + step_size_down − c) / step_size_down   on the way down
/// η_t = base_lr + (max_lr − base_lr) h s
/// ```
///
/// with s by [`CyclicMode`]. Momentum is not cycled: a schedule gives the learning rate only.
///
/// Defaults: step_size_up 2000, step_size_down as step_size_up, triangular.
/// Smith, “Cyclical Learning Rates for Training Neural Networks”, WACV 2017, arXiv:1506.01186.
///
/// ```
/// use gd_core::schedule::{Cyclic, CyclicMode, Schedule};
///
/// let lr = Cyclic::new(0.25, 0.75).step_size_up(2).mode(CyclicMode::Triangular2);
/// let first: Vec<f64> = (0..7).map(|t| lr.at(t)).collect();
/// assert_eq!(first, [0.25, 0.5, 0.75, 0.5, 0.25, 0.375, 0.5]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Cyclic<F> {
    base_lr: F,
    max_lr: F,
    up: usize,
    down: Option<usize>,
    mode: CyclicMode<F>,
}

impl<F: Float> Cyclic<F> {
    /// Between `base_lr` ≥ 0 and `max_lr` ≥ `base_lr`.
    ///
    /// # Panics
    /// If `base_lr` is negative, `max_lr` is not > 0 or less than `base_lr`, or one of them is not
    /// finite.
    #[track_caller]
    pub fn new(base_lr: F, max_lr: F) -> Self {
        check::non_negative("base_lr", base_lr, "a quarter of max_lr is usual");
        check_lr("max_lr", max_lr);
        assert!(
            max_lr >= base_lr,
            "max_lr must be >= base_lr = {base_lr}, got {max_lr}; base_lr comes first"
        );
        Self {
            base_lr,
            max_lr,
            up: 2000,
            down: None,
            mode: CyclicMode::Triangular,
        }
    }

    /// Updates on the way up, ≥ 1; 2000 by default.
    ///
    /// # Panics
    /// If `step_size_up` is 0.
    #[track_caller]
    pub fn step_size_up(mut self, step_size_up: usize) -> Self {
        check_updates("step_size_up", step_size_up, "2000 is the default");
        self.up = step_size_up;
        self
    }

    /// Updates on the way down, ≥ 1; as many as on the way up by default.
    ///
    /// # Panics
    /// If `step_size_down` is 0.
    #[track_caller]
    pub fn step_size_down(mut self, step_size_down: usize) -> Self {
        check_updates("step_size_down", step_size_down, "1 falls at once");
        self.down = Some(step_size_down);
        self
    }

    /// How the peaks change; [`CyclicMode::Triangular`] by default.
    ///
    /// # Panics
    /// If the γ of [`CyclicMode::ExpRange`] is outside of (0, 1] or NaN.
    #[track_caller]
    pub fn mode(mut self, mode: CyclicMode<F>) -> Self {
        if let CyclicMode::ExpRange { gamma } = mode {
            assert!(
                gamma > F::zero() && gamma <= F::one(),
                "gamma must be in (0, 1], got {gamma}; a little below 1 is usual, such as 0.999"
            );
        }
        self.mode = mode;
        self
    }
}

impl<F: Float> Schedule<F> for Cyclic<F> {
    fn at(&self, t: usize) -> F {
        let (up, down) = (self.up, self.down.unwrap_or(self.up));
        let length = up.saturating_add(down);
        let (i, c) = (t / length, t % length);
        let h: F = if c <= up {
            ratio(c, up)
        } else {
            ratio(length - c, down)
        };
        let s = match self.mode {
            CyclicMode::Triangular => F::one(),
            CyclicMode::Triangular2 => power(F::of(0.5), i),
            CyclicMode::ExpRange { gamma } => power(gamma, t),
        };
        self.base_lr + (self.max_lr - self.base_lr) * h * s
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exp_range_decays_with_the_update() {
        let lr = Cyclic::new(0.0, 1.0)
            .step_size_up(2)
            .mode(CyclicMode::ExpRange { gamma: 0.5 });
        let first: Vec<f64> = (0..7).map(|t| lr.at(t)).collect();
        assert_eq!(first, [0.0, 0.25, 0.25, 0.0625, 0.0, 0.015625, 0.015625]);
    }

    #[test]
    #[should_panic(expected = "max_lr must be >= base_lr = 0.5, got 0.1; base_lr comes first")]
    fn exchanged() {
        Cyclic::new(0.5, 0.1);
    }

    #[test]
    #[should_panic(expected = "step_size_up must be >= 1, got 0; 2000 is the default")]
    fn no_way_up() {
        Cyclic::new(0.1, 0.5).step_size_up(0);
    }

    #[test]
    #[should_panic(expected = "gamma must be in (0, 1], got 1.5; a little below 1 is usual")]
    fn growing_peaks() {
        Cyclic::new(0.1, 0.5).mode(CyclicMode::ExpRange { gamma: 1.5 });
    }
}

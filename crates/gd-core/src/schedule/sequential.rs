//! One schedule after the other.

use super::Schedule;
use crate::Float;

/// One schedule after the other, each from its own start: `torch.optim.lr_scheduler.SequentialLR`.
///
/// With schedules η⁰, η¹, …, milestones 0 = m₀ < m₁ < m₂ < … and i the last with m_i ≤ t:
///
/// ```text
/// η_t = ηⁱ at t − m_i
/// ```
///
/// Convention: the update t = m_i is the first with ηⁱ, which begins at its own 0 there. It is
/// continuous where ηⁱ⁻¹ at m_i − m_{i−1} is ηⁱ at 0; nothing checks that.
///
/// ```
/// use gd_core::schedule::{ExponentialLr, Linear, Schedule, Sequential};
///
/// let lr = Sequential::new(Linear::new(0.5, 2).start_factor(0.5))
///     .then(2, ExponentialLr::new(0.5, 0.5))
///     .then(4, 0.1);
/// let first: Vec<f64> = (0..6).map(|t| lr.at(t)).collect();
/// assert_eq!(first, [0.25, 0.375, 0.5, 0.25, 0.1, 0.1]);
/// ```
pub struct Sequential<F> {
    first: Box<dyn Schedule<F>>,
    /// Milestone and schedule, ascending.
    later: Vec<(usize, Box<dyn Schedule<F>>)>,
}

impl<F: Float> Sequential<F> {
    /// Begins with `first`; alone, it is `first`.
    pub fn new(first: impl Schedule<F> + 'static) -> Self {
        Self {
            first: Box::new(first),
            later: Vec::new(),
        }
    }

    /// From t = `milestone` on, `next` in the place of what was before.
    ///
    /// # Panics
    /// If `milestone` is not greater than the one before (0 for the first).
    #[track_caller]
    pub fn then(mut self, milestone: usize, next: impl Schedule<F> + 'static) -> Self {
        let before = self.later.last().map_or(0, |(m, _)| *m);
        assert!(
            milestone > before,
            "milestone must be > {before}, where the schedule before it begins, got {milestone}; \
             milestones count updates from the start of the run"
        );
        self.later.push((milestone, Box::new(next)));
        self
    }
}

impl<F: Float> Schedule<F> for Sequential<F> {
    fn at(&self, t: usize) -> F {
        let begun = self.later.partition_point(|(m, _)| *m <= t);
        match self.later[..begun].last() {
            Some((milestone, schedule)) => schedule.at(t - milestone),
            None => self.first.at(t),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_starts_again_at_its_milestone() {
        let count = |t: usize| t as f64;
        let parts = Sequential::new(count).then(3, count).then(5, count);
        let values: Vec<f64> = (0..8).map(|t| parts.at(t)).collect();
        assert_eq!(values, [0.0, 1.0, 2.0, 0.0, 1.0, 0.0, 1.0, 2.0]);
    }

    #[test]
    #[should_panic(expected = "milestone must be > 5, where the schedule before it begins, got 5")]
    fn empty_part() {
        let _ = Sequential::new(0.1).then(5, 0.2).then(5, 0.3);
    }

    #[test]
    #[should_panic(expected = "milestone must be > 0")]
    fn empty_first_part() {
        let _ = Sequential::new(0.1).then(0, 0.2);
    }
}

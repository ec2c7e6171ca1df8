//! Learning-rate schedules: pure functions of the number of the update.

use crate::Float;

/// The learning rate η_t as a pure function of the update number t = 0, 1, ….
///
/// A bare number is a constant schedule, and a closure `Fn(usize) -> F` is a schedule.
///
/// ```
/// use gd_core::Schedule;
///
/// assert_eq!(0.3.at(7), 0.3);
/// let inverse_time = |t: usize| 0.5 / (1.0 + t as f64);
/// assert_eq!(inverse_time.at(4), 0.1);
/// ```
pub trait Schedule<F: Float> {
    /// η_t. Schedules return finite numbers ≥ 0.
    fn at(&self, t: usize) -> F;
}

impl Schedule<f32> for f32 {
    fn at(&self, _: usize) -> f32 {
        *self
    }
}

impl Schedule<f64> for f64 {
    fn at(&self, _: usize) -> f64 {
        *self
    }
}

impl<F: Float, C: Fn(usize) -> F> Schedule<F> for C {
    fn at(&self, t: usize) -> F {
        self(t)
    }
}

impl<F: Float> Schedule<F> for Box<dyn Schedule<F> + '_> {
    fn at(&self, t: usize) -> F {
        (**self).at(t)
    }
}

//! Recording the path.

use std::ops::ControlFlow;

use ndarray::Array1;

use super::{Observer, Snapshot, check_every};
use crate::Float;

/// Records the path: a copy of x at every n-th moment.
///
/// ```
/// use gd_core::{Descent, minimize, objective::Quadratic, observer::Trajectory, optim::Sgd};
/// use ndarray::array;
///
/// let mut path = Trajectory::new();
/// let mut solver = Descent::new(Sgd::plain(), 0.25);
/// minimize(&Quadratic::square(), &mut solver, &mut array![4.0], 3, &mut path);
/// assert_eq!(path.points, [array![4.0], array![2.0], array![1.0], array![0.5]]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Trajectory<F> {
    /// The recorded points, each of length d, the start first.
    pub points: Vec<Array1<F>>,
    every: usize,
}

impl<F: Float> Trajectory<F> {
    /// Empty, to record every moment: after T updates it holds T + 1 points.
    pub fn new() -> Self {
        Self {
            points: Vec::new(),
            every: 1,
        }
    }

    /// Records only steps 0, n, 2n, ….
    ///
    /// # Panics
    /// If `n` is 0.
    #[track_caller]
    pub fn every(mut self, n: usize) -> Self {
        check_every(n);
        self.every = n;
        self
    }

    /// The i-th coordinate of every recorded point.
    ///
    /// # Panics
    /// If the points have no coordinate `i`.
    pub fn coordinate(&self, i: usize) -> Vec<F> {
        self.points.iter().map(|x| x[i]).collect()
    }
}

impl<F: Float> Default for Trajectory<F> {
    fn default() -> Self {
        Self::new()
    }
}

impl<F: Float> Observer<F> for Trajectory<F> {
    fn observe(&mut self, snapshot: &Snapshot<'_, F>) -> ControlFlow<()> {
        if snapshot.step.is_multiple_of(self.every) {
            self.points.push(snapshot.x.to_owned());
        }
        ControlFlow::Continue(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[should_panic(expected = "every must be >= 1, got 0")]
    fn every_zero() {
        Trajectory::<f64>::new().every(0);
    }
}

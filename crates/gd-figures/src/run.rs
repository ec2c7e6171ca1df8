//! Runs of gd-core, recorded the way figures need them.

use std::ops::ControlFlow;

use gd_core::{Descent, Objective, Optimizer, Snapshot, Stop, minimize, observer::Trajectory};
use ndarray::{Array1, ArrayRef1};

use crate::Point;

/// A recorded run.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// The start and the parameters after each update, as far as they are finite.
    pub points: Vec<Array1<f64>>,
    /// How it ended.
    pub stop: Stop,
}

impl Run {
    /// The last recorded point.
    pub fn last(&self) -> &Array1<f64> {
        self.points.last().expect("a run records its start")
    }

    /// One coordinate of every point.
    pub fn coordinate(&self, i: usize) -> Vec<f64> {
        self.points.iter().map(|x| x[i]).collect()
    }

    /// The value of an objective at every point.
    pub fn values(&self, problem: &impl Objective<f64>) -> Vec<f64> {
        self.points.iter().map(|x| problem.value(x)).collect()
    }
}

/// `steps` updates from `start` with a constant learning rate, every point recorded.
pub fn descend(
    problem: &impl Objective<f64>,
    rule: impl Optimizer<f64>,
    lr: f64,
    start: &[f64],
    steps: usize,
) -> Run {
    let mut trajectory = Trajectory::new();
    let mut x = Array1::from(start.to_vec());
    let mut solver = Descent::new(rule, lr);
    let stop = minimize(problem, &mut solver, &mut x, steps, &mut trajectory);
    Run {
        points: trajectory.points,
        stop,
    }
}

/// The point after `steps` updates, nothing recorded.
pub fn end(
    problem: &impl Objective<f64>,
    rule: impl Optimizer<f64>,
    lr: f64,
    start: &[f64],
    steps: usize,
) -> Array1<f64> {
    let mut x = Array1::from(start.to_vec());
    minimize(problem, &mut Descent::new(rule, lr), &mut x, steps, &mut ());
    x
}

/// The number of updates after which `reached` first holds; `None` if it does not within
/// `most` updates, or if the run diverges first.
pub fn steps_until(
    problem: &impl Objective<f64>,
    rule: impl Optimizer<f64>,
    lr: f64,
    start: &[f64],
    most: usize,
    reached: impl Fn(&ArrayRef1<f64>) -> bool,
) -> Option<usize> {
    let mut steps = None;
    let mut watch = |now: &Snapshot<'_, f64>| {
        if reached(now.x) {
            steps = Some(now.step);
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    };
    let mut x = Array1::from(start.to_vec());
    minimize(
        problem,
        &mut Descent::new(rule, lr),
        &mut x,
        most,
        &mut watch,
    );
    steps
}

/// The number of updates after which `inside` holds for good, as far as `most` updates show; a
/// first touch in passing does not count. `None` if it does not hold at the end.
pub fn steps_until_settled(
    problem: &impl Objective<f64>,
    rule: impl Optimizer<f64>,
    lr: f64,
    start: &[f64],
    most: usize,
    inside: impl Fn(&ArrayRef1<f64>) -> bool,
) -> Option<usize> {
    let mut since = None;
    let mut watch = |now: &Snapshot<'_, f64>| {
        if !inside(now.x) {
            since = None;
        } else if since.is_none() {
            since = Some(now.step);
        }
        ControlFlow::Continue(())
    };
    let mut x = Array1::from(start.to_vec());
    let mut solver = Descent::new(rule, lr);
    match minimize(problem, &mut solver, &mut x, most, &mut watch) {
        Stop::Diverged { .. } => None,
        _ => since,
    }
}

/// The largest coordinate by size: what “within 10⁻⁶” means in this book.
pub fn largest(x: &ArrayRef1<f64>) -> f64 {
    x.iter().fold(0.0, |largest: f64, v| largest.max(v.abs()))
}

/// Values against their number: (0, v₀), (1, v₁), …
pub fn by_step(values: &[f64]) -> Vec<Point> {
    let numbered = values.iter().enumerate();
    numbered.map(|(t, &value)| (t as f64, value)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use gd_core::{objective::Quadratic, optim::Sgd};

    #[test]
    fn a_run_records_its_start_and_every_update() {
        let run = descend(&Quadratic::square(), Sgd::plain(), 0.25, &[4.0], 3);
        assert_eq!(run.coordinate(0), [4.0, 2.0, 1.0, 0.5]);
        assert_eq!(run.stop, Stop::MaxSteps);
    }

    #[test]
    fn steps_are_counted_until_the_condition_first_holds() {
        let steps = |most| {
            let f = Quadratic::square();
            steps_until(&f, Sgd::plain(), 0.25, &[4.0], most, |x| largest(x) < 0.9)
        };
        assert_eq!(steps(10), Some(3));
        assert_eq!(steps(2), None);
    }

    #[test]
    fn passing_through_is_not_settling() {
        let f = Quadratic::square();
        let settled = |momentum: f64, most| {
            let rule = Sgd::default().momentum(momentum);
            steps_until_settled(&f, rule, 0.25, &[4.0], most, |x| largest(x) < 0.9)
        };
        assert_eq!(settled(0.0, 10), Some(3));
        assert_eq!(settled(0.0, 2), None);
        // 4, 2, −0.75, −2.9, …: inside at step 2 only in passing
        assert_eq!(settled(0.875, 3), None);
        assert!(settled(0.875, 200) > Some(10));
    }
}

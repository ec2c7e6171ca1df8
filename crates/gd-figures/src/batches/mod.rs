//! 全批量、随机与小批量.

use gd_core::batch::{Sampler, Sampling};
use gd_core::data::lesson_line;
use gd_core::model::LinearRegression;
use gd_core::objective::Quadratic;
use gd_core::optim::Sgd;
use gd_core::{Objective, Schedule, Snapshot, StochasticDescent, minimize};
use ndarray::{Array1, Array2, array};
use std::ops::ControlFlow;

pub mod convergence;
pub mod gradient_noise;
pub mod noise_floor;

/// The line fit of the lesson, with its loss written as height above the minimum: exact for a
/// quadratic loss, and much cheaper than a sum over the samples at every update.
pub struct Problem {
    /// The model over the lesson's data.
    pub model: LinearRegression<f64>,
    /// The least-squares parameters.
    pub exact: Array1<f64>,
    /// Their loss.
    pub exact_loss: f64,
    /// The Hessian.
    pub hessian: Array2<f64>,
    bowl: Quadratic<f64>,
}

impl Problem {
    /// The lesson's data.
    pub fn lesson() -> Self {
        let model = LinearRegression::line(&lesson_line());
        let exact = model.least_squares();
        let hessian = model.constant_hessian();
        Problem {
            exact_loss: model.value(&exact),
            bowl: Quadratic::new(hessian.clone()),
            model,
            exact,
            hessian,
        }
    }

    /// Runs from (0, 0) and hands out, at every update, its number and the height of the loss
    /// above the minimum; `false` ends the run.
    pub fn run(
        &self,
        sampling: Sampling,
        lr: impl Schedule<f64>,
        seed: u64,
        updates: usize,
        mut watch: impl FnMut(usize, f64) -> bool,
    ) {
        let sampler = Sampler::new(100, sampling, seed);
        let mut solver = StochasticDescent::new(Sgd::plain(), lr, sampler);
        let (w, b) = (self.exact[0], self.exact[1]);
        let mut error = array![0.0, 0.0];
        let mut observer = |now: &Snapshot<'_, f64>| {
            (error[0], error[1]) = (now.x[0] - w, now.x[1] - b);
            if watch(now.step, self.bowl.value(&error)) {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        };
        minimize(
            &self.model,
            &mut solver,
            &mut array![0.0, 0.0],
            updates,
            &mut observer,
        );
    }
}

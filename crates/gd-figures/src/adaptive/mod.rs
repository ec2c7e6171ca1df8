//! 自适应学习率: Adagrad, RMSprop, Adadelta.

use gd_core::Objective;
use gd_core::objective::Quadratic;
use ndarray::{Array1, ArrayRef1};

use crate::run::{largest, steps_until_settled};

pub mod effective_rate;
pub mod long_slope;
pub mod ravine;
pub mod rotated;
pub mod settle;
pub mod sparse;

/// Where the runs on the ravine ½(x² + 50y²) begin.
const START: [f64; 2] = [-4.0, 1.0];
/// The best learning rate of plain descent there.
const BEST_PLAIN: f64 = 2.0 / 51.0;

/// Whether both coordinates are below 10⁻⁶.
fn arrived(x: &ArrayRef1<f64>) -> bool {
    largest(x) < 1e-6
}

/// The gradient at a recorded point.
fn gradient(f: &impl Objective<f64>, x: &Array1<f64>) -> Array1<f64> {
    let mut grad = Array1::zeros(x.len());
    f.gradient(x, &mut grad);
    grad
}

/// Steps on the ravine until both coordinates stay below 10⁻⁶, if they do within `most`.
fn steps_on_ravine(rule: impl gd_core::Optimizer<f64>, lr: f64, most: usize) -> Option<usize> {
    steps_until_settled(&Quadratic::ravine(), rule, lr, &START, most, arrived)
}

//! 动量与 Nesterov.

use gd_core::objective::Quadratic;
use gd_core::optim::Sgd;

use crate::run::{largest, steps_until_settled};

pub mod basins;
pub mod cycle;
pub mod look_ahead;
pub mod memory;
pub mod noise;
pub mod overshoot;
pub mod pits;
pub mod race;
pub mod ravine;
pub mod stability;

/// Where the runs on the ravine ½(x² + 50y²) begin.
const START: [f64; 2] = [-4.0, 1.0];
/// Its smallest and largest curvature.
const CURVATURES: (f64, f64) = (1.0, 50.0);

/// A learning rate and a momentum.
type Tuning = (f64, f64);

/// The best learning rate of plain descent on curvatures from `least` to `most`.
fn best_plain((least, most): (f64, f64)) -> Tuning {
    (2.0 / (least + most), 0.0)
}

/// Polyak's choice for the heavy ball: at both ends the two roots meet, with the size √μ.
fn best_heavy_ball((least, most): (f64, f64)) -> Tuning {
    let (least, most) = (least.sqrt(), most.sqrt());
    let lr = (2.0 / (most + least)).powi(2);
    (lr, ((most - least) / (most + least)).powi(2))
}

/// Nesterov's choice for strongly convex functions, η = 1/L.
fn nesterovs_choice((least, most): (f64, f64)) -> Tuning {
    let (low, high) = (least.sqrt(), most.sqrt());
    (1.0 / most, (high - low) / (high + low))
}

/// Descent with this momentum.
fn heavy_ball(momentum: f64) -> Sgd<f64> {
    Sgd::default().momentum(momentum)
}

/// The same with Nesterov's look ahead.
fn nesterov(momentum: f64) -> Sgd<f64> {
    heavy_ball(momentum).nesterov(true)
}

/// Steps on the ravine until both coordinates stay below 10⁻⁶.
fn steps_on_ravine(rule: Sgd<f64>, lr: f64) -> usize {
    let inside = |x: &ndarray::ArrayRef1<f64>| largest(x) < 1e-6;
    steps_until_settled(&Quadratic::ravine(), rule, lr, &START, 2_000, inside)
        .expect("it converges within 2000 steps")
}

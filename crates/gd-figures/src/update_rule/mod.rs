//! 更新规则.

use gd_core::Objective;
use gd_core::objective::XSquaredSinX;
use ndarray::array;

use crate::Point;

pub mod basins;
pub mod contour;
pub mod promise;
pub mod simultaneous;
pub mod walk;

/// The start of the notes' first example.
const START: f64 = 3.6;

/// (x, x² sin x).
fn on_curve(x: f64) -> Point {
    (x, XSquaredSinX.value(&array![x]))
}

/// The slope of x² sin x.
fn slope(x: f64) -> f64 {
    let mut grad = array![0.0];
    XSquaredSinX.gradient(&array![x], &mut grad);
    grad[0]
}

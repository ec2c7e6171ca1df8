//! A curve with two valleys of different depth.

use ndarray::{ArrayRef1, ArrayRef2};

use super::{TwiceDifferentiable, check_dim};
use crate::{Float, Objective};

/// f(x) = x⁴ − 4x² + 0.5x, one-dimensional: two valleys, the left one deeper.
///
/// f′(x) = 4x³ − 8x + 0.5 and f″(x) = 12x² − 8. The tilt 0.5x makes the right minimum worse than
/// the left one, so the start decides which of the two gradient descent finds.
///
/// ```
/// use gd_core::{Objective, objective::DoubleWell};
/// use ndarray::array;
///
/// let [left, right] = DoubleWell::minima();
/// assert!(DoubleWell.value(&array![left]) < DoubleWell.value(&array![right]));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DoubleWell;

impl DoubleWell {
    /// The positions of the left (global) and the right (local) minimum.
    pub fn minima() -> [f64; 2] {
        let [left, _, right] = Self::critical_points();
        [left, right]
    }

    /// The position of the local maximum between the minima: the watershed of gradient flow.
    pub fn maximum() -> f64 {
        Self::critical_points()[1]
    }

    /// All three zeros of f′ in ascending order: minimum, maximum, minimum.
    ///
    /// Computed by bisection to the last bit: f″ vanishes at ±√(2/3), so f′ is monotone, and
    /// changes its sign, on each of the three intervals between −2, −√(2/3), √(2/3) and 2.
    pub fn critical_points() -> [f64; 3] {
        let bend = (2.0_f64 / 3.0).sqrt();
        [(-2.0, -bend), (-bend, bend), (bend, 2.0)]
            .map(|(low, high)| zero_between(slope, low, high))
    }

    /// f″(x) = 12x² − 8; at a minimum, gradient descent is stable for lr < 2/f″.
    pub fn curvature<F: Float>(&self, x: F) -> F {
        F::of(12.0) * x * x - F::of(8.0)
    }
}

fn slope<F: Float>(x: F) -> F {
    F::of(4.0) * x * x * x - F::of(8.0) * x + F::of(0.5)
}

/// A zero of `f` between two points where its signs differ, by bisection until no number is left
/// between them.
fn zero_between(f: impl Fn(f64) -> f64, mut low: f64, mut high: f64) -> f64 {
    let rising = f(high) > 0.0;
    loop {
        let middle = low + (high - low) / 2.0;
        if middle <= low || middle >= high {
            return if f(low).abs() <= f(high).abs() {
                low
            } else {
                high
            };
        }
        if (f(middle) > 0.0) == rising {
            high = middle;
        } else {
            low = middle;
        }
    }
}

impl<F: Float> Objective<F> for DoubleWell {
    fn dim(&self) -> usize {
        1
    }

    fn value(&self, x: &ArrayRef1<F>) -> F {
        check_dim(x, 1);
        let x = x[0];
        x * x * x * x - F::of(4.0) * x * x + F::of(0.5) * x
    }

    fn gradient(&self, x: &ArrayRef1<F>, grad: &mut ArrayRef1<F>) {
        check_dim(x, 1);
        grad[0] = slope(x[0]);
    }
}

impl<F: Float> TwiceDifferentiable<F> for DoubleWell {
    fn hessian(&self, x: &ArrayRef1<F>, hessian: &mut ArrayRef2<F>) {
        check_dim(x, 1);
        hessian[[0, 0]] = self.curvature(x[0]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn critical_points_are_where_the_slope_vanishes() {
        let [left, top, right] = DoubleWell::critical_points();
        for x in [left, top, right] {
            assert!(slope(x).abs() < 1e-14, "slope {} at {x}", slope(x));
        }
        assert!((left + 1.444485).abs() < 5e-7);
        assert!((top - 0.062623).abs() < 5e-7);
        assert!((right - 1.381862).abs() < 5e-7);
        assert!(DoubleWell.curvature(left) > 0.0);
        assert!(DoubleWell.curvature(top) < 0.0);
        assert!(DoubleWell.curvature(right) > 0.0);
        assert_eq!(DoubleWell::maximum(), top);
    }

    #[test]
    fn depths() {
        let [left, right] = DoubleWell::minima();
        assert!((DoubleWell.value(&array![left]) + 4.714754).abs() < 5e-7);
        assert!((DoubleWell.value(&array![right]) + 3.300886).abs() < 5e-7);
    }
}

//! Rprop: the signs of the gradient alone, with a step size per coordinate.

use ndarray::ArrayRef1;

use super::{Optimizer, elementwise::each_coordinate, state::Buffer};
use crate::{Float, check, sign::sign};

/// Rprop, resilient backpropagation: `torch.optim.Rprop`.
///
/// With factors η⁻ < 1 < η⁺ and step sizes within [Δmin, Δmax], elementwise on arrays of length d:
///
/// ```text
/// Δ ← Δ·η⁺ if g·g′ > 0,  Δ·η⁻ if g·g′ < 0,  Δ if g·g′ = 0       Δ₀ = the learning rate
/// Δ ← min(max(Δ, Δmin), Δmax)
/// g ← 0                  if g·g′ < 0
/// x ← x − Δ·sign(g)
/// g′ ← g                 g′₀ = 0
/// ```
///
/// For full gradients: on batches the signs change by chance. Convention: where the sign has
/// changed, the coordinate rests for one step (there is no return to the point before), and the
/// next one leaves Δ as it is. The learning rate counts at the first step only; later ones are
/// ignored. A product g·g′ that underflows to 0 counts as 0.
///
/// Defaults: etas (0.5, 1.2), step_sizes (1e-6, 50).
/// Riedmiller and Braun, “A Direct Adaptive Method for Faster Backpropagation Learning: The RPROP
/// Algorithm”, ICNN 1993, doi:10.1109/ICNN.1993.298623.
///
/// ```
/// use gd_core::{Optimizer, optim::Rprop};
/// use ndarray::array;
///
/// let mut rule = Rprop::default();
/// let mut x = array![4.0_f64, -3.0];
/// rule.step(0.1, &mut x, &array![8.0, -0.006]);
/// assert!((x[0] - 3.9).abs() < 1e-12 && (x[1] + 2.9).abs() < 1e-12);
/// // the first sign stays: 1.2 times the step; the second changes: none
/// rule.step(0.1, &mut x, &array![1.0, 1.0]);
/// assert!((x[0] - 3.78).abs() < 1e-12 && (x[1] + 2.9).abs() < 1e-12);
/// ```
#[derive(Clone, Debug)]
pub struct Rprop<F> {
    etas: (F, F),
    step_sizes: (F, F),
    previous: Buffer<F>,
    step_size: Buffer<F>,
}

impl<F: Float> Default for Rprop<F> {
    fn default() -> Self {
        Self {
            etas: (F::of(0.5), F::of(1.2)),
            step_sizes: (F::of(1e-6), F::of(50.0)),
            previous: Buffer::default(),
            step_size: Buffer::default(),
        }
    }
}

impl<F: Float> Rprop<F> {
    /// η⁻ in (0, 1) and η⁺ > 1: what a step size is multiplied by after a change of sign, and
    /// without one. (0.5, 1.2) by default.
    ///
    /// # Panics
    /// If not 0 < `minus` < 1 < `plus`, or `plus` is not finite.
    #[track_caller]
    pub fn etas(mut self, minus: F, plus: F) -> Self {
        let (zero, one) = (F::zero(), F::one());
        assert!(
            zero < minus && minus < one && one < plus && plus.is_finite(),
            "etas must be finite with 0 < minus < 1 < plus, got ({minus}, {plus}); \
             (0.5, 1.2) is the default"
        );
        self.etas = (minus, plus);
        self
    }

    /// Δmin and Δmax, 0 ≤ Δmin ≤ Δmax: the bounds of the step sizes. (1e-6, 50) by default.
    ///
    /// # Panics
    /// If not 0 ≤ `min` ≤ `max`, or `max` is 0 or not finite.
    #[track_caller]
    pub fn step_sizes(mut self, min: F, max: F) -> Self {
        check::non_negative("step_sizes: min", min, "1e-6 is the default");
        check::positive("step_sizes: max", max, "50 is the default");
        assert!(
            min <= max,
            "step_sizes must have min <= max, got ({min}, {max}); (1e-6, 50) is the default"
        );
        self.step_sizes = (min, max);
        self
    }
}

impl<F: Float> Optimizer<F> for Rprop<F> {
    fn step(&mut self, lr: F, x: &mut ArrayRef1<F>, grad: &ArrayRef1<F>) {
        let ((minus, plus), (min, max)) = (self.etas, self.step_sizes);
        let zero = F::zero();
        let previous = self.previous.like(x);
        let step_size = self.step_size.like_from(x, lr);
        each_coordinate(
            x,
            grad,
            [previous, step_size],
            |x, g, [previous, step_size]| {
                let product = g * *previous;
                let (factor, g) = if product > zero {
                    (plus, g)
                } else if product < zero {
                    (minus, zero)
                } else {
                    (F::one(), g)
                };
                *step_size = (*step_size * factor).max(min).min(max);
                *x -= *step_size * sign(g);
                *previous = g;
            },
        );
    }

    fn reset(&mut self) {
        self.previous.clear();
        self.step_size.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    #[should_panic(expected = "0 < minus < 1 < plus, got (0.5, 1); (0.5, 1.2) is the default")]
    fn growth_of_one() {
        Rprop::default().etas(0.5, 1.0);
    }

    #[test]
    #[should_panic(expected = "step_sizes must have min <= max, got (2, 1)")]
    fn crossed_step_sizes() {
        Rprop::default().step_sizes(2.0, 1.0);
    }

    #[test]
    #[should_panic(expected = "step_sizes: max must be finite and > 0, got NaN")]
    fn nan_step_size() {
        Rprop::default().step_sizes(0.0, f64::NAN);
    }

    #[test]
    fn step_sizes_stay_within_their_bounds() {
        let mut rule = Rprop::default().step_sizes(0.25, 1.0);
        let mut x = array![0.0_f64];
        for expected in [0.5, 1.0, 1.0] {
            let before = x[0];
            rule.step(0.5, &mut x, &array![1.0]);
            rule = rule.etas(0.5, 4.0);
            assert_eq!(before - x[0], expected);
        }
        // rest, step, rest, step: halved at each rest, down to 0.25
        let path = [-1.0, -1.0, 1.0, 1.0, -1.0, -1.0].map(|g| {
            rule.step(0.5, &mut x, &array![g]);
            x[0]
        });
        assert_eq!(path, [-2.5, -2.0, -2.0, -2.25, -2.25, -2.0]);
    }
}

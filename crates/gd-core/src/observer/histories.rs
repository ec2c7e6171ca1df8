//! Recording one number at every moment.

use std::ops::ControlFlow;

use super::{Observer, Snapshot};
use crate::{Float, linalg::norm};

/// Records f(x) at every moment: after T updates it holds T + 1 values, the start's first.
#[derive(Clone, Debug, PartialEq)]
pub struct LossHistory<F> {
    /// f(x₀), f(x₁), ….
    pub values: Vec<F>,
}

impl<F: Float> LossHistory<F> {
    /// Empty.
    pub fn new() -> Self {
        Self { values: Vec::new() }
    }
}

impl<F: Float> Default for LossHistory<F> {
    fn default() -> Self {
        Self::new()
    }
}

impl<F: Float> Observer<F> for LossHistory<F> {
    fn observe(&mut self, snapshot: &Snapshot<'_, F>) -> ControlFlow<()> {
        self.values.push(snapshot.value());
        ControlFlow::Continue(())
    }
}

/// Records ‖∇f(x)‖₂ at every moment: after T updates it holds T + 1 values, the start's first.
///
/// The gradient is the one the next update uses: for a stochastic solver that of a batch, whose
/// norm need not become small. Norms whose squares are beyond the number type are right too.
///
/// ```
/// use gd_core::{Descent, minimize, objective::Quadratic, observer::GradientNorms, optim::Sgd};
/// use ndarray::array;
///
/// let mut norms = GradientNorms::new();
/// let mut solver = Descent::new(Sgd::plain(), 0.25);
/// minimize(&Quadratic::diagonal(&[2.0, 2.0]), &mut solver, &mut array![3.0, -4.0], 2, &mut norms);
/// assert_eq!(norms.values, [10.0, 5.0, 2.5]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct GradientNorms<F> {
    /// ‖∇f(x₀)‖₂, ‖∇f(x₁)‖₂, ….
    pub values: Vec<F>,
}

impl<F: Float> GradientNorms<F> {
    /// Empty.
    pub fn new() -> Self {
        Self { values: Vec::new() }
    }
}

impl<F: Float> Default for GradientNorms<F> {
    fn default() -> Self {
        Self::new()
    }
}

impl<F: Float> Observer<F> for GradientNorms<F> {
    fn observe(&mut self, snapshot: &Snapshot<'_, F>) -> ControlFlow<()> {
        self.values.push(norm(snapshot.grad.iter().copied()));
        ControlFlow::Continue(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Descent, minimize, objective::Quadratic, optim::Sgd};
    use ndarray::array;

    #[test]
    fn norms_of_gradients_whose_squares_overflow_or_vanish() {
        for size in [1e-300, 1e300_f64] {
            let mut norms = GradientNorms::new();
            let mut x = array![3.0 * size, 4.0 * size];
            let bowl = Quadratic::diagonal(&[1.0, 1.0]);
            minimize(
                &bowl,
                &mut Descent::new(Sgd::plain(), 0.5),
                &mut x,
                1,
                &mut norms,
            );
            assert!((norms.values[0] / (5.0 * size) - 1.0).abs() < 1e-15);
            assert!((norms.values[1] / (2.5 * size) - 1.0).abs() < 1e-15);
        }
    }
}

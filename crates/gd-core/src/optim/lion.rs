//! Lion: the sign of a momentum.

use ndarray::ArrayRef1;

use super::{Optimizer, elementwise::each_coordinate, state::Buffer};
use crate::{Float, check, sign::sign};

/// Lion, evolved sign momentum: `optax.lion`.
///
/// With rates β₁, β₂ and weight decay λ, elementwise on arrays of length d:
///
/// ```text
/// u = sign(β₁m + (1 − β₁)g)     m₀ = 0, sign(0) = 0
/// x ← x − η(u + λx)
/// m ← β₂m + (1 − β₂)g
/// ```
///
/// Every coordinate moves by η, whatever its gradient, so η takes a smaller value than in Adam
/// (the authors advise a third to a tenth) and λ a larger one. Convention: weight decay is
/// decoupled, and η multiplies λ; the gradient enters u with the weight 1 − β₁ and m, which is kept,
/// with 1 − β₂.
///
/// Defaults: betas (0.9, 0.99), weight_decay 1e-3 (0 in the paper's own programs).
/// Chen et al., “Symbolic Discovery of Optimization Algorithms”, NeurIPS 2023, arXiv:2302.06675.
///
/// ```
/// use gd_core::{Optimizer, optim::Lion};
/// use ndarray::array;
///
/// let mut x = array![4.0_f64, -3.0, 2.0];
/// Lion::default().weight_decay(0.0).step(0.1, &mut x, &array![8.0, -0.006, 0.0]);
/// assert_eq!(x, array![3.9, -2.9, 2.0]);
/// ```
#[derive(Clone, Debug)]
pub struct Lion<F> {
    beta1: F,
    beta2: F,
    weight_decay: F,
    m: Buffer<F>,
}

impl<F: Float> Default for Lion<F> {
    fn default() -> Self {
        Self {
            beta1: F::of(0.9),
            beta2: F::of(0.99),
            weight_decay: F::of(1e-3),
            m: Buffer::default(),
        }
    }
}

impl<F: Float> Lion<F> {
    /// β₁ and β₂, each in [0, 1): the weight of m in the step, and how slowly m forgets.
    /// (0.9, 0.99) by default.
    ///
    /// # Panics
    /// If one of them is outside of [0, 1) or NaN.
    #[track_caller]
    pub fn betas(mut self, beta1: F, beta2: F) -> Self {
        check::decay_rate("beta1", beta1, "0.9 is the default");
        check::decay_rate("beta2", beta2, "0.99 is the default");
        (self.beta1, self.beta2) = (beta1, beta2);
        self
    }

    /// λ ≥ 0: adds λx to the sign; 1e-3 by default.
    ///
    /// # Panics
    /// If `weight_decay` is negative or not finite.
    #[track_caller]
    pub fn weight_decay(mut self, weight_decay: F) -> Self {
        check::non_negative("weight_decay", weight_decay, "1e-3 is the default");
        self.weight_decay = weight_decay;
        self
    }
}

impl<F: Float> Optimizer<F> for Lion<F> {
    fn step(&mut self, lr: F, x: &mut ArrayRef1<F>, grad: &ArrayRef1<F>) {
        let (b1, b2, lambda, one) = (self.beta1, self.beta2, self.weight_decay, F::one());
        let m = self.m.like(x);
        each_coordinate(x, grad, [m], |x, g, [m]| {
            let u = sign(b1 * *m + (one - b1) * g);
            *x -= lr * (u + lambda * *x);
            *m = b2 * *m + (one - b2) * g;
        });
    }

    fn reset(&mut self) {
        self.m.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    #[should_panic(expected = "beta2 must be in [0, 1), got 1; 0.99 is the default")]
    fn beta_of_one() {
        Lion::default().betas(0.9, 1.0);
    }

    #[test]
    #[should_panic(expected = "weight_decay must be finite and >= 0, got NaN; 1e-3 is the default")]
    fn nan_weight_decay() {
        Lion::default().weight_decay(f64::NAN);
    }

    #[test]
    fn momentum_outvotes_one_gradient() {
        let mut rule = Lion::default().weight_decay(0.0);
        let mut x = array![0.0_f64];
        for _ in 0..50 {
            rule.step(1.0, &mut x, &array![1.0]);
        }
        rule.step(1.0, &mut x, &array![-1.0]);
        assert_eq!(x[0], -51.0);
        rule.step(1.0, &mut x, &array![-100.0]);
        assert_eq!(x[0], -50.0);
    }
}

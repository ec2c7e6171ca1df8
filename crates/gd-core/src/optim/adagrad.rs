//! AdaGrad: every coordinate scaled by all of its gradients so far.

use ndarray::ArrayRef1;

use super::{Optimizer, elementwise::each_coordinate, state::Buffer};
use crate::{Float, check};

/// AdaGrad: `torch.optim.Adagrad`.
///
/// With learning rate decay δ, initial sum s₀, ε and weight decay λ, elementwise on arrays of
/// length d, at step t = 1, 2, …:
///
/// ```text
/// g ← ∇f(x) + λx
/// s ← s + g²
/// x ← x − η/(1 + (t − 1)δ) · g / (√s + ε)
/// ```
///
/// s only grows, so the steps only shrink: like 1/√t where gradients stay of one size. Convention:
/// ε stands outside of the root; δ is applied on top of the learning rate given to each step. The
/// first step has length η·|g|/(|g| + ε) ≈ η in each coordinate if s₀ = 0.
///
/// Defaults: eps 1e-10, the others 0.
/// Duchi, Hazan and Singer, “Adaptive Subgradient Methods for Online Learning and Stochastic
/// Optimization”, Journal of Machine Learning Research 12, 2011.
///
/// ```
/// use gd_core::{Optimizer, optim::Adagrad};
/// use ndarray::array;
///
/// let mut rule = Adagrad::default();
/// let mut x = array![4.0_f64, -3.0];
/// rule.step(0.1, &mut x, &array![8.0, -0.006]);
/// assert!((x[0] - 3.9).abs() < 1e-8 && (x[1] + 2.9).abs() < 1e-8);
/// // the same gradient again: √s has grown by √2
/// rule.step(0.1, &mut x, &array![8.0, -0.006]);
/// assert!((x[0] - (3.9 - 0.1 / 2.0_f64.sqrt())).abs() < 1e-8);
/// ```
#[derive(Clone, Debug)]
pub struct Adagrad<F> {
    lr_decay: F,
    initial_accumulator_value: F,
    eps: F,
    weight_decay: F,
    steps: usize,
    sum: Buffer<F>,
}

impl<F: Float> Default for Adagrad<F> {
    fn default() -> Self {
        Self {
            lr_decay: F::zero(),
            initial_accumulator_value: F::zero(),
            eps: F::of(1e-10),
            weight_decay: F::zero(),
            steps: 0,
            sum: Buffer::default(),
        }
    }
}

impl<F: Float> Adagrad<F> {
    /// δ ≥ 0: divides the learning rate by 1 + (t − 1)δ; 0 by default.
    ///
    /// # Panics
    /// If `lr_decay` is negative or not finite.
    #[track_caller]
    pub fn lr_decay(mut self, lr_decay: F) -> Self {
        check::non_negative("lr_decay", lr_decay, "0 is the default");
        self.lr_decay = lr_decay;
        self
    }

    /// s₀ ≥ 0, which shortens the first steps; 0 by default. To be set before the first step.
    ///
    /// # Panics
    /// If `value` is negative or not finite.
    #[track_caller]
    pub fn initial_accumulator_value(mut self, value: F) -> Self {
        check::non_negative("initial_accumulator_value", value, "0 is the default");
        self.initial_accumulator_value = value;
        self
    }

    /// ε ≥ 0, which keeps the quotient finite where gradients vanish; 1e-10 by default.
    ///
    /// # Panics
    /// If `eps` is negative or not finite.
    #[track_caller]
    pub fn eps(mut self, eps: F) -> Self {
        check::non_negative("eps", eps, "1e-10 is the default");
        self.eps = eps;
        self
    }

    /// λ ≥ 0: adds λx to the gradient; 0 by default.
    ///
    /// # Panics
    /// If `weight_decay` is negative or not finite.
    #[track_caller]
    pub fn weight_decay(mut self, weight_decay: F) -> Self {
        check::non_negative("weight_decay", weight_decay, "0 is the default");
        self.weight_decay = weight_decay;
        self
    }
}

impl<F: Float> Optimizer<F> for Adagrad<F> {
    fn step(&mut self, lr: F, x: &mut ArrayRef1<F>, grad: &ArrayRef1<F>) {
        let (eps, lambda) = (self.eps, self.weight_decay);
        let eta = lr / (F::one() + F::of(self.steps as f64) * self.lr_decay);
        self.steps += 1;
        let s = self.sum.like_from(x, self.initial_accumulator_value);
        each_coordinate(x, grad, [s], |x, g, [s]| {
            let g = g + lambda * *x;
            *s += g * g;
            *x -= eta * g / (s.sqrt() + eps);
        });
    }

    fn reset(&mut self) {
        self.steps = 0;
        self.sum.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    #[should_panic(expected = "lr_decay must be finite and >= 0, got -1; 0 is the default")]
    fn negative_lr_decay() {
        Adagrad::default().lr_decay(-1.0);
    }

    #[test]
    #[should_panic(expected = "initial_accumulator_value must be finite and >= 0, got inf")]
    fn infinite_initial_accumulator() {
        Adagrad::default().initial_accumulator_value(f64::INFINITY);
    }

    #[test]
    fn the_learning_rate_decays_from_the_second_step_on() {
        let mut rule = Adagrad::default().lr_decay(1.0).eps(0.0);
        let mut x = array![0.0_f64];
        rule.step(1.0, &mut x, &array![3.0]);
        assert_eq!(x[0], -1.0);
        rule.step(1.0, &mut x, &array![4.0]);
        assert_eq!(x[0], -1.0 - 0.5 * 4.0 / 5.0);
    }
}

//! Gradient descent, with momentum in its two forms.

use ndarray::ArrayRef1;

use super::{Optimizer, elementwise::each_coordinate, state::Buffer};
use crate::{Float, check};

/// Gradient descent, optionally with momentum: `torch.optim.SGD`.
///
/// Plain, x ← x − ηg. With momentum μ, dampening τ and weight decay λ, elementwise on arrays of
/// length d:
///
/// ```text
/// g ← ∇f(x) + λx
/// v ← g                  at the first step (τ is not applied)
/// v ← μv + (1 − τ)g      at the later ones
/// x ← x − ηv             or, with Nesterov momentum, x ← x − η(g + μv)
/// ```
///
/// η is the learning rate given to each step. Convention: the learning rate stands outside of v
/// (in some texts v includes it: then a change of η acts on v only slowly).
///
/// Defaults: all 0, no Nesterov momentum. Momentum: B. T. Polyak, “Some methods of speeding up the
/// convergence of iteration methods”, 1964, doi:10.1016/0041-5553(64)90137-5. Nesterov momentum in
/// this form: Sutskever et al., “On the importance of initialization and momentum in deep
/// learning”, ICML 2013.
///
/// ```
/// use gd_core::{Optimizer, optim::Sgd};
/// use ndarray::array;
///
/// // f(x) = x² from 4 with lr 0.1: the second step is 0.9·8 + 6.4 times 0.1 long
/// let mut rule = Sgd::default().momentum(0.9);
/// let mut x = array![4.0_f64];
/// for _ in 0..2 {
///     let grad = 2.0 * &x;
///     rule.step(0.1, &mut x, &grad);
/// }
/// assert!((x[0] - 1.84).abs() < 1e-12);
/// ```
#[derive(Clone, Debug)]
pub struct Sgd<F> {
    momentum: F,
    dampening: F,
    nesterov: bool,
    weight_decay: F,
    velocity: Buffer<F>,
}

impl<F: Float> Default for Sgd<F> {
    fn default() -> Self {
        Self {
            momentum: F::zero(),
            dampening: F::zero(),
            nesterov: false,
            weight_decay: F::zero(),
            velocity: Buffer::default(),
        }
    }
}

impl<F: Float> Sgd<F> {
    /// x ← x − ηg and nothing else: the default.
    pub fn plain() -> Self {
        Self::default()
    }

    /// μ, how much of v survives a step: 0 (none, the default) or more; 0.9 is usual. From 1 on, v
    /// never fades.
    ///
    /// # Panics
    /// If `momentum` is negative or not finite, or 0 with Nesterov momentum.
    #[track_caller]
    pub fn momentum(mut self, momentum: F) -> Self {
        check::non_negative("momentum", momentum, "0.9 is usual");
        self.momentum = momentum;
        self.check_nesterov();
        self
    }

    /// τ, the part of each gradient after the first that does not enter v: 0 by default.
    ///
    /// # Panics
    /// If `dampening` is not finite, or not 0 with Nesterov momentum.
    #[track_caller]
    pub fn dampening(mut self, dampening: F) -> Self {
        assert!(
            dampening.is_finite(),
            "dampening must be finite, got {dampening}; 0 is the default"
        );
        self.dampening = dampening;
        self.check_nesterov();
        self
    }

    /// Whether to look ahead along v (false by default). Set the momentum before.
    ///
    /// # Panics
    /// If `nesterov` is true while momentum is 0 or dampening is not 0.
    #[track_caller]
    pub fn nesterov(mut self, nesterov: bool) -> Self {
        self.nesterov = nesterov;
        self.check_nesterov();
        self
    }

    /// λ ≥ 0: adds λx to the gradient, before momentum; 0 by default.
    ///
    /// # Panics
    /// If `weight_decay` is negative or not finite.
    #[track_caller]
    pub fn weight_decay(mut self, weight_decay: F) -> Self {
        check::non_negative("weight_decay", weight_decay, "0 is the default");
        self.weight_decay = weight_decay;
        self
    }

    #[track_caller]
    fn check_nesterov(&self) {
        assert!(
            !self.nesterov || (self.momentum > F::zero() && self.dampening.is_zero()),
            "nesterov needs momentum > 0 and dampening 0, got momentum {} and dampening {}; \
             write Sgd::default().momentum(0.9).nesterov(true)",
            self.momentum,
            self.dampening
        );
    }
}

impl<F: Float> Optimizer<F> for Sgd<F> {
    fn step(&mut self, lr: F, x: &mut ArrayRef1<F>, grad: &ArrayRef1<F>) {
        let (mu, lambda) = (self.momentum, self.weight_decay);
        if mu.is_zero() {
            each_coordinate(x, grad, [], |x, g, []| {
                let g = g + lambda * *x;
                *x -= lr * g;
            });
            return;
        }
        let share = if self.velocity.is_unused() {
            F::one()
        } else {
            F::one() - self.dampening
        };
        let nesterov = self.nesterov;
        let v = self.velocity.like(x);
        each_coordinate(x, grad, [v], |x, g, [v]| {
            let g = g + lambda * *x;
            *v = mu * *v + share * g;
            *x -= lr * if nesterov { g + mu * *v } else { *v };
        });
    }

    fn reset(&mut self) {
        self.velocity.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    #[should_panic(expected = "momentum must be finite and >= 0, got -0.5; 0.9 is usual")]
    fn negative_momentum() {
        Sgd::default().momentum(-0.5);
    }

    #[test]
    #[should_panic(expected = "nesterov needs momentum > 0 and dampening 0, got momentum 0")]
    fn nesterov_without_momentum() {
        Sgd::<f64>::default().nesterov(true);
    }

    #[test]
    #[should_panic(expected = "nesterov needs momentum > 0 and dampening 0")]
    fn dampened_nesterov() {
        Sgd::default().momentum(0.9).nesterov(true).dampening(0.5);
    }

    #[test]
    #[should_panic(expected = "weight_decay must be finite and >= 0, got NaN")]
    fn nan_weight_decay() {
        Sgd::default().weight_decay(f64::NAN);
    }

    #[test]
    #[should_panic(expected = "state has length 1, but x has length 2; call reset()")]
    fn changed_dimension() {
        let mut rule = Sgd::default().momentum(0.9);
        rule.step(0.1, &mut array![1.0], &array![1.0]);
        rule.step(0.1, &mut array![1.0, 1.0], &array![1.0, 1.0]);
    }
}

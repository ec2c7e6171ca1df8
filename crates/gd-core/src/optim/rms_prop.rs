//! RMSprop: every coordinate scaled by its recent gradients.

use ndarray::ArrayRef1;

use super::{Optimizer, elementwise::each_coordinate, state::Buffer};
use crate::{Float, check};

/// RMSprop, optionally centered and with momentum: `torch.optim.RMSprop`.
///
/// With decay rate α, ε, momentum μ and weight decay λ, elementwise on arrays of length d:
///
/// ```text
/// g ← ∇f(x) + λx
/// s ← αs + (1 − α)g²            s₀ = 0
/// ḡ ← αḡ + (1 − α)g             ḡ₀ = 0, only if centered
/// d = √s + ε                    or, centered, √(s − ḡ²) + ε
/// x ← x − ηg/d                  or, with momentum, v ← μv + g/d (v₀ = 0), x ← x − ηv
/// ```
///
/// Convention: ε stands outside of the root. There is no bias correction, so the first step (not
/// centered) has the length η/√(1 − α), 10η by default, in every coordinate. s − ḡ² is a variance and so ≥ 0;
/// where rounding makes it negative it counts as 0 (PyTorch returns NaN there).
///
/// Defaults: alpha 0.99, eps 1e-8, the others 0, not centered.
/// Tieleman and Hinton, “Lecture 6.5: rmsprop”, COURSERA: Neural Networks for Machine Learning,
/// 2012. Centered: Graves, “Generating Sequences With Recurrent Neural Networks”, 2013,
/// arXiv:1308.0850.
///
/// ```
/// use gd_core::{Optimizer, optim::RmsProp};
/// use ndarray::array;
///
/// let mut x = array![4.0_f64, -3.0];
/// RmsProp::default().step(0.01, &mut x, &array![8.0, -0.006]);
/// assert!((x[0] - 3.9).abs() < 1e-6 && (x[1] + 2.9).abs() < 2e-6);
/// ```
#[derive(Clone, Debug)]
pub struct RmsProp<F> {
    alpha: F,
    eps: F,
    weight_decay: F,
    momentum: F,
    centered: bool,
    square_avg: Buffer<F>,
    grad_avg: Buffer<F>,
    velocity: Buffer<F>,
}

impl<F: Float> Default for RmsProp<F> {
    fn default() -> Self {
        Self {
            alpha: F::of(0.99),
            eps: F::of(1e-8),
            weight_decay: F::zero(),
            momentum: F::zero(),
            centered: false,
            square_avg: Buffer::default(),
            grad_avg: Buffer::default(),
            velocity: Buffer::default(),
        }
    }
}

impl<F: Float> RmsProp<F> {
    /// α in [0, 1): how slowly s forgets; 0.99 by default.
    ///
    /// # Panics
    /// If `alpha` is outside of [0, 1) or NaN.
    #[track_caller]
    pub fn alpha(mut self, alpha: F) -> Self {
        check::decay_rate("alpha", alpha, "0.99 is the default");
        self.alpha = alpha;
        self
    }

    /// ε ≥ 0, which keeps the quotient finite where gradients vanish; 1e-8 by default.
    ///
    /// # Panics
    /// If `eps` is negative or not finite.
    #[track_caller]
    pub fn eps(mut self, eps: F) -> Self {
        check::non_negative("eps", eps, "1e-8 is the default");
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

    /// μ ≥ 0, how much of the last step's v survives; 0 by default.
    ///
    /// # Panics
    /// If `momentum` is negative or not finite.
    #[track_caller]
    pub fn momentum(mut self, momentum: F) -> Self {
        check::non_negative("momentum", momentum, "0 is the default, 0.9 is usual");
        self.momentum = momentum;
        self
    }

    /// Whether to divide by the standard deviation of the gradients in the place of their root
    /// mean square (false by default). To be set before the first step.
    pub fn centered(mut self, centered: bool) -> Self {
        self.centered = centered;
        self
    }
}

impl<F: Float> Optimizer<F> for RmsProp<F> {
    fn step(&mut self, lr: F, x: &mut ArrayRef1<F>, grad: &ArrayRef1<F>) {
        let (alpha, eps, mu, lambda) = (self.alpha, self.eps, self.momentum, self.weight_decay);
        let (zero, one) = (F::zero(), F::one());
        // v ← μv + g/d, which with μ = 0 is g/d: one body for both.
        let s = self.square_avg.like(x);
        let v = self.velocity.like(x);
        if self.centered {
            let g_avg = self.grad_avg.like(x);
            each_coordinate(x, grad, [s, v, g_avg], |x, g, [s, v, g_avg]| {
                let g = g + lambda * *x;
                *s = alpha * *s + (one - alpha) * g * g;
                *g_avg = alpha * *g_avg + (one - alpha) * g;
                let d = (*s - *g_avg * *g_avg).max(zero).sqrt() + eps;
                *v = mu * *v + g / d;
                *x -= lr * *v;
            });
        } else {
            each_coordinate(x, grad, [s, v], |x, g, [s, v]| {
                let g = g + lambda * *x;
                *s = alpha * *s + (one - alpha) * g * g;
                let d = s.sqrt() + eps;
                *v = mu * *v + g / d;
                *x -= lr * *v;
            });
        }
    }

    fn reset(&mut self) {
        self.square_avg.clear();
        self.grad_avg.clear();
        self.velocity.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    #[should_panic(expected = "alpha must be in [0, 1), got 1; 0.99 is the default")]
    fn alpha_of_one() {
        RmsProp::default().alpha(1.0);
    }

    #[test]
    fn a_constant_gradient_keeps_the_centered_form_finite() {
        let mut rule = RmsProp::default().centered(true).alpha(0.5);
        let mut x = array![0.0_f32];
        for _ in 0..1000 {
            rule.step(1e-12, &mut x, &array![0.3]);
        }
        assert!(x[0].is_finite() && x[0] < 0.0);
    }
}

//! Adadelta: steps measured by the steps before, not by a learning rate.

use ndarray::ArrayRef1;

use super::{Optimizer, elementwise::each_coordinate, state::Buffer};
use crate::{Float, check};

/// Adadelta: `torch.optim.Adadelta`.
///
/// With decay rate ρ, ε and weight decay λ, elementwise on arrays of length d:
///
/// ```text
/// g ← ∇f(x) + λx
/// s ← ρs + (1 − ρ)g²            s₀ = 0
/// Δ ← √(u + ε) / √(s + ε) · g
/// u ← ρu + (1 − ρ)Δ²            u₀ = 0
/// x ← x − ηΔ
/// ```
///
/// Δ has the unit of x, so η = 1 is meant. Convention: ε stands inside of both roots; η multiplies
/// Δ after u has taken it in. Without bias correction and with u₀ = 0, the first step is
/// about η√(ε/(1 − ρ)) long, 0.003η by default: the start is slow.
///
/// Defaults: rho 0.9, eps 1e-6, weight_decay 0.
/// Zeiler, “ADADELTA: An Adaptive Learning Rate Method”, 2012, arXiv:1212.5701.
///
/// ```
/// use gd_core::{Optimizer, optim::Adadelta};
/// use ndarray::array;
///
/// let mut x = array![4.0_f64, -3.0];
/// Adadelta::default().step(1.0, &mut x, &array![8.0, -80.0]);
/// let length = 1e-5_f64.sqrt();
/// assert!((x[0] - (4.0 - length)).abs() < 1e-9 && (x[1] - (-3.0 + length)).abs() < 1e-9);
/// ```
#[derive(Clone, Debug)]
pub struct Adadelta<F> {
    rho: F,
    eps: F,
    weight_decay: F,
    square_avg: Buffer<F>,
    delta_avg: Buffer<F>,
}

impl<F: Float> Default for Adadelta<F> {
    fn default() -> Self {
        Self {
            rho: F::of(0.9),
            eps: F::of(1e-6),
            weight_decay: F::zero(),
            square_avg: Buffer::default(),
            delta_avg: Buffer::default(),
        }
    }
}

impl<F: Float> Adadelta<F> {
    /// ρ in [0, 1): how slowly s and u forget; 0.9 by default.
    ///
    /// # Panics
    /// If `rho` is outside of [0, 1) or NaN.
    #[track_caller]
    pub fn rho(mut self, rho: F) -> Self {
        check::decay_rate("rho", rho, "0.9 is the default");
        self.rho = rho;
        self
    }

    /// ε ≥ 0, which sets the length of the first steps (with 0 there are none) and keeps the
    /// quotient finite where gradients vanish; 1e-6 by default.
    ///
    /// # Panics
    /// If `eps` is negative or not finite.
    #[track_caller]
    pub fn eps(mut self, eps: F) -> Self {
        check::non_negative("eps", eps, "1e-6 is the default");
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

impl<F: Float> Optimizer<F> for Adadelta<F> {
    fn step(&mut self, lr: F, x: &mut ArrayRef1<F>, grad: &ArrayRef1<F>) {
        let (rho, eps, lambda) = (self.rho, self.eps, self.weight_decay);
        let one = F::one();
        let s = self.square_avg.like(x);
        let u = self.delta_avg.like(x);
        each_coordinate(x, grad, [s, u], |x, g, [s, u]| {
            let g = g + lambda * *x;
            *s = rho * *s + (one - rho) * g * g;
            let delta = (*u + eps).sqrt() / (*s + eps).sqrt() * g;
            *u = rho * *u + (one - rho) * delta * delta;
            *x -= lr * delta;
        });
    }

    fn reset(&mut self) {
        self.square_avg.clear();
        self.delta_avg.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    #[should_panic(expected = "rho must be in [0, 1), got 1; 0.9 is the default")]
    fn rho_of_one() {
        Adadelta::default().rho(1.0);
    }

    #[test]
    #[should_panic(expected = "eps must be finite and >= 0, got NaN; 1e-6 is the default")]
    fn nan_eps() {
        Adadelta::default().eps(f64::NAN);
    }

    #[test]
    fn the_size_of_the_gradients_does_not_matter() {
        let (mut x, mut y) = (array![0.0_f64], array![0.0]);
        let (mut rule, mut twin) = (Adadelta::default(), Adadelta::default());
        for k in 1..=10 {
            let grad = array![f64::from(k)];
            rule.step(1.0, &mut x, &(&grad * 1e3));
            twin.step(1.0, &mut y, &(&grad * 1e6));
        }
        assert!((x[0] / y[0] - 1.0).abs() < 1e-9);
    }
}

//! Adamax: Adam with a maximum in the place of the mean square.

use ndarray::ArrayRef1;

use super::{Optimizer, bias::BiasCorrection, elementwise::each_coordinate, state::Buffer};
use crate::{Float, check};

/// Adamax, Adam in the infinity norm: `torch.optim.Adamax`.
///
/// With decay rates β₁, β₂, ε and weight decay λ, elementwise on arrays of length d, at step
/// t = 1, 2, …:
///
/// ```text
/// g ← ∇f(x) + λx
/// m ← β₁m + (1 − β₁)g           m₀ = 0
/// u ← max(β₂u, |g| + ε)         u₀ = 0
/// x ← x − η (m/c₁) / u          with c₁ = 1 − β₁ᵗ
/// ```
///
/// u needs no bias correction. Convention: ε is added to |g| inside of the maximum, and so decays
/// with it. With the default betas no step is longer than about η; the first has length
/// η·|g|/(|g| + ε) ≈ η in each coordinate.
///
/// Defaults: betas (0.9, 0.999), eps 1e-8, weight_decay 0.
/// Kingma and Ba, “Adam: A Method for Stochastic Optimization”, ICLR 2015, arXiv:1412.6980,
/// section 7.1.
///
/// ```
/// use gd_core::{Optimizer, optim::Adamax};
/// use ndarray::array;
///
/// let mut x = array![4.0_f64, -3.0];
/// Adamax::default().step(0.1, &mut x, &array![8.0, -0.006]);
/// assert!((x[0] - 3.9).abs() < 1e-6 && (x[1] + 2.9).abs() < 1e-6);
/// ```
#[derive(Clone, Debug)]
pub struct Adamax<F> {
    beta1: F,
    beta2: F,
    eps: F,
    weight_decay: F,
    c1: BiasCorrection,
    m: Buffer<F>,
    u: Buffer<F>,
}

impl<F: Float> Default for Adamax<F> {
    fn default() -> Self {
        Self {
            beta1: F::of(0.9),
            beta2: F::of(0.999),
            eps: F::of(1e-8),
            weight_decay: F::zero(),
            c1: BiasCorrection::new(),
            m: Buffer::default(),
            u: Buffer::default(),
        }
    }
}

impl<F: Float> Adamax<F> {
    /// β₁ and β₂, each in [0, 1): how slowly m and u forget. (0.9, 0.999) by default.
    ///
    /// # Panics
    /// If one of them is outside of [0, 1) or NaN.
    #[track_caller]
    pub fn betas(mut self, beta1: F, beta2: F) -> Self {
        check::decay_rate("beta1", beta1, "0.9 is the default");
        check::decay_rate("beta2", beta2, "0.999 is the default");
        (self.beta1, self.beta2) = (beta1, beta2);
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
}

impl<F: Float> Optimizer<F> for Adamax<F> {
    fn step(&mut self, lr: F, x: &mut ArrayRef1<F>, grad: &ArrayRef1<F>) {
        let (b1, b2, eps, lambda) = (self.beta1, self.beta2, self.eps, self.weight_decay);
        let one = F::one();
        let eta = lr / self.c1.next(b1);
        let m = self.m.like(x);
        let u = self.u.like(x);
        each_coordinate(x, grad, [m, u], |x, g, [m, u]| {
            let g = g + lambda * *x;
            *m = b1 * *m + (one - b1) * g;
            *u = (b2 * *u).max(g.abs() + eps);
            *x -= eta * *m / *u;
        });
    }

    fn reset(&mut self) {
        self.c1 = BiasCorrection::new();
        self.m.clear();
        self.u.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    #[should_panic(expected = "beta1 must be in [0, 1), got -0.1; 0.9 is the default")]
    fn negative_beta() {
        Adamax::default().betas(-0.1, 0.999);
    }

    #[test]
    fn one_large_gradient_is_remembered() {
        let mut rule = Adamax::default().betas(0.0, 0.5).eps(0.0);
        let mut x = array![0.0_f64];
        rule.step(1.0, &mut x, &array![8.0]);
        assert_eq!(x[0], -1.0);
        rule.step(1.0, &mut x, &array![1.0]);
        assert_eq!(x[0], -1.25);
    }
}

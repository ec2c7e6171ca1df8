//! NAdam: Adam with Nesterov momentum.

use ndarray::ArrayRef1;

use super::{
    Optimizer, bias::BiasCorrection, decay::WeightDecay, elementwise::each_coordinate,
    state::Buffer,
};
use crate::{Float, check};

/// NAdam, Adam with Nesterov momentum: `torch.optim.NAdam`.
///
/// With decay rates β₁, β₂, ε, momentum decay ψ and weight decay λ, elementwise on arrays of
/// length d, at step t = 1, 2, …:
///
/// ```text
/// g ← ∇f(x) + λx                or, decoupled, g ← ∇f(x) and x ← (1 − ηλ)x
/// m ← β₁m + (1 − β₁)g           m₀ = 0
/// v ← β₂v + (1 − β₂)g²          v₀ = 0
/// μₜ = β₁(1 − ½·0.96^(tψ))      P ← P·μₜ, P₀ = 1
/// x ← x − η ( (1 − μₜ)/(1 − P)·g + μₜ₊₁/(1 − P·μₜ₊₁)·m ) / (√(v/c₂) + ε)    with c₂ = 1 − β₂ᵗ
/// ```
///
/// The fresh gradient enters the step twice: by itself, and in m, whose weight is the momentum μₜ₊₁
/// of the next step. Convention: ε stands outside of the root; μₜ and P are kept in the precision
/// of x.
///
/// Defaults: betas (0.9, 0.999), eps 1e-8, weight_decay 0, momentum_decay 0.004, not decoupled.
/// Dozat, “Incorporating Nesterov Momentum into Adam”, ICLR 2016 workshop. Decoupled: Loshchilov
/// and Hutter, “Decoupled Weight Decay Regularization”, ICLR 2019, arXiv:1711.05101.
///
/// ```
/// use gd_core::{Optimizer, optim::NAdam};
/// use ndarray::array;
///
/// // without momentum it is Adam without momentum: the first step has length lr
/// let mut x = array![4.0_f64, -3.0];
/// NAdam::default().betas(0.0, 0.999).step(0.1, &mut x, &array![8.0, -0.006]);
/// assert!((x[0] - 3.9).abs() < 1e-6 && (x[1] + 2.9).abs() < 1e-6);
/// ```
#[derive(Clone, Debug)]
pub struct NAdam<F> {
    beta1: F,
    beta2: F,
    eps: F,
    weight_decay: WeightDecay<F>,
    momentum_decay: F,
    t: i32,
    c2: BiasCorrection,
    mu_product: F,
    m: Buffer<F>,
    v: Buffer<F>,
}

impl<F: Float> Default for NAdam<F> {
    fn default() -> Self {
        Self {
            beta1: F::of(0.9),
            beta2: F::of(0.999),
            eps: F::of(1e-8),
            weight_decay: WeightDecay::none(),
            momentum_decay: F::of(0.004),
            t: 0,
            c2: BiasCorrection::new(),
            mu_product: F::one(),
            m: Buffer::default(),
            v: Buffer::default(),
        }
    }
}

impl<F: Float> NAdam<F> {
    /// β₁ and β₂, each in [0, 1): how slowly m and v forget. (0.9, 0.999) by default.
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

    /// λ ≥ 0: adds λx to the gradient or, decoupled, multiplies x by 1 − ηλ; 0 by default.
    ///
    /// # Panics
    /// If `weight_decay` is negative or not finite.
    #[track_caller]
    pub fn weight_decay(mut self, weight_decay: F) -> Self {
        check::non_negative("weight_decay", weight_decay, "0 is the default");
        self.weight_decay.rate = weight_decay;
        self
    }

    /// Whether weight decay bypasses the gradient, as in [`AdamW`](super::AdamW) (false by
    /// default).
    pub fn decoupled_weight_decay(mut self, decoupled: bool) -> Self {
        self.weight_decay.decoupled = decoupled;
        self
    }

    /// ψ ≥ 0: how fast μₜ rises from about β₁/2 to β₁; 0.004 by default.
    ///
    /// # Panics
    /// If `momentum_decay` is negative or not finite.
    #[track_caller]
    pub fn momentum_decay(mut self, momentum_decay: F) -> Self {
        check::non_negative("momentum_decay", momentum_decay, "0.004 is the default");
        self.momentum_decay = momentum_decay;
        self
    }

    /// μₜ.
    fn momentum(&self, t: i32) -> F {
        let exponent = F::of(f64::from(t)) * self.momentum_decay;
        self.beta1 * (F::one() - F::of(0.5) * F::of(0.96).powf(exponent))
    }
}

impl<F: Float> Optimizer<F> for NAdam<F> {
    fn step(&mut self, lr: F, x: &mut ArrayRef1<F>, grad: &ArrayRef1<F>) {
        self.t = self.t.saturating_add(1);
        let (b1, b2, eps, one) = (self.beta1, self.beta2, self.eps, F::one());
        let (keep, lambda) = self.weight_decay.factors(lr);
        let mu = self.momentum(self.t);
        let mu_next = self.momentum(self.t.saturating_add(1));
        self.mu_product *= mu;
        let eta_g = lr * (one - mu) / (one - self.mu_product);
        let eta_m = lr * mu_next / (one - self.mu_product * mu_next);
        let c2 = self.c2.next(b2);
        let m = self.m.like(x);
        let v = self.v.like(x);
        each_coordinate(x, grad, [m, v], |x, g, [m, v]| {
            let g = g + lambda * *x;
            *m = b1 * *m + (one - b1) * g;
            *v = b2 * *v + (one - b2) * g * g;
            *x = keep * *x - (eta_g * g + eta_m * *m) / ((*v / c2).sqrt() + eps);
        });
    }

    fn reset(&mut self) {
        self.t = 0;
        self.c2 = BiasCorrection::new();
        self.mu_product = F::one();
        self.m.clear();
        self.v.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    #[should_panic(expected = "momentum_decay must be finite and >= 0, got -1; 0.004 is")]
    fn negative_momentum_decay() {
        NAdam::default().momentum_decay(-1.0);
    }

    #[test]
    fn a_long_run_keeps_its_factors_finite() {
        let mut rule = NAdam::default();
        let mut x = array![0.0_f32];
        for _ in 0..100_000 {
            rule.step(1e-3, &mut x, &array![1.0]);
        }
        assert_eq!(rule.mu_product, 0.0);
        assert!((x[0] + 100.0).abs() < 0.5, "{x}");
    }
}

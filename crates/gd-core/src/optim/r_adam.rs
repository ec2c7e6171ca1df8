//! RAdam: Adam that waits until its divisor is known well enough.

use ndarray::ArrayRef1;

use super::{
    Optimizer, bias::BiasCorrection, decay::WeightDecay, elementwise::each_coordinate,
    state::Buffer,
};
use crate::{Float, check};

/// RAdam, rectified Adam: `torch.optim.RAdam`.
///
/// With decay rates β₁, β₂, ε and weight decay λ, elementwise on arrays of length d, at step
/// t = 1, 2, …:
///
/// ```text
/// g ← ∇f(x) + λx                or, decoupled, g ← ∇f(x) and x ← (1 − ηλ)x
/// m ← β₁m + (1 − β₁)g           m₀ = 0
/// v ← β₂v + (1 − β₂)g²          v₀ = 0
/// ρ∞ = 2/(1 − β₂) − 1           ρ = ρ∞ − 2tβ₂ᵗ/c₂    with c₁ = 1 − β₁ᵗ, c₂ = 1 − β₂ᵗ
/// x ← x − η (m/c₁) · r √c₂/(√v + ε)    if ρ > 5, with r² = (ρ−4)(ρ−2)ρ∞ / ((ρ∞−4)(ρ∞−2)ρ)
/// x ← x − η (m/c₁)                     otherwise
/// ```
///
/// ρ counts how many gradients v rests on; r, which grows from 0 towards 1, is a warm-up that needs
/// no setting. With the default β₂ the first 5 steps are plain momentum, as long as the gradient;
/// with β₂ ≤ 2/3 all are. Convention: ε is added to √v before the bias correction.
///
/// Defaults: betas (0.9, 0.999), eps 1e-8, weight_decay 0, not decoupled.
/// Liu et al., “On the Variance of the Adaptive Learning Rate and Beyond”, ICLR 2020,
/// arXiv:1908.03265. Decoupled: Loshchilov and Hutter, “Decoupled Weight Decay Regularization”,
/// ICLR 2019, arXiv:1711.05101.
///
/// ```
/// use gd_core::{Optimizer, optim::RAdam};
/// use ndarray::array;
///
/// let mut x = array![4.0_f64, -3.0];
/// RAdam::default().step(0.1, &mut x, &array![8.0, -0.006]);
/// assert!((x[0] - 3.2).abs() < 1e-12 && (x[1] + 2.9994).abs() < 1e-12);
/// ```
#[derive(Clone, Debug)]
pub struct RAdam<F> {
    beta1: F,
    beta2: F,
    eps: F,
    weight_decay: WeightDecay<F>,
    t: i32,
    c1: BiasCorrection,
    c2: BiasCorrection,
    m: Buffer<F>,
    v: Buffer<F>,
}

impl<F: Float> Default for RAdam<F> {
    fn default() -> Self {
        Self {
            beta1: F::of(0.9),
            beta2: F::of(0.999),
            eps: F::of(1e-8),
            weight_decay: WeightDecay::none(),
            t: 0,
            c1: BiasCorrection::new(),
            c2: BiasCorrection::new(),
            m: Buffer::default(),
            v: Buffer::default(),
        }
    }
}

impl<F: Float> RAdam<F> {
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

    /// r at step t, or None while ρ ≤ 5. In double precision whatever `F` is: ρ is a small
    /// difference of two large numbers, and single precision would change the step at which it
    /// passes 5. By `powf`, which rounds once: the rounding errors of a product grow with t.
    fn rectification(&self) -> Option<F> {
        let b2 = self.beta2.to_f64().expect("f32 and f64 fit into f64");
        let b2_t = b2.powf(f64::from(self.t));
        let limit = 2.0 / (1.0 - b2) - 1.0;
        let rho = limit - 2.0 * f64::from(self.t) * b2_t / (1.0 - b2_t);
        let square = (rho - 4.0) * (rho - 2.0) * limit / ((limit - 4.0) * (limit - 2.0) * rho);
        (rho > 5.0).then(|| F::of(square.sqrt()))
    }
}

impl<F: Float> Optimizer<F> for RAdam<F> {
    fn step(&mut self, lr: F, x: &mut ArrayRef1<F>, grad: &ArrayRef1<F>) {
        self.t = self.t.saturating_add(1);
        let (b1, b2, eps, one) = (self.beta1, self.beta2, self.eps, F::one());
        let (keep, lambda) = self.weight_decay.factors(lr);
        let eta = lr / self.c1.next(b1);
        let sqrt_c2 = self.c2.next(b2).sqrt();
        let r_sqrt_c2 = self.rectification().map(|r| r * sqrt_c2);
        let m = self.m.like(x);
        let v = self.v.like(x);
        each_coordinate(x, grad, [m, v], |x, g, [m, v]| {
            let g = g + lambda * *x;
            *m = b1 * *m + (one - b1) * g;
            *v = b2 * *v + (one - b2) * g * g;
            let scale = r_sqrt_c2.map_or(one, |r_sqrt_c2| r_sqrt_c2 / (v.sqrt() + eps));
            *x = keep * *x - eta * *m * scale;
        });
    }

    fn reset(&mut self) {
        self.t = 0;
        (self.c1, self.c2) = (BiasCorrection::new(), BiasCorrection::new());
        self.m.clear();
        self.v.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    #[should_panic(expected = "beta2 must be in [0, 1), got 1; 0.999 is the default")]
    fn beta_of_one() {
        RAdam::default().betas(0.9, 1.0);
    }

    /// The first step that is divided by √v, or None.
    fn first_rectified<F: Float>(beta2: F) -> Option<i32> {
        let mut rule = RAdam::default().betas(F::of(0.9), beta2);
        (1..=1000).find(|&t| {
            rule.t = t;
            rule.rectification().is_some()
        })
    }

    #[test]
    fn the_sixth_step_is_the_first_rectified_in_both_precisions() {
        assert_eq!(first_rectified(0.999_f32), Some(6));
        assert_eq!(first_rectified(0.999_f64), Some(6));
        assert_eq!(first_rectified(0.66), None);
        assert_eq!(first_rectified(0.0), None);
    }

    #[test]
    fn late_steps_have_length_lr() {
        let mut rule = RAdam::default();
        let mut x = array![0.0_f64];
        for _ in 0..20_000 {
            rule.step(0.1, &mut x, &array![3.0]);
        }
        let before = x[0];
        rule.step(0.1, &mut x, &array![3.0]);
        assert!((before - x[0] - 0.1).abs() < 1e-6);
    }
}

//! AdamW: Adam with weight decay apart from the gradient.

use ndarray::ArrayRef1;

use super::{Adam, Optimizer};
use crate::{Float, check};

/// Adam with decoupled weight decay, optionally in its AMSGrad variant: `torch.optim.AdamW`.
///
/// With weight decay λ, elementwise on arrays of length d:
///
/// ```text
/// x ← (1 − ηλ)x
/// x ← x − η (m/c₁) / (√v/√c₂ + ε)    m, v, c₁, c₂ as in Adam, from ∇f before the decay
/// ```
///
/// Every coordinate decays at the same rate; in [`Adam`] the decay is divided by √v and so weaker
/// where gradients are large. Convention: η multiplies λ, and the decay comes before the step.
///
/// Defaults: betas (0.9, 0.999), eps 1e-8, weight_decay 0.01, amsgrad false.
/// Loshchilov and Hutter, “Decoupled Weight Decay Regularization”, ICLR 2019, arXiv:1711.05101.
///
/// ```
/// use gd_core::{Optimizer, optim::AdamW};
/// use ndarray::array;
///
/// let mut x = array![4.0_f64, -3.0];
/// AdamW::default().weight_decay(0.5).step(0.1, &mut x, &array![8.0, 0.0]);
/// assert!((x[0] - (0.95 * 4.0 - 0.1)).abs() < 1e-9 && (x[1] + 0.95 * 3.0).abs() < 1e-9);
/// ```
#[derive(Clone, Debug)]
pub struct AdamW<F>(Adam<F>);

impl<F: Float> Default for AdamW<F> {
    fn default() -> Self {
        Self(Adam::default().with_decoupled_decay(F::of(0.01)))
    }
}

impl<F: Float> AdamW<F> {
    /// β₁ and β₂, each in [0, 1): how slowly m and v forget. (0.9, 0.999) by default.
    ///
    /// # Panics
    /// If one of them is outside of [0, 1) or NaN.
    #[track_caller]
    pub fn betas(mut self, beta1: F, beta2: F) -> Self {
        self.0 = self.0.betas(beta1, beta2);
        self
    }

    /// ε ≥ 0, which keeps the quotient finite where gradients vanish; 1e-8 by default.
    ///
    /// # Panics
    /// If `eps` is negative or not finite.
    #[track_caller]
    pub fn eps(mut self, eps: F) -> Self {
        self.0 = self.0.eps(eps);
        self
    }

    /// λ ≥ 0: multiplies x by 1 − ηλ before each step; 0.01 by default.
    ///
    /// # Panics
    /// If `weight_decay` is negative or not finite.
    #[track_caller]
    pub fn weight_decay(mut self, weight_decay: F) -> Self {
        check::non_negative("weight_decay", weight_decay, "0.01 is the default");
        self.0 = self.0.with_decoupled_decay(weight_decay);
        self
    }

    /// Whether to divide by the largest v so far (false by default). To be set before the first
    /// step.
    pub fn amsgrad(mut self, amsgrad: bool) -> Self {
        self.0 = self.0.amsgrad(amsgrad);
        self
    }
}

impl<F: Float> Optimizer<F> for AdamW<F> {
    fn step(&mut self, lr: F, x: &mut ArrayRef1<F>, grad: &ArrayRef1<F>) {
        self.0.step(lr, x, grad);
    }

    fn reset(&mut self) {
        self.0.reset();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    #[should_panic(expected = "weight_decay must be finite and >= 0, got -1; 0.01 is the default")]
    fn negative_weight_decay() {
        AdamW::default().weight_decay(-1.0);
    }

    #[test]
    #[should_panic(expected = "beta1 must be in [0, 1), got 1; 0.9 is the default")]
    fn beta_of_one() {
        AdamW::default().betas(1.0, 0.999);
    }

    #[test]
    fn without_decay_it_is_adam() {
        let (mut x, mut y) = (array![4.0_f64, -3.0], array![4.0, -3.0]);
        let (mut adam, mut adam_w) = (Adam::default(), AdamW::default().weight_decay(0.0));
        for k in 1..=10 {
            let grad = array![f64::from(k), -1.0];
            adam.step(0.1, &mut x, &grad);
            adam_w.step(0.1, &mut y, &grad);
        }
        assert_eq!(x, y);
    }
}

//! Adam: momentum and per-coordinate scaling, bias corrected.

use ndarray::ArrayRef1;

use super::{
    Optimizer, bias::BiasCorrection, decay::WeightDecay, elementwise::each_coordinate,
    state::Buffer,
};
use crate::{Float, check};

/// Adam, optionally in its AMSGrad variant: `torch.optim.Adam`.
///
/// With decay rates β₁, β₂, ε and weight decay λ, elementwise on arrays of length d, at step
/// t = 1, 2, …:
///
/// ```text
/// g ← ∇f(x) + λx
/// m ← β₁m + (1 − β₁)g           m₀ = 0
/// v ← β₂v + (1 − β₂)g²          v₀ = 0
/// x ← x − η (m/c₁) / (√v/√c₂ + ε)    with c₁ = 1 − β₁ᵗ, c₂ = 1 − β₂ᵗ
/// ```
///
/// AMSGrad puts the largest v so far in the place of v in the last line. Convention: ε stands
/// outside of the root and is not bias corrected; weight decay is coupled (it passes through m and
/// v). The first step has length η·|g|/(|g| + ε) ≈ η in each coordinate.
///
/// Defaults: betas (0.9, 0.999), eps 1e-8, weight_decay 0, amsgrad false.
/// Kingma and Ba, “Adam: A Method for Stochastic Optimization”, ICLR 2015, arXiv:1412.6980.
/// Reddi, Kale and Kumar, “On the Convergence of Adam and Beyond”, ICLR 2018, arXiv:1904.09237.
///
/// ```
/// use gd_core::{Optimizer, optim::Adam};
/// use ndarray::array;
///
/// let mut x = array![4.0_f64, -3.0];
/// Adam::default().step(0.1, &mut x, &array![8.0, -0.006]);
/// assert!((x[0] - 3.9).abs() < 1e-6 && (x[1] + 2.9).abs() < 1e-6);
/// ```
#[derive(Clone, Debug)]
pub struct Adam<F> {
    beta1: F,
    beta2: F,
    eps: F,
    weight_decay: WeightDecay<F>,
    amsgrad: bool,
    c1: BiasCorrection,
    c2: BiasCorrection,
    m: Buffer<F>,
    v: Buffer<F>,
    v_max: Buffer<F>,
}

impl<F: Float> Default for Adam<F> {
    fn default() -> Self {
        Self {
            beta1: F::of(0.9),
            beta2: F::of(0.999),
            eps: F::of(1e-8),
            weight_decay: WeightDecay::none(),
            amsgrad: false,
            c1: BiasCorrection::new(),
            c2: BiasCorrection::new(),
            m: Buffer::default(),
            v: Buffer::default(),
            v_max: Buffer::default(),
        }
    }
}

impl<F: Float> Adam<F> {
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

    /// λ ≥ 0: adds λx to the gradient; 0 by default.
    ///
    /// # Panics
    /// If `weight_decay` is negative or not finite.
    #[track_caller]
    pub fn weight_decay(mut self, weight_decay: F) -> Self {
        check::non_negative("weight_decay", weight_decay, "0 is the default");
        self.weight_decay.rate = weight_decay;
        self
    }

    /// Whether to divide by the largest v so far (false by default). To be set before the first
    /// step.
    pub fn amsgrad(mut self, amsgrad: bool) -> Self {
        self.amsgrad = amsgrad;
        self
    }
}

impl<F: Float> Adam<F> {
    /// With weight decay λ apart from the gradient: what [`AdamW`](super::AdamW) is.
    pub(super) fn with_decoupled_decay(mut self, rate: F) -> Self {
        self.weight_decay = WeightDecay {
            rate,
            decoupled: true,
        };
        self
    }
}

impl<F: Float> Optimizer<F> for Adam<F> {
    fn step(&mut self, lr: F, x: &mut ArrayRef1<F>, grad: &ArrayRef1<F>) {
        let (b1, b2, one) = (self.beta1, self.beta2, F::one());
        let (keep, lambda) = self.weight_decay.factors(lr);
        // √v/√c₂ + ε is (√v + ε√c₂)/√c₂: the second form divides once for all coordinates.
        let sqrt_c2 = self.c2.next(b2).sqrt();
        let eta = lr / self.c1.next(b1) * sqrt_c2;
        let eps = self.eps * sqrt_c2;
        let m = self.m.like(x);
        let v = self.v.like(x);
        if self.amsgrad {
            let v_max = self.v_max.like(x);
            each_coordinate(x, grad, [m, v, v_max], |x, g, [m, v, v_max]| {
                let g = g + lambda * *x;
                *m = b1 * *m + (one - b1) * g;
                *v = b2 * *v + (one - b2) * g * g;
                *v_max = v_max.max(*v);
                *x = keep * *x - eta * *m / (v_max.sqrt() + eps);
            });
        } else {
            each_coordinate(x, grad, [m, v], |x, g, [m, v]| {
                let g = g + lambda * *x;
                *m = b1 * *m + (one - b1) * g;
                *v = b2 * *v + (one - b2) * g * g;
                *x = keep * *x - eta * *m / (v.sqrt() + eps);
            });
        }
    }

    fn reset(&mut self) {
        (self.c1, self.c2) = (BiasCorrection::new(), BiasCorrection::new());
        self.m.clear();
        self.v.clear();
        self.v_max.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    #[should_panic(expected = "beta2 must be in [0, 1), got 1; 0.999 is the default")]
    fn beta_of_one() {
        Adam::default().betas(0.9, 1.0);
    }

    #[test]
    #[should_panic(expected = "eps must be finite and >= 0, got -1")]
    fn negative_eps() {
        Adam::default().eps(-1.0);
    }

    #[test]
    fn amsgrad_equals_adam_while_the_gradient_grows() {
        let (mut x, mut y) = (array![0.0_f64], array![0.0]);
        let (mut adam, mut amsgrad) = (Adam::default(), Adam::default().amsgrad(true));
        for k in 1..=10 {
            let grad = array![f64::from(k)];
            adam.step(0.1, &mut x, &grad);
            amsgrad.step(0.1, &mut y, &grad);
        }
        assert_eq!(x, y);
        adam.step(0.1, &mut x, &array![0.0]);
        amsgrad.step(0.1, &mut y, &array![0.0]);
        assert!(
            y[0] > x[0],
            "AMSGrad keeps the large divisor: the shorter step"
        );
    }
}

//! The two forms of weight decay, for the rules that offer both.

use crate::Float;

/// Weight decay λ, coupled to the gradient or not.
#[derive(Clone, Copy, Debug)]
pub(super) struct WeightDecay<F> {
    pub(super) rate: F,
    pub(super) decoupled: bool,
}

impl<F: Float> WeightDecay<F> {
    pub(super) fn none() -> Self {
        Self {
            rate: F::zero(),
            decoupled: false,
        }
    }

    /// (κ, λ) of x ← κx and g ← g + λx, one of which changes nothing: one body for both forms.
    pub(super) fn factors(self, lr: F) -> (F, F) {
        if self.decoupled {
            (F::one() - lr * self.rate, F::zero())
        } else {
            (F::one(), self.rate)
        }
    }
}

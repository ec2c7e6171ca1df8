//! Linear warm-up, then one over a square root.

use super::{Schedule, check_updates};
use crate::{Float, check};

/// Linear warm-up, then decay by 1/√t: the schedule of the Transformer, also called Noam.
///
/// With n = t + 1 = 1, 2, … the number of the update and w = warmup_steps:
///
/// ```text
/// η_t = scale · min(n^(−1/2), n w^(−3/2))
/// ```
///
/// The two branches meet at n = w, where the peak is scale/√w. In the paper scale = d^(−1/2), with
/// d the width of the model, and w = 4000. PyTorch has it as a `LambdaLR` only. Not to be mixed
/// up with schedules whose *peak* is the parameter: give those scale = peak·√w.
///
/// Vaswani et al., “Attention Is All You Need”, NeurIPS 2017, arXiv:1706.03762, equation 3.
///
/// ```
/// use gd_core::schedule::{InverseSquareRoot, Schedule};
///
/// let (peak, warmup_steps) = (0.5, 16);
/// let lr = InverseSquareRoot::new(peak * 4.0, warmup_steps);
/// assert_eq!([lr.at(7), lr.at(15), lr.at(63)], [0.25, 0.5, 0.25]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct InverseSquareRoot<F> {
    scale: F,
    warmup_steps: usize,
}

impl<F: Float> InverseSquareRoot<F> {
    /// With `scale` > 0 and `warmup_steps` ≥ 1 (1 is no warm-up).
    ///
    /// # Panics
    /// If `scale` is not finite and > 0, or `warmup_steps` is 0.
    #[track_caller]
    pub fn new(scale: F, warmup_steps: usize) -> Self {
        check::positive("scale", scale, "the peak times √warmup_steps");
        check_updates("warmup_steps", warmup_steps, "1 is no warm-up");
        Self {
            scale,
            warmup_steps,
        }
    }
}

impl<F: Float> Schedule<F> for InverseSquareRoot<F> {
    fn at(&self, t: usize) -> F {
        let (n, w) = (t as f64 + 1.0, self.warmup_steps as f64);
        self.scale
            * F::of(if n < w {
                n / (w * w.sqrt())
            } else {
                1.0 / n.sqrt()
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[should_panic(expected = "warmup_steps must be >= 1, got 0; 1 is no warm-up")]
    fn warm_up_of_zero() {
        InverseSquareRoot::new(0.1, 0);
    }

    #[test]
    #[should_panic(expected = "scale must be finite and > 0, got 0; the peak times √warmup_steps")]
    fn scale_of_zero() {
        InverseSquareRoot::new(0.0, 10);
    }
}

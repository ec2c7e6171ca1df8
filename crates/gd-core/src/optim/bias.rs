//! Bias correction: what an average that started at 0 must be divided by.

use crate::Float;

/// 1 − βᵗ at step t = 1, 2, ….
#[derive(Clone, Debug)]
pub(super) struct BiasCorrection {
    /// βᵗ, in double precision: carried along, it keeps its digits for `f32` too.
    power: f64,
}

impl BiasCorrection {
    /// Before the first step.
    pub(super) fn new() -> Self {
        Self { power: 1.0 }
    }

    /// 1 − βᵗ of the next step.
    pub(super) fn next<F: Float>(&mut self, beta: F) -> F {
        self.power *= beta.to_f64().expect("f32 and f64 fit");
        // Else it stays at the smallest number, where some processors are slow.
        if self.power < f64::MIN_POSITIVE {
            self.power = 0.0;
        }
        F::of(1.0 - self.power)
    }
}

#[cfg(test)]
mod tests {
    use super::BiasCorrection;

    #[test]
    fn it_is_one_minus_the_power() {
        let mut correction = BiasCorrection::new();
        for t in 1..2000 {
            let known = 1.0 - 0.999_f64.powi(t);
            assert!(
                (correction.next(0.999_f64) / known - 1.0).abs() < 1e-12,
                "t {t}"
            );
        }
        let mut correction = BiasCorrection::new();
        let last = (0..100_000).map(|_| correction.next(0.9_f64)).last();
        assert_eq!((last, correction.power), (Some(1.0), 0.0));
        assert_eq!(BiasCorrection::new().next(0.0_f32), 1.0);
    }
}

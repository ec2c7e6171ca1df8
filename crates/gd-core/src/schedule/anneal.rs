//! The two ways from one value to another.

use std::f64::consts::FRAC_PI_2;

use crate::Float;

/// How a learning rate goes from a to b while s goes from 0 to 1.
///
/// ```text
/// Linear    a + (b − a)s
/// Cos       a + (b − a)(1 − cos πs)/2
/// ```
///
/// Both reach a at s = 0 and b at s = 1 exactly. The cosine starts and ends flat, and is π/2 times
/// as steep as the line in the middle.
///
/// ```
/// use gd_core::schedule::Anneal;
///
/// assert_eq!(Anneal::Linear.between(1.0, 0.0, 0.25), 0.75);
/// assert!((Anneal::Cos.between(1.0_f64, 0.0, 0.25) - 0.854).abs() < 1e-3);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Anneal {
    /// Half a wave of the cosine.
    #[default]
    Cos,
    /// A straight line.
    Linear,
}

impl Anneal {
    /// The value at `s` in [0, 1] on the way from `a` to `b`.
    pub fn between<F: Float>(self, a: F, b: F, s: F) -> F {
        let rest = F::one() - s;
        match self {
            Self::Linear => a * rest + b * s,
            // (1 − cos πs)/2 = sin²(πs/2), without the cancellation near both ends
            Self::Cos => {
                let weight = |s: F| (F::of(FRAC_PI_2) * s).sin().powi(2);
                a * weight(rest) + b * weight(s)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_are_exact() {
        for way in [Anneal::Cos, Anneal::Linear] {
            assert_eq!(way.between(0.3, 0.0, 0.0), 0.3);
            assert_eq!(way.between(0.3, 0.0, 1.0), 0.0);
            assert_eq!(way.between(0.3_f32, 0.7, 1.0), 0.7);
        }
    }

    #[test]
    fn small_values_are_accurate() {
        // sin² 0.0005π, in 50-digit arithmetic
        let known = 2.467_399_070_916_944e-6;
        let value = Anneal::Cos.between(1.0, 0.0, 0.999);
        assert!((value / known - 1.0_f64).abs() < 1e-12, "{value}");
    }
}

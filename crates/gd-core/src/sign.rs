//! The sign that steps of a fixed length take.

use crate::Float;

/// −1, 0 or 1, with 0 at ±0 (where `signum` is ±1) and NaN at NaN.
pub(crate) fn sign<F: Float>(v: F) -> F {
    if v.is_zero() { F::zero() } else { v.signum() }
}

#[cfg(test)]
mod tests {
    use super::sign;

    #[test]
    fn zeros_have_none() {
        assert_eq!(
            [0.0, -0.0, 5e-324, -3.0, f64::INFINITY].map(sign),
            [0.0, 0.0, 1.0, -1.0, 1.0]
        );
        assert!(sign(f64::NAN).is_nan());
    }
}

//! Range checks shared by the constructors. Each panics at the caller's line with the value,
//! the allowed range and a hint.

use crate::Float;

/// `v` finite and > 0.
#[track_caller]
pub(crate) fn positive<F: Float>(name: &str, v: F, hint: &str) {
    assert!(
        v.is_finite() && v > F::zero(),
        "{name} must be finite and > 0, got {v}; {hint}"
    );
}

/// `v` finite and ≥ 0.
#[track_caller]
pub(crate) fn non_negative<F: Float>(name: &str, v: F, hint: &str) {
    assert!(
        v.is_finite() && v >= F::zero(),
        "{name} must be finite and >= 0, got {v}; {hint}"
    );
}

/// `v` in [0, 1): a decay rate.
#[track_caller]
pub(crate) fn decay_rate<F: Float>(name: &str, v: F, hint: &str) {
    assert!(
        v >= F::zero() && v < F::one(),
        "{name} must be in [0, 1), got {v}; {hint}"
    );
}

/// `v` in (0, 1).
#[track_caller]
pub(crate) fn open_unit<F: Float>(name: &str, v: F, hint: &str) {
    assert!(
        v > F::zero() && v < F::one(),
        "{name} must be in (0, 1), got {v}; {hint}"
    );
}

/// Every element finite; the message names the first that is not.
#[track_caller]
pub(crate) fn all_finite<'a, F: Float>(
    name: &str,
    values: impl IntoIterator<Item = &'a F>,
    hint: &str,
) {
    for (i, v) in values.into_iter().enumerate() {
        assert!(v.is_finite(), "{name}[{i}] is {v}; {hint}");
    }
}

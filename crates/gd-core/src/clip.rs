//! Gradient clipping: a bound on how long a gradient may be.
//!
//! What `torch.nn.utils.clip_grad_norm_` and `clip_grad_value_` do.
//! [`Clipped`](crate::solver::Clipped) does it before every update of a solver.
//!
//! R. Pascanu, T. Mikolov and Y. Bengio, “On the difficulty of training recurrent neural networks”,
//! ICML 2013, arXiv:1211.5063.

use ndarray::ArrayRef1;

use crate::{Float, linalg::norm};

/// Scales `grad`, of length d, to a Euclidean norm of at most `max_norm`; returns the norm that it
/// had.
///
/// ```text
/// g ← g · min(1, max_norm / (‖g‖ + 1e-6))
/// ```
///
/// The direction stays. Convention: PyTorch's 1e-6 keeps the quotient finite, and leaves a clipped
/// norm smaller than `max_norm` by a part in 10⁶/‖g‖. The norm of finite numbers is computed without
/// overflow or underflow between, so gradients of 1e300 are scaled right (in PyTorch they become
/// 0).
///
/// Gradients that are not finite are not an error (`error_if_nonfinite=False`): an infinite one
/// gives NaN for itself and 0 for the others, and the norm ∞; NaN makes all of them, and the norm,
/// NaN. An infinite `max_norm` changes no finite gradient: then this measures alone.
///
/// # Panics
/// If `max_norm` is negative or NaN.
///
/// ```
/// use gd_core::clip::clip_grad_norm;
/// use ndarray::array;
///
/// let mut grad = array![30.0_f64, -40.0];
/// assert_eq!(clip_grad_norm(&mut grad, 5.0), 50.0);
/// assert!((grad[0] - 3.0).abs() < 1e-6 && (grad[1] + 4.0).abs() < 1e-6);
/// assert!(clip_grad_norm(&mut grad, 5.1) < 5.0); // short enough: stays
/// ```
#[track_caller]
pub fn clip_grad_norm<F: Float>(grad: &mut ArrayRef1<F>, max_norm: F) -> F {
    check_limit("max_norm", max_norm);
    let total_norm = norm(grad.iter().copied());
    let coefficient = max_norm / (total_norm + F::of(1e-6));
    if coefficient.is_nan() || coefficient < F::one() {
        grad.mapv_inplace(|g| g * coefficient);
    }
    total_norm
}

/// Puts each coordinate of `grad` into [−clip_value, clip_value].
///
/// The direction changes, unless all coordinates are cut or none. NaN stays NaN; an infinite
/// coordinate becomes ±clip_value.
///
/// # Panics
/// If `clip_value` is negative or NaN.
///
/// ```
/// use gd_core::clip::clip_grad_value;
/// use ndarray::array;
///
/// let mut grad = array![30.0, -0.5, f64::NEG_INFINITY];
/// clip_grad_value(&mut grad, 1.0);
/// assert_eq!(grad, array![1.0, -0.5, -1.0]);
/// ```
#[track_caller]
pub fn clip_grad_value<F: Float>(grad: &mut ArrayRef1<F>, clip_value: F) {
    check_limit("clip_value", clip_value);
    grad.mapv_inplace(|g| num_traits::clamp(g, -clip_value, clip_value));
}

#[track_caller]
fn check_limit<F: Float>(name: &str, limit: F) {
    assert!(
        limit >= F::zero(),
        "{name} must be >= 0, got {limit}; 1 is usual"
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn the_coefficient_is_pytorchs() {
        let mut grad = array![3.0_f32, 4.0];
        assert_eq!(clip_grad_norm(&mut grad, 1.0), 5.0);
        let coefficient = 1.0_f32 / (5.0 + 1e-6);
        assert_eq!(grad, array![3.0 * coefficient, 4.0 * coefficient]);
        // a norm of exactly max_norm is shortened too, by the 1e-6
        let mut grad = array![3.0_f64, 4.0];
        clip_grad_norm(&mut grad, 5.0);
        assert_eq!(grad[0], 3.0 * (5.0 / (5.0 + 1e-6)));
    }

    #[test]
    fn short_gradients_stay() {
        for start in [array![0.0, 0.0], array![1e-300, 0.0], array![5e-324, 0.5]] {
            let mut grad = start.clone();
            assert!(clip_grad_norm(&mut grad, 1.0) < 1.0);
            assert_eq!(grad, start);
        }
    }

    #[test]
    fn gradients_too_large_to_square_are_scaled() {
        let mut grad = array![3e300_f64, -4e300];
        let norm = clip_grad_norm(&mut grad, 1.0);
        assert!((norm / 5e300 - 1.0).abs() < 1e-15);
        assert!((grad[0] - 0.6).abs() < 1e-15 && (grad[1] + 0.8).abs() < 1e-15);
    }

    #[test]
    fn what_is_not_finite_spreads_as_in_pytorch() {
        let mut grad = array![1.0, f64::INFINITY, -2.0];
        assert_eq!(clip_grad_norm(&mut grad, 1.0), f64::INFINITY);
        assert!(grad[0] == 0.0 && grad[1].is_nan() && grad[2] == 0.0);
        let mut grad = array![f64::INFINITY, f64::NAN, 1.0];
        assert!(clip_grad_norm(&mut grad, 1.0).is_nan());
        assert!(grad.iter().all(|g| g.is_nan()));
        let mut grad = array![f64::NAN, 2.0];
        clip_grad_value(&mut grad, 1.0);
        assert!(grad[0].is_nan() && grad[1] == 1.0);
    }

    #[test]
    fn limits_of_zero_and_infinity() {
        let mut grad = array![3.0, 4.0];
        assert_eq!(clip_grad_norm(&mut grad, f64::INFINITY), 5.0);
        clip_grad_value(&mut grad, f64::INFINITY);
        assert_eq!(grad, array![3.0, 4.0]);
        clip_grad_norm(&mut grad, 0.0);
        assert_eq!(grad, array![0.0, 0.0]);
    }

    #[test]
    #[should_panic(expected = "max_norm must be >= 0, got NaN; 1 is usual")]
    fn max_norm_not_a_number() {
        clip_grad_norm(&mut array![1.0], f64::NAN);
    }

    #[test]
    #[should_panic(expected = "clip_value must be >= 0, got -2; 1 is usual")]
    fn negative_clip_value() {
        clip_grad_value(&mut array![1.0], -2.0);
    }
}

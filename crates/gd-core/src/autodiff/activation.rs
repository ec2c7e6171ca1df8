//! What stands between the layers of a network.

use crate::Float;

/// A function applied to every number of a layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Activation {
    /// z: a linear layer.
    Identity,
    /// tanh z.
    Tanh,
    /// max(z, 0), with derivative 0 at 0.
    Relu,
    /// 1/(1 + e⁻ᶻ).
    Sigmoid,
    /// zΦ(z) with the normal distribution function Φ, as PyTorch's default (not the approximation by
    /// tanh). Hendrycks and Gimpel, 2016, arXiv:1606.08415.
    Gelu,
}

impl Activation {
    /// σ(z).
    ///
    /// ```
    /// use gd_core::autodiff::Activation;
    ///
    /// assert_eq!(Activation::Relu.value(-2.0), 0.0);
    /// assert!((Activation::Gelu.value(1.0_f64) - 0.8413447460685429).abs() < 1e-15);
    /// ```
    pub fn value<F: Float>(self, z: F) -> F {
        match self {
            Self::Identity => z,
            Self::Tanh => z.tanh(),
            // Not max, which would hide a NaN.
            Self::Relu => {
                if z < F::zero() {
                    F::zero()
                } else {
                    z
                }
            }
            Self::Sigmoid => sigmoid(z),
            Self::Gelu => z * normal_cdf(z),
        }
    }

    /// σ′(z), given z and a = σ(z).
    ///
    /// ```
    /// use gd_core::autodiff::Activation;
    ///
    /// assert_eq!(Activation::Tanh.derivative(0.0, 0.0), 1.0);
    /// ```
    pub fn derivative<F: Float>(self, z: F, a: F) -> F {
        let one = F::one();
        match self {
            Self::Identity => one,
            Self::Tanh => one - a * a,
            Self::Relu => {
                if z > F::zero() {
                    one
                } else {
                    F::zero()
                }
            }
            Self::Sigmoid => a * (one - a),
            Self::Gelu => {
                let density =
                    (-z * z / F::of(2.0)).exp() / F::of((2.0 * std::f64::consts::PI).sqrt());
                normal_cdf(z) + z * density
            }
        }
    }
}

/// 1/(1 + e⁻ᶻ), by the one of its two forms that does not overflow.
pub(crate) fn sigmoid<F: Float>(z: F) -> F {
    let e = (-z.abs()).exp();
    if z < F::zero() {
        e / (F::one() + e)
    } else {
        F::one() / (F::one() + e)
    }
}

/// ln(1 + eᶻ) without overflow: max(z, 0) + ln(1 + e^−|z|).
pub(crate) fn softplus<F: Float>(z: F) -> F {
    let positive = if z < F::zero() { F::zero() } else { z };
    positive + (-z.abs()).exp().ln_1p()
}

/// Φ(z) = ½ erfc(−z/√2), which keeps its digits where it is small.
fn normal_cdf<F: Float>(z: F) -> F {
    (-z * F::of(std::f64::consts::FRAC_1_SQRT_2)).erfc() / F::of(2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Activation; 5] = [
        Activation::Identity,
        Activation::Tanh,
        Activation::Relu,
        Activation::Sigmoid,
        Activation::Gelu,
    ];

    #[test]
    fn derivatives_match_central_differences() {
        for activation in ALL {
            for z in [-6.0_f64, -1.3, -0.2, 0.4, 2.0, 7.0] {
                let known = crate::numeric::central_difference(|z| activation.value(z), z, 1e-5);
                let derivative = activation.derivative(z, activation.value(z));
                assert!((derivative - known).abs() < 1e-9, "{activation:?} at {z}");
            }
        }
    }

    #[test]
    fn far_out_nothing_overflows_and_nan_stays() {
        for z in [-1e4_f64, 1e4] {
            for activation in ALL {
                assert!(
                    activation.value(z).is_finite()
                        && activation.derivative(z, activation.value(z)).is_finite()
                );
            }
            assert_eq!(softplus(z), z.max(0.0));
        }
        for activation in ALL {
            assert!(activation.value(f64::NAN).is_nan(), "{activation:?}");
        }
        assert!(softplus(f64::NAN).is_nan());
    }
}

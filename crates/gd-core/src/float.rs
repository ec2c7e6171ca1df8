//! The two number types everything is generic over.

use std::iter::Sum;

use ndarray::NdFloat;
use num_traits::FromPrimitive;

use crate::Schedule;

mod sealed {
    pub trait Sealed {}
    impl Sealed for f32 {}
    impl Sealed for f64 {}
}

/// `f32` or `f64`. Sealed: no other type can implement it.
///
/// Brings the arithmetic of [`NdFloat`] (and so of `num_traits::Float`), plus [`Float::of`] for
/// constants in generic code. Every number is also a constant [`Schedule`].
///
/// ```
/// use gd_core::Float;
///
/// fn half<F: Float>(x: F) -> F {
///     F::of(0.5) * x
/// }
/// assert_eq!(half(3.0_f32), 1.5);
/// assert_eq!(half(3.0_f64), 1.5);
/// ```
pub trait Float: NdFloat + FromPrimitive + Sum + Schedule<Self> + sealed::Sealed {
    /// The number of this type nearest to `v`.
    fn of(v: f64) -> Self;

    /// The complementary error function 1 − erf(x) = (2/√π) ∫ₓ^∞ exp(−t²) dt.
    fn erfc(self) -> Self;
}

impl Float for f32 {
    #[inline]
    fn of(v: f64) -> Self {
        v as f32
    }

    fn erfc(self) -> Self {
        libm::erfcf(self)
    }
}

impl Float for f64 {
    #[inline]
    fn of(v: f64) -> Self {
        v
    }

    fn erfc(self) -> Self {
        libm::erfc(self)
    }
}

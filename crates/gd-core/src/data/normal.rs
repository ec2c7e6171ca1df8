//! The source of all noise.

use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rand_distr::StandardNormal;

use crate::Float;

/// A draw from N(0, 1), in `f64` and then rounded.
pub(crate) fn normal<F: Float>(rng: &mut ChaCha8Rng) -> F {
    F::of(rng.sample(StandardNormal))
}

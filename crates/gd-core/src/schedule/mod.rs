//! Learning-rate schedules: pure functions of the number of the update.
//!
//! | type | η_t |
//! |---|---|
//! | a number | constant |
//! | [`StepLr`], [`MultiStepLr`], [`ExponentialLr`] | times γ every so often, at milestones, always |
//! | [`CosineAnnealing`], [`CosineAnnealingWarmRestarts`] | half a cosine down; again and again |
//! | [`Linear`], [`ConstantFactor`], [`Polynomial`] | a factor that changes over the first updates |
//! | [`OneCycle`], [`Cyclic`] | up and down once; up and down for ever |
//! | [`InverseSquareRoot`] | linear warm-up, then 1/√t |
//! | [`Sequential`] | one schedule after the other |
//! | [`ReduceOnPlateau`] | not a function of t: divides when a metric stops improving |
//!
//! Hyperparameters bear PyTorch's names and defaults; the tests compare the values. Two
//! differences in form: each schedule holds its base learning rate (PyTorch takes it from the
//! optimizer), and η_t is computed from t alone (PyTorch steps most of them from η_{t−1}, and so
//! gathers rounding errors). t = 0 is the first update.
//!
//! ```
//! use gd_core::{Descent, minimize, objective::Quadratic, optim::Sgd};
//! use gd_core::schedule::{CosineAnnealing, Linear, Sequential};
//! use ndarray::array;
//!
//! // ten updates of warm-up, then down to 0 at update 100
//! let warm_up = Linear::new(0.1, 10).start_factor(0.1);
//! let lr = Sequential::new(warm_up).then(10, CosineAnnealing::new(0.1, 90));
//!
//! let mut x = array![4.0_f64];
//! minimize(&Quadratic::square(), &mut Descent::new(Sgd::plain(), lr), &mut x, 100, &mut ());
//! assert!(x[0].abs() < 1e-3);
//! ```

use crate::Float;

mod anneal;
mod constant_factor;
mod cosine;
mod cyclic;
mod exponential;
mod inverse_square_root;
mod linear;
mod multi_step;
mod one_cycle;
mod plateau;
mod polynomial;
mod sequential;
mod step;

pub use anneal::Anneal;
pub use constant_factor::ConstantFactor;
pub use cosine::{CosineAnnealing, CosineAnnealingWarmRestarts};
pub use cyclic::{Cyclic, CyclicMode};
pub use exponential::ExponentialLr;
pub use inverse_square_root::InverseSquareRoot;
pub use linear::Linear;
pub use multi_step::MultiStepLr;
pub use one_cycle::OneCycle;
pub use plateau::{PlateauMode, ReduceOnPlateau, ThresholdMode};
pub use polynomial::Polynomial;
pub use sequential::Sequential;
pub use step::StepLr;

/// The learning rate η_t as a pure function of the update number t = 0, 1, ….
///
/// A bare number is a constant schedule, and a closure `Fn(usize) -> F` is a schedule.
///
/// ```
/// use gd_core::Schedule;
///
/// assert_eq!(0.3.at(7), 0.3);
/// let inverse_time = |t: usize| 0.5 / (1.0 + t as f64);
/// assert_eq!(inverse_time.at(4), 0.1);
/// ```
pub trait Schedule<F: Float> {
    /// η_t. Schedules return finite numbers ≥ 0.
    fn at(&self, t: usize) -> F;
}

impl Schedule<f32> for f32 {
    fn at(&self, _: usize) -> f32 {
        *self
    }
}

impl Schedule<f64> for f64 {
    fn at(&self, _: usize) -> f64 {
        *self
    }
}

impl<F: Float, C: Fn(usize) -> F> Schedule<F> for C {
    fn at(&self, t: usize) -> F {
        self(t)
    }
}

impl<F: Float> Schedule<F> for Box<dyn Schedule<F> + '_> {
    fn at(&self, t: usize) -> F {
        (**self).at(t)
    }
}

/// n / total, rounded once.
fn ratio<F: Float>(n: usize, total: usize) -> F {
    F::of(n as f64 / total as f64)
}

/// baseⁿ, also where n exceeds what `powi` takes.
fn power<F: Float>(base: F, n: usize) -> F {
    base.powi(i32::try_from(n).unwrap_or(i32::MAX))
}

/// A base learning rate: finite and > 0.
#[track_caller]
fn check_lr<F: Float>(name: &str, lr: F) {
    crate::check::positive(name, lr, "0.1 and 0.001 are usual");
}

/// A factor that may be 0 or 1.
#[track_caller]
fn check_fraction<F: Float>(name: &str, v: F, hint: &str) {
    assert!(
        v >= F::zero() && v <= F::one(),
        "{name} must be in [0, 1], got {v}; {hint}"
    );
}

/// A number of updates that must not be 0.
#[track_caller]
fn check_updates(name: &str, n: usize, hint: &str) {
    assert!(n >= 1, "{name} must be >= 1, got {n}; {hint}");
}

//! Seeded data sets, the lesson's own, and handwritten digits.
//!
//! | item | data |
//! |---|---|
//! | [`Dataset`] | points (x, y) with numbers to predict |
//! | [`line()`], [`parabola`] | points on a curve, with noise |
//! | [`lesson_line`], [`lesson_parabola`] | those of the lesson, as NumPy drew them |
//! | [`Labelled`] | samples with classes to predict; [splits](Labelled::split) in two |
//! | [`two_moons`], [`circles`], [`spirals`], [`blobs`] | two classes or more in the plane |
//! | [`digits`], [`digit_image`] | 1797 handwritten digits of 8×8 pixels |
//! | [`Standardizer`] | every column to mean 0 and standard deviation 1 |
//!
//! The same seed gives the same numbers on every platform: the generator is ChaCha8, and what is
//! drawn is drawn in `f64` and then rounded, so that `f32` data follow `f64` data. (Two exceptions,
//! in the last digit: a normal beyond ±3.65, one in 4,000, passes through the platform's `ln`, and
//! moons, circles and spirals through its sine and cosine.)

mod digits;
mod labelled;
mod normal;
mod regression;
mod shapes;
mod standardize;

pub use digits::{digit_image, digits};
pub use labelled::Labelled;
pub(crate) use normal::normal;
pub use regression::{Dataset, lesson_line, lesson_parabola, line, parabola};
pub use shapes::{blobs, circles, spirals, two_moons};
pub use standardize::Standardizer;

//! Seeded data sets, and the lesson's own.
//!
//! | item | data |
//! |---|---|
//! | [`Dataset`] | points (x, y) with numbers to predict |
//! | [`line()`], [`parabola`] | points on a curve, with noise |
//! | [`lesson_line`], [`lesson_parabola`] | those of the lesson, as NumPy drew them |
//!
//! The same seed gives the same numbers on every platform: the generator is ChaCha8, and what is
//! drawn is drawn in `f64` and then rounded, so that `f32` data follow `f64` data. (One exception,
//! in the last digit: a normal beyond ±3.65, one in 4,000, passes through the platform's `ln`.)

mod normal;
mod regression;

pub(crate) use normal::normal;
pub use regression::{Dataset, lesson_line, lesson_parabola, line, parabola};

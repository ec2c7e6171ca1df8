//! Exercise: fitting a parabola.

pub mod result;

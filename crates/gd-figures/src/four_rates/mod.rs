//! Exercise: four learning rates on one line fit.

pub mod curves;

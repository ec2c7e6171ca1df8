//! Figures of the chapter 导数、偏导数与梯度.

pub mod cuts;
pub mod error;
pub mod secants;

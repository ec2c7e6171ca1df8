//! 勘误: runs that show where the sources are wrong. Numbers only.

pub mod optimizers;
pub mod stationary;

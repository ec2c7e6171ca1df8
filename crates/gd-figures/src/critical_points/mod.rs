//! 局部最小值与鞍点.

pub mod saddle;
pub mod share;
pub mod three_starts;

//! 学习率.

pub mod divergence;
pub mod steps;
pub mod three_rates;

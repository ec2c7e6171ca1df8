//! 链式法则与自动微分: computation graphs with their numbers, and what a gradient costs.

pub mod cost;
mod diagram;
pub mod graph;
pub mod two_paths;

//! 训练一个小网络: two moons, handwritten digits, and the edge of stability.

pub mod boundary;
pub mod digits;
pub mod edge;
mod image;
pub mod loss;
pub mod mistakes;
pub mod moons;
pub mod overfitting;
pub mod width;

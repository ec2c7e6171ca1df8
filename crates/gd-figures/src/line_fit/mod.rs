//! 从头拟合一条直线.

pub mod data;
pub mod landscape;
pub mod training;

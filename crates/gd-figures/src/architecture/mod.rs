//! 好架构抚平坏地貌: what skip connections do to the loss surface of a deep network.

pub mod depth;
pub mod network;
pub mod roughness;
pub mod scale;
pub mod surfaces;

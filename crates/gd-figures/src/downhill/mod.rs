//! 蒙着眼睛下山.

pub mod walk;

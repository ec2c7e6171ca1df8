//! 全书小结: one land, one thing changed at a time.

pub mod three_things;

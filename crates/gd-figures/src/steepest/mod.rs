//! Figures of the chapter 最陡的上升方向.

pub mod fan;
pub mod hills;
pub mod ravine;

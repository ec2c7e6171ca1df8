//! 第一个程序：最小化 x².

pub mod descent;

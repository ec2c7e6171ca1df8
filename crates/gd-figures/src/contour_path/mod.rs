//! Exercise: the path over the contours of x² + 2y².

pub mod descent;

//! 凸与非凸.

pub mod bound;
pub mod chords;
pub mod parabolas;
pub mod promises;
pub mod rate;
pub mod ravine;
pub mod scaling;
pub mod two_lands;

//! 初始化.

use gd_core::init::Initializer;

pub mod activations;
pub mod basins;
pub mod signal;
pub mod symmetry;
pub mod training;

/// A way to start, as this chapter compares them.
#[derive(Clone, Copy, Debug)]
pub struct Start {
    /// In keys of values.
    pub key: &'static str,
    /// In pictures.
    pub name: &'static str,
    /// How the weights are drawn.
    pub initializer: Initializer,
}

/// The four that are compared, in the order of their strokes.
pub const STARTS: [Start; 4] = [
    Start {
        key: "small",
        name: "标准差 0.01",
        initializer: Initializer::Normal { std: 0.01 },
    },
    Start {
        key: "large",
        name: "标准差 1",
        initializer: Initializer::Normal { std: 1.0 },
    },
    Start {
        key: "xavier",
        name: "Xavier",
        initializer: Initializer::XavierNormal { gain: 1.0 },
    },
    Start {
        key: "he",
        name: "He",
        initializer: Initializer::HeNormal,
    },
];

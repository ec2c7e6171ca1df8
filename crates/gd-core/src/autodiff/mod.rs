//! Reverse-mode automatic differentiation: derivatives of programs, exact up to rounding.
//!
//! A tape records every operation with its inputs while the program computes forwards; then one
//! sweep backwards applies the chain rule to each record once. So the whole gradient of a scalar
//! costs a small multiple of the function itself, however many parameters there are (against one
//! evaluation per parameter for differences).
//!
//! | module | nodes | for |
//! |---|---|---|
//! | [`scalar`] | numbers | seeing how it works |
//! | [`mod@array`] | matrices, one row per sample | training networks |
//!
//! S. Linnainmaa, “Taylor expansion of the accumulated rounding error”, 1976,
//! doi:10.1007/BF01931367; Rumelhart, Hinton and Williams, “Learning representations by
//! back-propagating errors”, 1986, doi:10.1038/323533a0; Griewank and Walther, “Evaluating
//! Derivatives”, 2008, doi:10.1137/1.9780898717761.

mod activation;
pub mod array;
pub(crate) mod matrix_product;
pub mod scalar;

pub use activation::Activation;
pub(crate) use activation::{sigmoid, softplus};

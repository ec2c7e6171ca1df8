//! Gradient descent and its relatives, over [`ndarray`] arrays.
//!
//! A run is put together from small parts: an [`Objective`] (what is minimised), an
//! [`Optimizer`] (the update rule), a [`Schedule`] (the learning rate at update `t`), a
//! [`Solver`] (rule and schedule, [`Descent`]) and an [`Observer`] (what is recorded).
//! [`minimize()`] turns the crank.
//!
//! ```
//! use gd_core::{Descent, Stop, minimize, objective::Quadratic, optim::Sgd};
//! use ndarray::array;
//!
//! // f(x) = x², from x = 4 with learning rate 0.3: every update multiplies x by 1 − 2·0.3 = 0.4
//! let f = Quadratic::<f64>::square();
//! let mut x = array![4.0];
//! let stop = minimize(&f, &mut Descent::new(Sgd::plain(), 0.3), &mut x, 20, &mut ());
//!
//! assert_eq!(stop, Stop::MaxSteps);
//! assert!((x[0] - 4.0 * 0.4_f64.powi(20)).abs() < 1e-20);
//! ```
//!
//! # Map
//!
//! | module | what it holds |
//! |---|---|
//! | [`objective`] | [`Objective`], [`FiniteSum`](objective::FiniteSum) and the test functions |
//! | [`optim`] | [`Optimizer`] and the update rules, with PyTorch's hyperparameters and defaults |
//! | [`schedule`] | [`Schedule`]: the learning rate as a pure function of the update count |
//! | [`solver`] | [`Solver`], [`Descent`], [`StochasticDescent`]; line searches, Newton's method, BFGS |
//! | [`clip`] | gradient clipping, as PyTorch does it |
//! | [`mod@minimize`] | the loop, its [`Limit`] and how it ended, [`Stop`] |
//! | [`observer`] | [`Observer`], [`Snapshot`]; trajectories, losses, early stopping, progress |
//! | [`data`], [`batch`] | seeded data sets, handwritten digits; seeded batches of sample numbers |
//! | [`model`] | what is fitted to data: linear and logistic regression, networks |
//! | [`autodiff`], [`init`] | tapes for numbers and matrices; weights to start from |
//! | [`linalg`], [`numeric`] | norms, least squares, eigenvalues; numerical derivatives |
//! | [`float`] | [`Float`]: `f32` or `f64` |
//!
//! # Conventions
//!
//! A run that fails (it diverges) is a result, [`Stop::Diverged`]. Misuse (a NaN learning rate, an
//! empty data set) panics early, with the value, its range and a hint. Updates do not allocate
//! after the first. Randomness comes only from seeds the caller gives.

mod check;

pub mod autodiff;
pub mod batch;
pub mod clip;
pub mod data;
pub mod float;
pub mod init;
pub mod linalg;
pub mod minimize;
pub mod model;
pub mod numeric;
pub mod objective;
pub mod observer;
pub mod optim;
pub mod schedule;
mod sign;
pub mod solver;

pub use float::Float;
pub use minimize::{Limit, Stop, minimize};
pub use objective::Objective;
pub use observer::{Observer, Snapshot};
pub use optim::Optimizer;
pub use schedule::Schedule;
pub use solver::{Descent, Solver, StochasticDescent};

/// Compiles and runs the README's example.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

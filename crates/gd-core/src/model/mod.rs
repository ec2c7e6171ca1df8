//! What is fitted to data: objectives over the parameters θ of a model.
//!
//! | type | model |
//! |---|---|
//! | [`LinearRegression`] | lines, polynomials, any linear combination of columns |
//! | [`LogisticRegression`] | two classes, told apart by a line or hyperplane |
//! | [`Mlp`] | a network of layers |
//! | [`EmpiricalRisk`] | a network with data and a loss: what training minimises |

mod linear;
mod logistic;
mod mlp;
mod polynomial_pass;
mod risk;

pub use linear::LinearRegression;
pub use logistic::LogisticRegression;
pub use mlp::Mlp;
pub use risk::{EmpiricalRisk, Target};

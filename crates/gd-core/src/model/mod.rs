//! What is fitted to data: objectives over the parameters θ of a model.

mod linear;
mod polynomial_pass;

pub use linear::LinearRegression;

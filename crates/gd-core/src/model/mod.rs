//! What is fitted to data: objectives over the parameters θ of a model.

mod linear;

pub use linear::LinearRegression;

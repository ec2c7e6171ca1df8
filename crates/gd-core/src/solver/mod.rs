//! Whole methods: an update rule with its source of gradients, or a method that asks the objective
//! where to go.
//!
//! | type | the step | asks for |
//! |---|---|---|
//! | [`Descent`] | an update rule at a scheduled learning rate | ∇f |
//! | [`StochasticDescent`] | the same | ∇f over batches |
//! | [`Clipped`] | another solver's, its gradient clipped first | what that solver asks for |
//! | [`Backtracking`] | −αg, α shrunk until f falls enough | f, ∇f |
//! | [`SteepestDescent`] | −αg, α by [`StrongWolfe`] | f, ∇f |
//! | [`Newton`] | −H⁻¹g with the Hessian H | f, ∇f, ∇²f |
//! | [`Bfgs`] | −αHg, H a d×d estimate of the inverse Hessian | f, ∇f |
//! | [`Lbfgs`] | the same, H from the last m steps alone | f, ∇f |
//!
//! Those below `Clipped` have no learning rate: they measure how far to go, count what
//! that cost ([`Evaluations`]), and never move to a higher point (`Newton` does if it is told
//! not to search). A point where f or its gradient is not finite counts as too far. If no point along
//! the direction is lower, as at a stationary point, they leave x where it is and the run ends with
//! [`Stop::Stalled`](crate::Stop::Stalled).

use std::ops::ControlFlow;

use ndarray::ArrayRef1;

use crate::Float;

mod armijo;
mod backtracking;
mod bfgs;
mod clipped;
mod descent;
mod evaluations;
mod interpolation;
mod lbfgs;
mod learning_rate;
mod linear_system;
mod newton;
mod probe;
mod quasi_newton;
mod steepest_descent;
mod stochastic_descent;
mod strong_wolfe;

pub use backtracking::Backtracking;
pub use bfgs::Bfgs;
pub use clipped::Clipped;
pub use descent::Descent;
pub use evaluations::Evaluations;
pub use lbfgs::Lbfgs;
pub use newton::Newton;
pub use steepest_descent::SteepestDescent;
pub use stochastic_descent::StochasticDescent;
pub use strong_wolfe::{StrongWolfe, Trial};

/// A method that minimises a problem `P` step by step.
///
/// [`minimize`](crate::minimize()) alternates [`evaluate`](Solver::evaluate) and
/// [`advance`](Solver::advance). Between the two, x and grad belong to the same moment; that is
/// when observers look. `advance` is given the problem and may query it: line searches and
/// second-order methods are solvers too.
pub trait Solver<F: Float, P: ?Sized> {
    /// Fills `grad` with the gradient (estimate) at `x` that the next advance uses.
    fn evaluate(&mut self, problem: &P, x: &ArrayRef1<F>, grad: &mut ArrayRef1<F>);

    /// Update number `t` (from 0): moves `x`, given the gradient that `evaluate` filled in.
    /// `grad` may be used as working space.
    ///
    /// `Break` means that the method knows no further point, as a line search that finds none that
    /// is lower; x is then where it was, and the run ends with
    /// [`Stop::Stalled`](crate::Stop::Stalled).
    fn advance(
        &mut self,
        problem: &P,
        t: usize,
        x: &mut ArrayRef1<F>,
        grad: &mut ArrayRef1<F>,
    ) -> ControlFlow<()>;

    /// Forgets all updates: the same start then gives the same path again.
    fn reset(&mut self);
}

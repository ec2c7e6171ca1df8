//! Whole methods: an update rule with its source of gradients, or a method that asks the objective
//! where to go.
//!
//! | type | the step | asks for |
//! |---|---|---|
//! | [`Descent`] | an update rule at a scheduled learning rate | ∇f |
//! | [`StochasticDescent`] | the same | ∇f over batches |
//! | [`Clipped`] | another solver's, its gradient clipped first | what that solver asks for |

use std::ops::ControlFlow;

use ndarray::ArrayRef1;

use crate::Float;

mod clipped;
mod descent;
mod learning_rate;
mod stochastic_descent;

pub use clipped::Clipped;
pub use descent::Descent;
pub use stochastic_descent::StochasticDescent;

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

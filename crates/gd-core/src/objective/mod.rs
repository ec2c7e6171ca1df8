//! What is minimised: [`Objective`], [`FiniteSum`], and test functions whose behaviour is known.
//!
//! | type | function | shows |
//! |---|---|---|
//! | [`Quadratic`] | ½ xᵀAx | bowls and ravines; everything has a closed form |
//! | [`DoubleWell`] | x⁴ − 4x² + 0.5x | two minima of different depth |
//! | [`Saddle`] | x² − y² | a stationary point that is no minimum |
//! | [`FnObjective`] | two closures | your own function |

use ndarray::{ArrayRef1, ArrayRef2};

use crate::Float;

mod double_well;
mod finite_sum;
mod function;
mod quadratic;
mod saddle;

pub use double_well::DoubleWell;
pub use finite_sum::FiniteSum;
pub use function::FnObjective;
pub use quadratic::Quadratic;
pub use saddle::Saddle;

/// A differentiable function f: ℝᵈ → ℝ.
///
/// ```
/// use gd_core::{Float, Objective};
/// use ndarray::{ArrayRef1, array};
///
/// /// f(x, y) = x² + 2y²
/// struct Bowl;
///
/// impl<F: Float> Objective<F> for Bowl {
///     fn dim(&self) -> usize {
///         2
///     }
///     fn value(&self, x: &ArrayRef1<F>) -> F {
///         x[0] * x[0] + F::of(2.0) * x[1] * x[1]
///     }
///     fn gradient(&self, x: &ArrayRef1<F>, grad: &mut ArrayRef1<F>) {
///         grad[0] = F::of(2.0) * x[0];
///         grad[1] = F::of(4.0) * x[1];
///     }
/// }
///
/// let mut grad = array![0.0, 0.0];
/// Bowl.gradient(&array![4.0, 3.0], &mut grad);
/// assert_eq!(grad, array![8.0, 12.0]);
/// ```
pub trait Objective<F: Float> {
    /// d, the number of parameters.
    fn dim(&self) -> usize;

    /// f(x). `x` has length `dim()`.
    fn value(&self, x: &ArrayRef1<F>) -> F;

    /// Writes ∇f(x) into `grad`, overwriting all of it. Both have length `dim()`.
    ///
    /// An implementation must not read what `grad` held before, and should not allocate.
    fn gradient(&self, x: &ArrayRef1<F>, grad: &mut ArrayRef1<F>);

    /// f(x), and ∇f(x) into `grad`: what [`value`](Objective::value) and
    /// [`gradient`](Objective::gradient) give, up to rounding. Worth its own implementation where
    /// both come out of one pass over the data.
    fn value_and_gradient(&self, x: &ArrayRef1<F>, grad: &mut ArrayRef1<F>) -> F {
        self.gradient(x, grad);
        self.value(x)
    }
}

/// An objective whose second derivatives are known too.
///
/// ```
/// use gd_core::objective::{Saddle, TwiceDifferentiable};
/// use ndarray::{Array2, array};
///
/// let mut hessian = Array2::zeros((2, 2));
/// Saddle.hessian(&array![1.0, 3.0], &mut hessian);
/// assert_eq!(hessian, array![[2.0, 0.0], [0.0, -2.0]]);
/// ```
pub trait TwiceDifferentiable<F: Float>: Objective<F> {
    /// Writes ∇²f(x), symmetric and d×d, into `hessian`, overwriting all of it. `x` has length d.
    fn hessian(&self, x: &ArrayRef1<F>, hessian: &mut ArrayRef2<F>);
}

impl<F: Float, T: Objective<F> + ?Sized> Objective<F> for &T {
    fn dim(&self) -> usize {
        (**self).dim()
    }
    fn value(&self, x: &ArrayRef1<F>) -> F {
        (**self).value(x)
    }
    fn gradient(&self, x: &ArrayRef1<F>, grad: &mut ArrayRef1<F>) {
        (**self).gradient(x, grad);
    }
    fn value_and_gradient(&self, x: &ArrayRef1<F>, grad: &mut ArrayRef1<F>) -> F {
        (**self).value_and_gradient(x, grad)
    }
}

impl<F: Float, T: Objective<F> + ?Sized> Objective<F> for Box<T> {
    fn dim(&self) -> usize {
        (**self).dim()
    }
    fn value(&self, x: &ArrayRef1<F>) -> F {
        (**self).value(x)
    }
    fn gradient(&self, x: &ArrayRef1<F>, grad: &mut ArrayRef1<F>) {
        (**self).gradient(x, grad);
    }
    fn value_and_gradient(&self, x: &ArrayRef1<F>, grad: &mut ArrayRef1<F>) -> F {
        (**self).value_and_gradient(x, grad)
    }
}

impl<F: Float, T: TwiceDifferentiable<F> + ?Sized> TwiceDifferentiable<F> for &T {
    fn hessian(&self, x: &ArrayRef1<F>, hessian: &mut ArrayRef2<F>) {
        (**self).hessian(x, hessian);
    }
}

impl<F: Float, T: TwiceDifferentiable<F> + ?Sized> TwiceDifferentiable<F> for Box<T> {
    fn hessian(&self, x: &ArrayRef1<F>, hessian: &mut ArrayRef2<F>) {
        (**self).hessian(x, hessian);
    }
}

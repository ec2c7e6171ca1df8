//! What is minimised: [`Objective`], [`FiniteSum`], and test functions whose behaviour is known.
//!
//! | type | function | shows |
//! |---|---|---|
//! | [`Quadratic`] | ½ xᵀAx | bowls and ravines; everything has a closed form |
//! | [`XSquaredSinX`] | x² sin x | the start decides |
//! | [`DoubleWell`] | x⁴ − 4x² + 0.5x | two minima of different depth |
//! | [`Quartic`] | x⁴ | convex, but no learning rate suits every start |
//! | [`Exponential`] | eˣ | convex, without a minimum |
//! | [`FlatBottom`] | max(\|x\| − 1, 0)² | convex, with many minima |
//! | [`AbsoluteValue`] | Σ \|xᵢ\| | a kink at the minimum |
//! | [`Saddle`] | x² − y² | a stationary point that is no minimum |
//! | [`MonkeySaddle`] | x³ − 3xy² | one where the Hessian vanishes too |
//! | [`Plateau`] | 1 − exp(−r²/2) | a gradient that vanishes far from the minimum |
//! | [`Booth`] | two squares | a tilted bowl |
//! | [`Rosenbrock`], [`Beale`] | sums of squares | curved valleys |
//! | [`Himmelblau`], [`StyblinskiTang`] | of degree 4 | several minima |
//! | [`Rastrigin`], [`Ackley`] | with cosines | very many minima |
//! | [`FnObjective`] | two closures | your own function |
//!
//! [`TestFunction`] tells where their minima are; [`one_dimensional`] and [`two_dimensional`] list
//! them.

use ndarray::{ArrayRef1, ArrayRef2};

use crate::Float;

mod absolute_value;
mod ackley;
mod beale;
mod booth;
mod double_well;
mod exponential;
mod finite_sum;
mod flat_bottom;
mod function;
mod himmelblau;
mod monkey_saddle;
mod plateau;
mod quadratic;
mod quartic;
mod rastrigin;
mod rosenbrock;
mod saddle;
mod styblinski_tang;
mod test_function;
mod x_squared_sin_x;

pub use absolute_value::AbsoluteValue;
pub use ackley::Ackley;
pub use beale::Beale;
pub use booth::Booth;
pub use double_well::DoubleWell;
pub use exponential::Exponential;
pub use finite_sum::FiniteSum;
pub use flat_bottom::FlatBottom;
pub use function::FnObjective;
pub use himmelblau::Himmelblau;
pub use monkey_saddle::MonkeySaddle;
pub use plateau::Plateau;
pub use quadratic::Quadratic;
pub use quartic::Quartic;
pub use rastrigin::Rastrigin;
pub use rosenbrock::Rosenbrock;
pub use saddle::Saddle;
pub use styblinski_tang::StyblinskiTang;
pub use test_function::{TestFunction, one_dimensional, two_dimensional};
pub use x_squared_sin_x::XSquaredSinX;

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

/// A point of an objective must have its dimension.
#[track_caller]
pub(crate) fn check_dim<F>(x: &ArrayRef1<F>, dim: usize) {
    assert!(
        x.len() == dim,
        "x has length {}, but the objective has dimension {dim}; give one number per parameter",
        x.len()
    );
}

#[track_caller]
fn check_new_dim(dim: usize, least: usize) {
    assert!(
        dim >= least,
        "dim must be >= {least}, got {dim}; with 2 the function can be drawn"
    );
}

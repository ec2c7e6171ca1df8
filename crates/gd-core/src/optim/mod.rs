//! Update rules: how a gradient becomes a step.
//!
//! | type | idea |
//! |---|---|
//! | [`Sgd`] | the gradient itself; with momentum, its decaying sum |
//! | [`RmsProp`] | each coordinate divided by the root mean square of its gradients |
//! | [`Adagrad`] | each coordinate divided by the root of the sum of all its squared gradients |
//! | [`Adadelta`] | RMSprop's division, in units of the recent steps |
//! | [`Adam`] | momentum and RMSprop's division together, bias corrected |
//! | [`AdamW`] | Adam, with weight decay apart from the gradient |
//! | [`NAdam`] | Adam with Nesterov momentum |
//! | [`RAdam`] | Adam that starts as momentum and warms up |
//! | [`Adamax`] | Adam with the largest recent gradient as the divisor |
//! | [`Rprop`] | the signs alone, with a step size per coordinate |
//! | [`Lion`] | the sign of a momentum |
//! | [`Asgd`] | the gradient itself, and the mean of the points |
//! | [`Adafactor`] | RMSprop's division with a memory of rows and columns only, steps relative to x |
//! | [`Muon`] | a matrix of momentum, made orthogonal by [`NewtonSchulz`] |
//! | [`Groups`] | one of these for each part of the parameters |
//! | [`Parallel`] | one of these on several threads |
//!
//! Hyperparameters bear PyTorch's names and defaults (for [`Lion`] optax's) and mean what they mean
//! there; the tests compare whole trajectories. State is allocated at the first step, when the dimension is known,
//! and never again until [`Optimizer::reset`].

use ndarray::ArrayRef1;

use crate::Float;

mod adadelta;
mod adafactor;
mod adagrad;
mod adam;
mod adam_w;
mod adamax;
mod asgd;
mod bias;
mod decay;
mod elementwise;
mod groups;
mod lion;
mod muon;
mod n_adam;
mod newton_schulz;
mod parallel;
mod r_adam;
mod rms_prop;
mod rprop;
mod sgd;
mod state;

pub use adadelta::Adadelta;
pub use adafactor::Adafactor;
pub use adagrad::Adagrad;
pub use adam::Adam;
pub use adam_w::AdamW;
pub use adamax::Adamax;
pub use asgd::Asgd;
pub use groups::Groups;
pub use lion::Lion;
pub use muon::{AdjustLr, Muon};
pub use n_adam::NAdam;
pub use newton_schulz::NewtonSchulz;
pub use parallel::{Elementwise, Parallel};
pub use r_adam::RAdam;
pub use rms_prop::RmsProp;
pub use rprop::Rprop;
pub use sgd::Sgd;

/// An update rule: turns a gradient into a change of the parameters.
///
/// ```
/// use gd_core::{Optimizer, optim::Sgd};
/// use ndarray::array;
///
/// let mut x = array![4.0];
/// Sgd::plain().step(0.1, &mut x, &array![8.0]);
/// assert_eq!(x, array![3.2]);
/// ```
pub trait Optimizer<F: Float> {
    /// One update of `x` with learning rate `lr`, given the gradient at `x`.
    ///
    /// `x` and `grad` have the same length, at every step. `lr` is not checked here, where it
    /// would cost at each step; [`Descent`](crate::Descent) checks it. The first step may allocate
    /// the rule's state; the later ones do not allocate.
    ///
    /// # Panics
    /// If the lengths differ from each other or, where the rule has state, from those of the
    /// step before.
    fn step(&mut self, lr: F, x: &mut ArrayRef1<F>, grad: &ArrayRef1<F>);

    /// Forgets all steps: the next one is the first again, and of any dimension.
    fn reset(&mut self);
}

impl<F: Float, O: Optimizer<F> + ?Sized> Optimizer<F> for Box<O> {
    fn step(&mut self, lr: F, x: &mut ArrayRef1<F>, grad: &ArrayRef1<F>) {
        (**self).step(lr, x, grad);
    }
    fn reset(&mut self) {
        (**self).reset();
    }
}

impl<F: Float, O: Optimizer<F> + ?Sized> Optimizer<F> for &mut O {
    fn step(&mut self, lr: F, x: &mut ArrayRef1<F>, grad: &ArrayRef1<F>) {
        (**self).step(lr, x, grad);
    }
    fn reset(&mut self) {
        (**self).reset();
    }
}

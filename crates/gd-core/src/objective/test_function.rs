//! Functions of the literature, with what is known about them.

use ndarray::{Array1, array};

use super::{
    AbsoluteValue, Ackley, Beale, Booth, DoubleWell, Exponential, FlatBottom, Himmelblau,
    MonkeySaddle, Plateau, Quadratic, Quartic, Rastrigin, Rosenbrock, Saddle, StyblinskiTang,
    XSquaredSinX,
};
use crate::{Float, Objective};

/// An objective about which the answer is known: where its minima are, and where to look at it.
///
/// ```
/// use gd_core::objective::{self, TestFunction};
///
/// for f in objective::two_dimensional::<f64>() {
///     for x in f.minima() {
///         assert!((f.value(&x) - f.minimum().unwrap()).abs() < 1e-12, "{}", f.name());
///     }
/// }
/// ```
pub trait TestFunction<F: Float>: Objective<F> {
    /// The name in the literature.
    fn name(&self) -> &'static str;

    /// All points where f takes its least value, each of length d; empty if it takes none, or if
    /// they fill an interval.
    fn minima(&self) -> Vec<Array1<F>>;

    /// The least value of f; None if f is unbounded below. (For [`Exponential`] it is the limit 0,
    /// which f does not take.)
    fn minimum(&self) -> Option<F>;

    /// A box that shows what f is known for: [low, high] for each coordinate.
    fn window(&self) -> Vec<[F; 2]>;
}

/// The test functions of one variable.
pub fn one_dimensional<F: Float>() -> Vec<Box<dyn TestFunction<F>>> {
    vec![
        Box::new(Quadratic::square()),
        Box::new(XSquaredSinX),
        Box::new(DoubleWell),
        Box::new(Quartic),
        Box::new(Exponential),
        Box::new(AbsoluteValue::new(1)),
        Box::new(FlatBottom),
    ]
}

/// The test functions of two variables; those of any dimension with two.
pub fn two_dimensional<F: Float>() -> Vec<Box<dyn TestFunction<F>>> {
    vec![
        Box::new(Quadratic::bowl()),
        Box::new(Quadratic::ravine()),
        Box::new(Rosenbrock::new(2)),
        Box::new(Himmelblau),
        Box::new(Beale),
        Box::new(Booth),
        Box::new(Rastrigin::new(2)),
        Box::new(Ackley::new(2)),
        Box::new(StyblinskiTang::new(2)),
        Box::new(Saddle),
        Box::new(MonkeySaddle),
        Box::new(AbsoluteValue::new(2)),
        Box::new(Plateau),
    ]
}

impl<F: Float> TestFunction<F> for Quadratic<F> {
    fn name(&self) -> &'static str {
        "quadratic form"
    }
    /// The origin, if all curvatures are positive.
    fn minima(&self) -> Vec<Array1<F>> {
        match self.curvatures()[0] > F::zero() {
            true => vec![Array1::zeros(self.dim())],
            false => Vec::new(),
        }
    }
    fn minimum(&self) -> Option<F> {
        (self.curvatures()[0] >= F::zero()).then(F::zero)
    }
    fn window(&self) -> Vec<[F; 2]> {
        vec![[F::of(-5.0), F::of(5.0)]; self.dim()]
    }
}

impl<F: Float> TestFunction<F> for Saddle {
    fn name(&self) -> &'static str {
        "saddle"
    }
    fn minima(&self) -> Vec<Array1<F>> {
        Vec::new()
    }
    fn minimum(&self) -> Option<F> {
        None
    }
    fn window(&self) -> Vec<[F; 2]> {
        vec![[F::of(-2.0), F::of(2.0)]; 2]
    }
}

impl<F: Float> TestFunction<F> for DoubleWell {
    fn name(&self) -> &'static str {
        "double well"
    }
    fn minima(&self) -> Vec<Array1<F>> {
        vec![array![F::of(Self::minima()[0])]]
    }
    fn minimum(&self) -> Option<F> {
        Some(self.value(&array![F::of(Self::minima()[0])]))
    }
    fn window(&self) -> Vec<[F; 2]> {
        vec![[F::of(-2.3), F::of(2.3)]]
    }
}

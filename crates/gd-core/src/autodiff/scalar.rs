//! A tape of numbers: automatic differentiation small enough to read.

use std::{
    cell::RefCell,
    ops::{Add, Div, Mul, Neg, Sub},
};

use super::Activation;
use crate::Float;

/// Records what is computed with its variables, for one sweep back through it.
///
/// ```
/// use gd_core::autodiff::scalar::Tape;
///
/// // f(x, y) = x·y + sin x, ∂f/∂x = y + cos x, ∂f/∂y = x
/// let tape = Tape::new();
/// let (x, y) = (tape.variable(2.0_f64), tape.variable(-3.0));
/// let f = x * y + x.sin();
/// let gradient = f.backward();
/// assert_eq!(gradient.of(x), -3.0 + 2.0_f64.cos());
/// assert_eq!(gradient.of(y), 2.0);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Tape<F> {
    nodes: RefCell<Vec<Node<F>>>,
}

/// One record of a [`Tape`]: an operation, its result, and how the result depends on its inputs.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Node<F> {
    /// The operation: `"variable"`, `"+"`, `"sin"`, ….
    pub operation: &'static str,
    /// Its result.
    pub value: F,
    /// For each input the number of its record and ∂value/∂input. A constant operand, as in 2·x, is
    /// no input.
    pub inputs: [Option<(usize, F)>; 2],
}

/// A number on a [`Tape`].
#[derive(Clone, Copy, Debug)]
pub struct Var<'t, F> {
    tape: &'t Tape<F>,
    index: usize,
    value: F,
}

/// ∂y/∂v for every variable and intermediate result v of a tape.
#[derive(Clone, Debug, PartialEq)]
pub struct Gradient<F> {
    adjoints: Vec<F>,
}

impl<F: Float> Tape<F> {
    /// An empty tape.
    pub fn new() -> Self {
        Self {
            nodes: RefCell::new(Vec::new()),
        }
    }

    /// A new variable: something to differentiate by.
    pub fn variable(&self, value: F) -> Var<'_, F> {
        self.push("variable", value, [None, None])
    }

    /// All records so far; the i-th is that of the variable with [`Var::index`] i. What a drawing of
    /// the computation graph needs.
    pub fn nodes(&self) -> Vec<Node<F>> {
        self.nodes.borrow().clone()
    }

    fn push(
        &self,
        operation: &'static str,
        value: F,
        inputs: [Option<(usize, F)>; 2],
    ) -> Var<'_, F> {
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(Node {
            operation,
            value,
            inputs,
        });
        Var {
            tape: self,
            index: nodes.len() - 1,
            value,
        }
    }
}

impl<'t, F: Float> Var<'t, F> {
    /// Its value.
    pub fn value(self) -> F {
        self.value
    }

    /// The number of its record on the tape.
    pub fn index(self) -> usize {
        self.index
    }

    /// The derivatives of this number by everything it was computed from.
    ///
    /// Starts with ∂y/∂y = 1 and walks the tape backwards: a record whose derivative ∂y/∂v is
    /// complete passes ∂y/∂v·∂v/∂u on to each of its inputs u, where the shares add up.
    pub fn backward(self) -> Gradient<F> {
        let nodes = self.tape.nodes.borrow();
        let mut adjoints = vec![F::zero(); nodes.len()];
        adjoints[self.index] = F::one();
        for i in (0..=self.index).rev() {
            for (input, local) in nodes[i].inputs.into_iter().flatten() {
                let share = adjoints[i] * local;
                adjoints[input] += share;
            }
        }
        Gradient { adjoints }
    }

    /// eˣ.
    pub fn exp(self) -> Self {
        let e = self.value.exp();
        self.unary("exp", e, e)
    }

    /// ln x.
    pub fn ln(self) -> Self {
        self.unary("ln", self.value.ln(), self.value.recip())
    }

    /// sin x.
    pub fn sin(self) -> Self {
        self.unary("sin", self.value.sin(), self.value.cos())
    }

    /// cos x.
    pub fn cos(self) -> Self {
        self.unary("cos", self.value.cos(), -self.value.sin())
    }

    /// √x.
    pub fn sqrt(self) -> Self {
        let root = self.value.sqrt();
        self.unary("sqrt", root, (root + root).recip())
    }

    /// xⁿ.
    pub fn powi(self, n: i32) -> Self {
        let slope = if n == 0 {
            F::zero()
        } else {
            F::of(f64::from(n)) * self.value.powi(n - 1)
        };
        self.unary("powi", self.value.powi(n), slope)
    }

    /// tanh x.
    pub fn tanh(self) -> Self {
        self.activate("tanh", Activation::Tanh)
    }

    /// max(x, 0), with derivative 0 at 0.
    pub fn relu(self) -> Self {
        self.activate("relu", Activation::Relu)
    }

    /// 1/(1 + e⁻ˣ).
    pub fn sigmoid(self) -> Self {
        self.activate("sigmoid", Activation::Sigmoid)
    }

    fn activate(self, operation: &'static str, activation: Activation) -> Self {
        let a = activation.value(self.value);
        self.unary(operation, a, activation.derivative(self.value, a))
    }

    fn unary(self, operation: &'static str, value: F, slope: F) -> Self {
        self.tape
            .push(operation, value, [Some((self.index, slope)), None])
    }

    /// # Panics
    /// If the two are not of the same tape.
    fn binary(self, other: Self, operation: &'static str, value: F, slopes: [F; 2]) -> Self {
        assert!(
            std::ptr::eq(self.tape, other.tape),
            "both operands of {operation} must be of the same tape; make all variables with one"
        );
        let inputs = [
            Some((self.index, slopes[0])),
            Some((other.index, slopes[1])),
        ];
        self.tape.push(operation, value, inputs)
    }
}

impl<F: Float> Gradient<F> {
    /// ∂y/∂v.
    ///
    /// # Panics
    /// If v is of another tape that is longer, or was made after `backward`.
    pub fn of(&self, v: Var<'_, F>) -> F {
        assert!(
            v.index < self.adjoints.len(),
            "variable {} is not among the {} that were there at backward(); call it again",
            v.index,
            self.adjoints.len()
        );
        self.adjoints[v.index]
    }

    /// ∂y/∂v of all records, in the order of [`Tape::nodes`].
    pub fn all(&self) -> &[F] {
        &self.adjoints
    }
}

impl<F: Float> Add for Var<'_, F> {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        let slopes = [F::one(), F::one()];
        self.binary(other, "+", self.value + other.value, slopes)
    }
}

impl<F: Float> Sub for Var<'_, F> {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        let slopes = [F::one(), -F::one()];
        self.binary(other, "-", self.value - other.value, slopes)
    }
}

impl<F: Float> Mul for Var<'_, F> {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        let slopes = [other.value, self.value];
        self.binary(other, "*", self.value * other.value, slopes)
    }
}

impl<F: Float> Div for Var<'_, F> {
    type Output = Self;
    fn div(self, other: Self) -> Self {
        let quotient = self.value / other.value;
        let slopes = [other.value.recip(), -quotient / other.value];
        self.binary(other, "/", quotient, slopes)
    }
}

impl<F: Float> Neg for Var<'_, F> {
    type Output = Self;
    fn neg(self) -> Self {
        self.unary("neg", -self.value, -F::one())
    }
}

impl<F: Float> Add<F> for Var<'_, F> {
    type Output = Self;
    fn add(self, c: F) -> Self {
        self.unary("+", self.value + c, F::one())
    }
}

impl<F: Float> Sub<F> for Var<'_, F> {
    type Output = Self;
    fn sub(self, c: F) -> Self {
        self.unary("-", self.value - c, F::one())
    }
}

impl<F: Float> Mul<F> for Var<'_, F> {
    type Output = Self;
    fn mul(self, c: F) -> Self {
        self.unary("*", self.value * c, c)
    }
}

impl<F: Float> Div<F> for Var<'_, F> {
    type Output = Self;
    fn div(self, c: F) -> Self {
        self.unary("/", self.value / c, c.recip())
    }
}

// Rust allows a number on the left for one type at a time only.
macro_rules! number_on_the_left {
    ($($float:ty),*) => {$(
        impl<'t> Add<Var<'t, $float>> for $float {
            type Output = Var<'t, $float>;
            fn add(self, x: Var<'t, $float>) -> Var<'t, $float> {
                x + self
            }
        }
        impl<'t> Sub<Var<'t, $float>> for $float {
            type Output = Var<'t, $float>;
            fn sub(self, x: Var<'t, $float>) -> Var<'t, $float> {
                x.unary("-", self - x.value, -1.0)
            }
        }
        impl<'t> Mul<Var<'t, $float>> for $float {
            type Output = Var<'t, $float>;
            fn mul(self, x: Var<'t, $float>) -> Var<'t, $float> {
                x * self
            }
        }
        impl<'t> Div<Var<'t, $float>> for $float {
            type Output = Var<'t, $float>;
            fn div(self, x: Var<'t, $float>) -> Var<'t, $float> {
                let quotient = self / x.value;
                x.unary("/", quotient, -quotient / x.value)
            }
        }
    )*};
}
number_on_the_left!(f32, f64);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_used_twice_gets_both_shares() {
        let tape = Tape::new();
        let x = tape.variable(3.0);
        let y = x * x + x;
        assert_eq!((y.value(), y.backward().of(x)), (12.0, 7.0));
    }

    #[test]
    fn the_tape_can_be_read() {
        let tape = Tape::new();
        let (w, x) = (tape.variable(2.0), tape.variable(5.0));
        let loss = (w * x - 1.0).powi(2);
        let nodes = tape.nodes();
        let names: Vec<_> = nodes.iter().map(|node| node.operation).collect();
        assert_eq!(names, ["variable", "variable", "*", "-", "powi"]);
        assert_eq!(nodes[2].inputs, [Some((0, 5.0)), Some((1, 2.0))]);
        assert_eq!(loss.backward().all(), [90.0, 36.0, 18.0, 18.0, 1.0]);
    }

    #[test]
    fn what_came_later_has_no_influence() {
        let tape = Tape::new();
        let x = tape.variable(1.5_f32);
        let y = x.exp();
        let later = x * 7.0;
        let gradient = y.backward();
        assert_eq!((gradient.of(x), gradient.of(later)), (1.5_f32.exp(), 0.0));
        assert_eq!(x.powi(0).backward().of(x), 0.0);
    }

    #[test]
    #[should_panic(expected = "must be of the same tape")]
    fn two_tapes() {
        let (one, other) = (Tape::new(), Tape::new());
        let _ = one.variable(1.0) + other.variable(2.0);
    }

    #[test]
    #[should_panic(expected = "variable 1 is not among the 1")]
    fn asked_for_a_later_variable() {
        let tape = Tape::new();
        let gradient = tape.variable(1.0).backward();
        gradient.of(tape.variable(2.0));
    }
}

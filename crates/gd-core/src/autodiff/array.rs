//! A tape of matrices: automatic differentiation for training.
//!
//! Samples are rows. Weight matrices are out×in, as PyTorch's: a layer is X·Wᵀ + b.

use ndarray::{Array2, ArrayView2, Zip};

use super::{
    Activation,
    activation::{sigmoid, softplus},
    matrix_product::add_product,
};
use crate::Float;

/// Records what is computed with its matrices, for one sweep back through it.
///
/// After [`Tape::clear`] the same computation on matrices no larger than before allocates nothing.
///
/// ```
/// use gd_core::autodiff::array::Tape;
/// use ndarray::array;
///
/// // the mean of (XWᵀ)² and its derivative by W
/// let mut tape = Tape::new();
/// let x = tape.constant(array![[1.0, 2.0], [3.0, 4.0]].view());
/// let w = tape.parameter(array![[0.5, -1.0]].view());
/// let z = tape.matmul_transposed(x, w);
/// let square = tape.mul(z, z);
/// let loss = tape.mean(square);
/// tape.backward(loss);
/// assert_eq!(tape.value(loss), &array![[4.25]]);
/// assert_eq!(tape.gradient(w), &array![[-9.0, -13.0]]);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Tape<F> {
    nodes: Vec<Node<F>>,
    /// How many of the nodes are in use; the rest wait to be used again.
    len: usize,
}

/// A matrix on a [`Tape`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Var(usize);

#[derive(Clone, Debug)]
struct Node<F> {
    operation: Operation<F>,
    /// Whether a parameter is behind it.
    depends: bool,
    value: Array2<F>,
    gradient: Array2<F>,
    /// What the operation keeps for the way back, or needs besides.
    scratch: Array2<F>,
}

#[derive(Clone, Copy, Debug)]
enum Operation<F> {
    Leaf,
    MatMul(usize, usize),
    MatMulTransposed(usize, usize),
    AddRow(usize, usize),
    Add(usize, usize),
    Sub(usize, usize),
    Mul(usize, usize),
    Scale(usize, F),
    Activate(usize, Activation),
    Sum(usize),
    /// The mean over samples of a loss whose derivative by each entry of the input is in `scratch`.
    Loss(usize),
}

impl<F: Float> Tape<F> {
    /// An empty tape.
    pub fn new() -> Self {
        Self {
            nodes: Vec::new(),
            len: 0,
        }
    }

    /// Forgets all records but keeps their memory. Variables made before are no longer valid.
    pub fn clear(&mut self) {
        self.len = 0;
    }

    /// A copy of `value` that is differentiated by.
    pub fn parameter(&mut self, value: ArrayView2<'_, F>) -> Var {
        let (var, node, _) = self.push(Operation::Leaf, true, value.dim());
        node.value.assign(&value);
        var
    }

    /// A copy of `value` that is not differentiated by: data.
    pub fn constant(&mut self, value: ArrayView2<'_, F>) -> Var {
        let (var, node, _) = self.push(Operation::Leaf, false, value.dim());
        node.value.assign(&value);
        var
    }

    /// The given rows of `from`, repeats allowed, as a constant: a batch.
    ///
    /// # Panics
    /// If there is no such row.
    pub fn constant_rows(&mut self, from: ArrayView2<'_, F>, rows: &[usize]) -> Var {
        let (var, node, _) = self.push(Operation::Leaf, false, (rows.len(), from.ncols()));
        for (mut to, &row) in node.value.rows_mut().into_iter().zip(rows) {
            to.assign(&from.row(row));
        }
        var
    }

    /// AB.
    ///
    /// # Panics
    /// If A has not as many columns as B has rows, or if A and B are one variable.
    pub fn matmul(&mut self, a: Var, b: Var) -> Var {
        check_different(a, b);
        let shape = (self.value(a).nrows(), self.value(b).ncols());
        let (var, node, before) = self.push(Operation::MatMul(a.0, b.0), false, shape);
        node.value.fill(F::zero());
        add_product(
            before[a.0].value.view(),
            &before[b.0].value,
            &mut node.value,
        );
        var
    }

    /// ABᵀ.
    ///
    /// # Panics
    /// If A and B have not as many columns, or if they are one variable.
    pub fn matmul_transposed(&mut self, a: Var, b: Var) -> Var {
        check_different(a, b);
        let shape = (self.value(a).nrows(), self.value(b).nrows());
        let (var, node, before) = self.push(Operation::MatMulTransposed(a.0, b.0), false, shape);
        let b = &before[b.0].value;
        resize(&mut node.scratch, (b.ncols(), b.nrows()));
        node.scratch.assign(&b.t());
        node.value.fill(F::zero());
        add_product(before[a.0].value.view(), &node.scratch, &mut node.value);
        var
    }

    /// A with `row`, 1×m, added to each of its rows.
    ///
    /// # Panics
    /// If `row` is not 1×m where A is n×m.
    pub fn add_row(&mut self, a: Var, row: Var) -> Var {
        let shape = self.value(a).dim();
        assert!(
            self.value(row).dim() == (1, shape.1),
            "the row to add must be 1x{}, got {:?}",
            shape.1,
            self.value(row).dim()
        );
        let (var, node, before) = self.push(Operation::AddRow(a.0, row.0), false, shape);
        let a = before[a.0].value.as_slice().expect("in standard layout");
        let row = before[row.0].value.as_slice().expect("in standard layout");
        let to = node.value.as_slice_mut().expect("in standard layout");
        let width = row.len().max(1);
        for (to, a) in to.chunks_exact_mut(width).zip(a.chunks_exact(width)) {
            for ((to, &a), &b) in to.iter_mut().zip(a).zip(row) {
                *to = a + b;
            }
        }
        var
    }

    /// A + B.
    ///
    /// # Panics
    /// If the shapes differ, as in the other operations on two matrices.
    pub fn add(&mut self, a: Var, b: Var) -> Var {
        self.elementwise(Operation::Add(a.0, b.0), a, b, |a, b| a + b)
    }

    /// A − B.
    pub fn sub(&mut self, a: Var, b: Var) -> Var {
        self.elementwise(Operation::Sub(a.0, b.0), a, b, |a, b| a - b)
    }

    /// The products of the entries, aᵢⱼbᵢⱼ.
    pub fn mul(&mut self, a: Var, b: Var) -> Var {
        self.elementwise(Operation::Mul(a.0, b.0), a, b, |a, b| a * b)
    }

    /// cA.
    pub fn scale(&mut self, a: Var, c: F) -> Var {
        self.map(Operation::Scale(a.0, c), a, |a| c * a)
    }

    /// σ(aᵢⱼ) of every entry.
    pub fn activate(&mut self, a: Var, activation: Activation) -> Var {
        self.map(Operation::Activate(a.0, activation), a, |a| {
            activation.value(a)
        })
    }

    /// The sum of all entries, 1×1.
    pub fn sum(&mut self, a: Var) -> Var {
        let (var, node, before) = self.push(Operation::Sum(a.0), false, (1, 1));
        node.value.fill(before[a.0].value.iter().copied().sum());
        var
    }

    /// The mean of all entries, 1×1.
    pub fn mean(&mut self, a: Var) -> Var {
        let sum = self.sum(a);
        self.scale(sum, F::of(self.value(a).len() as f64).recip())
    }

    /// The mean of softplus(zᵢ) − yᵢzᵢ over the samples i: binary cross-entropy of the logits z, n×1,
    /// with labels y that are 0 or 1. (−ln of the probability that sigmoid(z) gives to the label.)
    ///
    /// # Panics
    /// If z has not one column and a row for each label, or if a label is neither 0 nor 1, as in
    /// [`Tape::hinge`].
    pub fn binary_cross_entropy(&mut self, z: Var, labels: &[usize]) -> Var {
        self.binary_loss(z, labels, |z, y| (softplus(z) - y * z, sigmoid(z) - y))
    }

    /// The mean of max(0, 1 − sᵢzᵢ) over the samples i: hinge loss of the scores z, n×1, where
    /// s = −1 for the label 0 and 1 for the label 1.
    pub fn hinge(&mut self, z: Var, labels: &[usize]) -> Var {
        let (zero, one) = (F::zero(), F::one());
        self.binary_loss(z, labels, |z, y| {
            let s = y + y - one;
            let margin = one - s * z;
            // Not max, which would hide a NaN.
            if margin < zero {
                (zero, zero)
            } else {
                (margin, -s)
            }
        })
    }

    /// The mean of ln Σₖ exp(zᵢₖ) − zᵢ,ₗ₍ᵢ₎ over the samples i: cross-entropy of the logits z, n×k,
    /// with labels l below k. (−ln of the probability that softmax(zᵢ) gives to the label.)
    ///
    /// # Panics
    /// If z has not a row for each label, or if a label is k or more.
    pub fn cross_entropy(&mut self, z: Var, labels: &[usize]) -> Var {
        let (n, classes) = self.value(z).dim();
        check_labels(n, labels, classes);
        let (var, node, before) = self.push(Operation::Loss(z.0), false, (1, 1));
        let z = &before[z.0].value;
        resize(&mut node.scratch, z.dim());
        let share = F::of(n as f64).recip();
        let mut total = F::zero();
        for ((z, mut slope), &label) in z
            .rows()
            .into_iter()
            .zip(node.scratch.rows_mut())
            .zip(labels)
        {
            // Less the greatest, which changes no quotient and keeps exp from overflowing.
            let greatest = z.iter().fold(F::neg_infinity(), |m, &z| m.max(z));
            let mut sum = F::zero();
            for (slope, &z) in slope.iter_mut().zip(z) {
                *slope = (z - greatest).exp();
                sum += *slope;
            }
            total += sum.ln() + greatest - z[label];
            slope.mapv_inplace(|e| share * e / sum);
            slope[label] -= share;
        }
        node.value.fill(total * share);
        var
    }

    /// Derives `loss`, 1×1, by every parameter it depends on: [`Tape::gradient`] then has it.
    ///
    /// # Panics
    /// If `loss` is not 1×1.
    pub fn backward(&mut self, loss: Var) {
        assert!(
            self.value(loss).dim() == (1, 1),
            "only a 1x1 matrix can be differentiated, got {:?}; take its mean or sum",
            self.value(loss).dim()
        );
        for node in &mut self.nodes[..self.len] {
            if node.depends {
                node.gradient.fill(F::zero());
            }
        }
        self.nodes[loss.0].gradient.fill(F::one());
        for i in (0..=loss.0).rev() {
            if self.nodes[i].depends {
                self.pass_back(i);
            }
        }
    }

    /// The value of `var`.
    pub fn value(&self, var: Var) -> &Array2<F> {
        &self.live(var).value
    }

    /// What the last [`Tape::backward`] derived by `var`: of the shape of its value.
    ///
    /// # Panics
    /// If no parameter is behind `var`: by constants nothing is derived.
    pub fn gradient(&self, var: Var) -> &Array2<F> {
        let node = self.live(var);
        assert!(
            node.depends,
            "there is no gradient by a constant; make it with parameter()"
        );
        &node.gradient
    }

    fn live(&self, var: Var) -> &Node<F> {
        assert!(
            var.0 < self.len,
            "the variable is of another tape, or of this one before clear()"
        );
        &self.nodes[var.0]
    }

    /// A new record of the given shape, and the records before it. What the value holds is left over.
    fn push(
        &mut self,
        operation: Operation<F>,
        parameter: bool,
        shape: (usize, usize),
    ) -> (Var, &mut Node<F>, &[Node<F>]) {
        let index = self.len;
        let depends = parameter
            || operation
                .inputs()
                .into_iter()
                .flatten()
                .any(|input| self.live(Var(input)).depends);
        if index == self.nodes.len() {
            self.nodes.push(Node {
                operation,
                depends,
                value: Array2::zeros(shape),
                gradient: Array2::zeros((0, 0)),
                scratch: Array2::zeros((0, 0)),
            });
        }
        self.len += 1;
        let (before, rest) = self.nodes.split_at_mut(index);
        let node = &mut rest[0];
        (node.operation, node.depends) = (operation, depends);
        resize(&mut node.value, shape);
        if depends {
            resize(&mut node.gradient, shape);
        }
        (Var(index), node, before)
    }

    fn map(&mut self, operation: Operation<F>, a: Var, f: impl Fn(F) -> F) -> Var {
        let (var, node, before) = self.push(operation, false, self.value(a).dim());
        Zip::from(&mut node.value)
            .and(&before[a.0].value)
            .for_each(|value, &a| *value = f(a));
        var
    }

    fn elementwise(
        &mut self,
        operation: Operation<F>,
        a: Var,
        b: Var,
        f: impl Fn(F, F) -> F,
    ) -> Var {
        let (shape, other) = (self.value(a).dim(), self.value(b).dim());
        assert!(
            shape == other,
            "the shapes must agree, got {shape:?} and {other:?}"
        );
        let (var, node, before) = self.push(operation, false, shape);
        Zip::from(&mut node.value)
            .and(&before[a.0].value)
            .and(&before[b.0].value)
            .for_each(|value, &a, &b| *value = f(a, b));
        var
    }

    /// The mean over samples of a loss of z and y ∈ {0, 1}, given by itself and its derivative by z.
    fn binary_loss(&mut self, z: Var, labels: &[usize], loss: impl Fn(F, F) -> (F, F)) -> Var {
        let (n, columns) = self.value(z).dim();
        assert!(
            columns == 1,
            "a loss of two classes needs one output, got {columns}; use cross_entropy"
        );
        check_labels(n, labels, 2);
        let (var, node, before) = self.push(Operation::Loss(z.0), false, (1, 1));
        resize(&mut node.scratch, (n, 1));
        let share = F::of(n as f64).recip();
        let mut total = F::zero();
        for ((slope, &z), &label) in node.scratch.iter_mut().zip(&before[z.0].value).zip(labels) {
            let (value, derivative) = loss(z, F::of(label as f64));
            total += value;
            *slope = share * derivative;
        }
        node.value.fill(total * share);
        var
    }

    /// Adds to the gradients of the inputs of record `i` what its own gradient means for them.
    fn pass_back(&mut self, i: usize) {
        let (before, rest) = self.nodes.split_at_mut(i);
        let node = &mut rest[0];
        let g = &node.gradient;
        match node.operation {
            Operation::Leaf => {}
            Operation::MatMul(a, b) => {
                if before[a].depends {
                    // ∂A ← ∂A + G·Bᵀ
                    let b = before[b].value.t();
                    resize(&mut node.scratch, b.dim());
                    node.scratch.assign(&b);
                    add_product(g.view(), &node.scratch, &mut before[a].gradient);
                }
                if before[b].depends {
                    // ∂B ← ∂B + Aᵀ·G
                    let (a, b) = two(before, a, b);
                    add_product(a.value.t(), g, &mut b.gradient);
                }
            }
            Operation::MatMulTransposed(a, b) => {
                if before[a].depends {
                    // ∂A ← ∂A + G·B
                    let (b, a) = two(before, b, a);
                    add_product(g.view(), &b.value, &mut a.gradient);
                }
                if before[b].depends {
                    // ∂B ← ∂B + Gᵀ·A
                    let (a, b) = two(before, a, b);
                    add_product(g.t(), &a.value, &mut b.gradient);
                }
            }
            Operation::AddRow(a, row) => {
                if before[row].depends {
                    let mut sums = before[row].gradient.row_mut(0);
                    for row in g.rows() {
                        sums += &row;
                    }
                }
                before[a].receive(g, |g| g);
            }
            Operation::Add(a, b) => {
                before[a].receive(g, |g| g);
                before[b].receive(g, |g| g);
            }
            Operation::Sub(a, b) => {
                before[a].receive(g, |g| g);
                before[b].receive(g, |g| -g);
            }
            Operation::Mul(a, b) if a == b => {
                let Node {
                    value, gradient, ..
                } = &mut before[a];
                Zip::from(gradient)
                    .and(&*value)
                    .and(g)
                    .for_each(|d, &a, &g| *d += (a + a) * g);
            }
            Operation::Mul(a, b) => {
                for (to, other) in [(a, b), (b, a)] {
                    if before[to].depends {
                        let (other, to) = two(before, other, to);
                        Zip::from(&mut to.gradient)
                            .and(&other.value)
                            .and(g)
                            .for_each(|d, &other, &g| *d += other * g);
                    }
                }
            }
            Operation::Scale(a, c) => before[a].receive(g, |g| c * g),
            Operation::Activate(a, activation) => {
                let Node {
                    value, gradient, ..
                } = &mut before[a];
                Zip::from(gradient)
                    .and(&*value)
                    .and(&node.value)
                    .and(g)
                    .for_each(|d, &z, &a, &g| *d += activation.derivative(z, a) * g);
            }
            Operation::Sum(a) => {
                let g = g[[0, 0]];
                before[a].gradient.mapv_inplace(|d| d + g);
            }
            Operation::Loss(a) => {
                let scale = g[[0, 0]];
                before[a].gradient.scaled_add(scale, &node.scratch);
            }
        }
    }
}

impl<F: Float> Node<F> {
    fn receive(&mut self, g: &Array2<F>, f: impl Fn(F) -> F) {
        if self.depends {
            Zip::from(&mut self.gradient)
                .and(g)
                .for_each(|d, &g| *d += f(g));
        }
    }
}

impl<F> Operation<F> {
    fn inputs(&self) -> [Option<usize>; 2] {
        match *self {
            Self::Leaf => [None, None],
            Self::MatMul(a, b)
            | Self::MatMulTransposed(a, b)
            | Self::AddRow(a, b)
            | Self::Add(a, b)
            | Self::Sub(a, b)
            | Self::Mul(a, b) => [Some(a), Some(b)],
            Self::Scale(a, _) | Self::Activate(a, _) | Self::Sum(a) | Self::Loss(a) => {
                [Some(a), None]
            }
        }
    }
}

/// Gives `array` another shape; what it holds is left over. Allocates only to grow.
fn resize<F: Float>(array: &mut Array2<F>, shape: (usize, usize)) {
    if array.dim() != shape {
        let old = std::mem::replace(array, Array2::zeros((0, 0)));
        let (mut memory, _) = old.into_raw_vec_and_offset();
        memory.resize(shape.0 * shape.1, F::zero());
        *array = Array2::from_shape_vec(shape, memory).expect("as many numbers as asked for");
    }
}

/// Node `read` to read and node `write`, another one, to write.
fn two<F>(nodes: &mut [Node<F>], read: usize, write: usize) -> (&Node<F>, &mut Node<F>) {
    let [read, write] = nodes
        .get_disjoint_mut([read, write])
        .expect("two different nodes of the tape");
    (read, write)
}

fn check_different(a: Var, b: Var) {
    assert!(
        a != b,
        "the two factors must be different variables; make a second parameter of the same value"
    );
}

fn check_labels(n: usize, labels: &[usize], classes: usize) {
    assert!(
        n == labels.len() && n > 0,
        "there are {n} samples and {} labels; every sample needs one, and one is the least",
        labels.len()
    );
    for (i, &label) in labels.iter().enumerate() {
        assert!(
            label < classes,
            "labels[{i}] is {label}, but there are {classes} classes, 0 to {}",
            classes - 1
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn a_cleared_tape_is_as_new() {
        let mut tape = Tape::new();
        for round in 1..4 {
            tape.clear();
            let x = tape.parameter(Array2::from_elem((2, round), 2.0).view());
            let y = tape.mul(x, x);
            let loss = tape.sum(y);
            tape.backward(loss);
            assert_eq!(tape.value(loss)[[0, 0]], 8.0 * round as f64);
            assert_eq!(tape.gradient(x), Array2::from_elem((2, round), 4.0));
        }
    }

    #[test]
    fn cross_entropy_of_huge_logits_is_finite() {
        let mut tape = Tape::new();
        let z = tape.parameter(array![[1e4_f64, -1e4, 0.0]].view());
        let loss = tape.cross_entropy(z, &[1]);
        tape.backward(loss);
        assert_eq!(tape.value(loss)[[0, 0]], 2e4);
        assert_eq!(tape.gradient(z), array![[1.0, -1.0, 0.0]]);
    }

    #[test]
    #[should_panic(expected = "there is no gradient by a constant")]
    fn gradient_of_data() {
        let mut tape = Tape::new();
        let x = tape.constant(array![[1.0]].view());
        tape.backward(x);
        tape.gradient(x);
    }

    #[test]
    #[should_panic(expected = "only a 1x1 matrix can be differentiated, got (1, 2)")]
    fn backward_from_a_matrix() {
        let mut tape = Tape::new();
        let x = tape.parameter(array![[1.0, 2.0]].view());
        tape.backward(x);
    }

    #[test]
    #[should_panic(expected = "labels[1] is 3, but there are 3 classes, 0 to 2")]
    fn label_beyond_the_classes() {
        let mut tape = Tape::new();
        let z = tape.parameter(Array2::<f64>::zeros((2, 3)).view());
        tape.cross_entropy(z, &[2, 3]);
    }

    #[test]
    #[should_panic(expected = "of this one before clear()")]
    fn a_variable_from_before_clear() {
        let mut tape = Tape::new();
        let x = tape.parameter(array![[1.0]].view());
        tape.clear();
        tape.value(x);
    }
}

//! A multilayer perceptron over one flat parameter vector.

use std::ops::Range;

use ndarray::{Array1, Array2, ArrayRef1, ArrayView1, ArrayView2, ArrayViewMut2, s};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use crate::{
    Float,
    autodiff::{Activation, array},
    init::Initializer,
};

/// A multilayer perceptron: h₀ = x, hₗ = σ(Wₗhₗ₋₁ + bₗ) in the hidden layers, and W_L h_{L−1} + b_L at
/// the end, without activation.
///
/// With [`residual`](Mlp::residual) connections of scale s, hidden layers as wide as the one before
/// give hₗ = hₗ₋₁ + s·σ(Wₗhₗ₋₁ + bₗ).
///
/// All parameters stand in one vector θ, so that every optimizer, solver and observer can work with
/// them: layer by layer, first W (row-major, out×in as in PyTorch), then b.
///
/// ```
/// use gd_core::{init::Initializer, model::Mlp};
/// use ndarray::array;
///
/// let net = Mlp::new(&[2, 16, 16, 1]); // 2 inputs, two hidden layers of 16 tanh units, 1 output
/// assert_eq!(net.dim(), (2 * 16 + 16) + (16 * 16 + 16) + (16 + 1));
/// let theta = net.init::<f64>(Initializer::XavierNormal { gain: 1.0 }, 42);
/// let output = net.forward(&theta, array![[0.5, -1.0], [0.0, 0.0]].view());
/// assert_eq!(output.dim(), (2, 1));
/// assert_eq!(output[[1, 0]], 0.0); // biases start at 0
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Mlp {
    sizes: Vec<usize>,
    activation: Activation,
    residual: Option<f64>,
}

impl Mlp {
    /// The network with these numbers of units: inputs, hidden layers, outputs. tanh, no residual
    /// connections.
    ///
    /// # Panics
    /// If there are fewer than two sizes, or if one is 0.
    #[track_caller]
    pub fn new(sizes: &[usize]) -> Self {
        assert!(
            sizes.len() >= 2 && !sizes.contains(&0),
            "sizes must be at least two numbers >= 1, got {sizes:?}; \
             [2, 16, 1] has 2 inputs, 16 hidden units and 1 output"
        );
        Self {
            sizes: sizes.to_vec(),
            activation: Activation::Tanh,
            residual: None,
        }
    }

    /// σ, of all hidden layers.
    pub fn activation(mut self, activation: Activation) -> Self {
        self.activation = activation;
        self
    }

    /// Residual connections of the given scale around all hidden layers that are as wide as the one
    /// before them, but not around the first. In a network of L layers 1/√L keeps the activations
    /// from growing. He et al., 2016, arXiv:1512.03385.
    ///
    /// # Panics
    /// If `scale` is not finite.
    #[track_caller]
    pub fn residual(mut self, scale: f64) -> Self {
        assert!(
            scale.is_finite(),
            "scale must be finite, got {scale}; 1 is usual"
        );
        self.residual = Some(scale);
        self
    }

    /// The number of parameters: the length of θ.
    pub fn dim(&self) -> usize {
        self.bias_range(self.layers() - 1).end
    }

    /// L, the number of layers with weights: the hidden ones and the last.
    pub fn layers(&self) -> usize {
        self.sizes.len() - 1
    }

    /// The numbers of units, inputs first.
    pub fn sizes(&self) -> &[usize] {
        &self.sizes
    }

    /// Where in θ the weights of `layer` (from 0) are.
    ///
    /// # Panics
    /// If there is no such layer, as in the other functions of a layer.
    pub fn weight_range(&self, layer: usize) -> Range<usize> {
        assert!(
            layer < self.layers(),
            "layer must be less than {}, got {layer}; the first is 0",
            self.layers()
        );
        let start = self.sizes[..=layer]
            .windows(2)
            .map(|pair| (pair[0] + 1) * pair[1])
            .sum();
        start..start + self.sizes[layer] * self.sizes[layer + 1]
    }

    /// Where in θ the biases of `layer` are.
    pub fn bias_range(&self, layer: usize) -> Range<usize> {
        let start = self.weight_range(layer).end;
        start..start + self.sizes[layer + 1]
    }

    /// Wₗ, out×in.
    ///
    /// # Panics
    /// If θ is not of length [`dim`](Mlp::dim) or not contiguous, as in the other functions of θ.
    pub fn weights<'a, F: Float>(
        &self,
        theta: &'a ArrayRef1<F>,
        layer: usize,
    ) -> ArrayView2<'a, F> {
        self.check(theta);
        theta
            .slice(s![self.weight_range(layer)])
            .into_shape_with_order((self.sizes[layer + 1], self.sizes[layer]))
            .expect("a slice of a contiguous vector")
    }

    /// Wₗ to change, out×in.
    pub fn weights_mut<'a, F: Float>(
        &self,
        theta: &'a mut ArrayRef1<F>,
        layer: usize,
    ) -> ArrayViewMut2<'a, F> {
        self.check(theta);
        theta
            .slice_mut(s![self.weight_range(layer)])
            .into_shape_with_order((self.sizes[layer + 1], self.sizes[layer]))
            .expect("a slice of a contiguous vector")
    }

    /// bₗ, of length out.
    pub fn biases<'a, F: Float>(&self, theta: &'a ArrayRef1<F>, layer: usize) -> ArrayView1<'a, F> {
        self.check(theta);
        theta.slice(s![self.bias_range(layer)])
    }

    /// A start: weights by `initializer`, layer by layer from one seed, and biases 0.
    pub fn init<F: Float>(&self, initializer: Initializer, seed: u64) -> Array1<F> {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let mut theta = Array1::zeros(self.dim());
        for layer in 0..self.layers() {
            initializer.fill(self.weights_mut(&mut theta, layer), &mut rng);
        }
        theta
    }

    /// The outputs for the samples in the rows of `x`, n×in: n×out.
    ///
    /// # Panics
    /// If `x` has not as many columns as the network has inputs.
    pub fn forward<F: Float>(&self, theta: &ArrayRef1<F>, x: ArrayView2<'_, F>) -> Array2<F> {
        self.activations(theta, x)
            .pop()
            .expect("there is at least one layer")
    }

    /// h₁, …, h_L for the samples in the rows of `x`: what every layer gives on, the outputs last.
    pub fn activations<F: Float>(
        &self,
        theta: &ArrayRef1<F>,
        x: ArrayView2<'_, F>,
    ) -> Vec<Array2<F>> {
        let (mut tape, mut record) = (array::Tape::new(), Record::default());
        let x = tape.constant(x);
        self.record(&mut tape, theta, x, &mut record);
        let values = record.hidden.iter().map(|&h| tape.value(h).clone());
        values.collect()
    }

    /// Puts the network on a tape, for the samples in `x`, and what is where into `record`.
    pub(super) fn record<F: Float>(
        &self,
        tape: &mut array::Tape<F>,
        theta: &ArrayRef1<F>,
        x: array::Var,
        record: &mut Record,
    ) {
        self.check(theta);
        let inputs = tape.value(x).ncols();
        assert!(
            inputs == self.sizes[0],
            "x has {inputs} columns, but the network has {} inputs",
            self.sizes[0]
        );
        record.parameters.clear();
        record.hidden.clear();
        let mut h = x;
        for layer in 0..self.layers() {
            let weights = tape.parameter(self.weights(theta, layer));
            let biases = self.biases(theta, layer);
            let bias = tape.parameter(biases.insert_axis(ndarray::Axis(0)));
            record.parameters.push([weights, bias]);
            let product = tape.matmul_transposed(h, weights);
            let z = tape.add_row(product, bias);
            h = if layer + 1 == self.layers() {
                z
            } else {
                let a = tape.activate(z, self.activation);
                match self.residual {
                    Some(scale) if layer > 0 && self.sizes[layer] == self.sizes[layer + 1] => {
                        let scaled = tape.scale(a, F::of(scale));
                        tape.add(h, scaled)
                    }
                    _ => a,
                }
            };
            record.hidden.push(h);
        }
    }

    #[track_caller]
    fn check<F>(&self, theta: &ArrayRef1<F>) {
        assert!(
            theta.len() == self.dim(),
            "theta has length {}, but the network has {} parameters; make it with init()",
            theta.len(),
            self.dim()
        );
        assert!(
            theta.as_slice().is_some(),
            "theta must be contiguous, got a view with stride {}; copy it with to_owned()",
            theta.strides()[0]
        );
    }
}

/// Where on a tape the parts of a network are.
#[derive(Clone, Debug, Default)]
pub(super) struct Record {
    /// W and b of every layer.
    pub(super) parameters: Vec<[array::Var; 2]>,
    /// What every layer gives on.
    pub(super) hidden: Vec<array::Var>,
}

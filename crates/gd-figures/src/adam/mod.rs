//! Adam 一家.

use gd_core::Optimizer;
use gd_core::autodiff::Activation;
use gd_core::data;
use gd_core::init::Initializer;
use gd_core::model::{EmpiricalRisk, Mlp, Target};
use ndarray::{Array1, ArrayRef1};

pub mod bias;
pub mod decay;
pub mod family;
pub mod first_steps;
pub mod orthogonal;
pub mod race;
pub mod reddi;

/// Adam with its two means as they are: what bias correction corrects.
struct Uncorrected {
    beta1: f64,
    beta2: f64,
    m: Array1<f64>,
    v: Array1<f64>,
}

impl Uncorrected {
    /// With the usual betas, for this many parameters.
    fn new(dim: usize) -> Self {
        Uncorrected {
            beta1: 0.9,
            beta2: 0.999,
            m: Array1::zeros(dim),
            v: Array1::zeros(dim),
        }
    }
}

impl Optimizer<f64> for Uncorrected {
    fn step(&mut self, lr: f64, x: &mut ArrayRef1<f64>, grad: &ArrayRef1<f64>) {
        for i in 0..x.len() {
            let g = grad[i];
            self.m[i] = self.beta1 * self.m[i] + (1.0 - self.beta1) * g;
            self.v[i] = self.beta2 * self.v[i] + (1.0 - self.beta2) * g * g;
            x[i] -= lr * self.m[i] / (self.v[i].sqrt() + 1e-8);
        }
    }

    fn reset(&mut self) {
        self.m.fill(0.0);
        self.v.fill(0.0);
    }
}

/// Points of both spirals together.
const SAMPLES: usize = 100;
/// Hidden layers, and units in each.
const DEPTH: usize = 6;
const WIDTH: usize = 20;

/// The loss of a tanh network on two spirals, and weights to begin with.
fn spirals_network(seed: u64) -> (EmpiricalRisk<f64>, Array1<f64>) {
    let sizes = [&[2][..], &[WIDTH; DEPTH], &[1]].concat();
    let net = Mlp::new(&sizes).activation(Activation::Tanh);
    let theta = net.init(Initializer::XavierNormal { gain: 1.0 }, seed);
    let spirals = data::spirals(SAMPLES, 0.05, 1);
    let risk = EmpiricalRisk::new(net, spirals.x, Target::BinaryCrossEntropy(spirals.labels));
    (risk, theta)
}

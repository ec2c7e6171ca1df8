//! The network and the two moons of the chapter, and one run on them.

use std::ops::ControlFlow;

use gd_core::batch::{Sampler, Sampling};
use gd_core::data::{Labelled, two_moons};
use gd_core::init::Initializer;
use gd_core::model::{EmpiricalRisk, LogisticRegression, Mlp, Target};
use gd_core::optim::{Adam, Sgd};
use gd_core::{Descent, Objective, Snapshot, StochasticDescent, minimize};
use ndarray::{Array1, ArrayRef1, array};

/// Points to learn from.
pub const TRAIN: usize = 200;
/// Points held out: many, so that their accuracy is known to about one per cent.
pub const HELD_OUT: usize = 1000;
/// Standard deviation of the noise on every coordinate.
pub const NOISE: f64 = 0.2;
/// Samples in a batch.
pub const BATCH: usize = 32;
/// Adam's learning rate.
pub const LR: f64 = 0.01;
/// Passes over the data.
pub const EPOCHS: usize = 200;
const SEED: u64 = 1;

/// Updates in one pass: the last batch is short.
pub const fn updates_per_epoch() -> usize {
    TRAIN.div_ceil(BATCH)
}

/// The points to learn from and the points held out.
pub fn data() -> (Labelled<f64>, Labelled<f64>) {
    let train = two_moons(TRAIN, NOISE, SEED);
    (train, two_moons(HELD_OUT, NOISE, SEED + 1))
}

/// The cross-entropy of a network on labelled points.
pub fn risk(net: &Mlp, data: &Labelled<f64>) -> EmpiricalRisk<f64> {
    let target = Target::BinaryCrossEntropy(data.labels.clone());
    EmpiricalRisk::new(net.clone(), data.x.clone(), target)
}

/// 2-16-16-1 with tanh.
pub fn network() -> Mlp {
    Mlp::new(&[2, 16, 16, 1])
}

/// Trains the network on its points and shows every θ, the start's first.
pub fn train(mut look: impl FnMut(usize, &ArrayRef1<f64>)) {
    let net = network();
    let mut theta = net.init(Initializer::XavierNormal { gain: 1.0 }, SEED);
    let sampler = Sampler::new(TRAIN, Sampling::Epochs { size: BATCH }, SEED);
    let mut solver = StochasticDescent::new(Adam::default(), LR, sampler);
    let mut observer = |now: &Snapshot<'_, f64>| {
        look(now.step, now.x);
        ControlFlow::Continue(())
    };
    let updates = EPOCHS * updates_per_epoch();
    let risk = risk(&net, &data().0);
    minimize(&risk, &mut solver, &mut theta, updates, &mut observer);
}

/// The network's probability of class 1 at a point.
pub fn probability(net: &Mlp, theta: &ArrayRef1<f64>, (x, y): (f64, f64)) -> f64 {
    let logit = net.forward(theta, array![[x, y]].view())[[0, 0]];
    1.0 / (1.0 + (-logit).exp())
}

/// The share of points that lie where their own class is the denser one: no classifier that knows
/// only the coordinates can expect to find more. A class is spread over its half circle evenly, with
/// normal noise; 400 points of it are close enough.
pub fn best_possible(data: &Labelled<f64>) -> f64 {
    let moons = two_moons(800, 0.0, 0);
    let density = |class: usize, x: f64, y: f64| -> f64 {
        let rows = moons.x.rows().into_iter().zip(&moons.labels);
        rows.filter(|(_, label)| **label == class)
            .map(|(row, _)| (x - row[0]).powi(2) + (y - row[1]).powi(2))
            .map(|square| (-square / (2.0 * NOISE * NOISE)).exp())
            .sum()
    };
    let rows = data.x.rows().into_iter().zip(&data.labels);
    let right = rows.filter(|(row, label)| {
        let densities = [0, 1].map(|class| density(class, row[0], row[1]));
        usize::from(densities[1] > densities[0]) == **label
    });
    right.count() as f64 / data.len() as f64
}

/// A straight line by logistic regression, trained to the end: its parameters, its losses and its
/// accuracies on the points to learn from and on those held out.
pub struct Line {
    /// w₁, w₂, b.
    pub theta: Array1<f64>,
    /// Mean cross-entropies.
    pub losses: [f64; 2],
    /// From 0 to 1.
    pub accuracies: [f64; 2],
}

/// Fits the line; 2,000 updates are more than it needs.
pub fn line() -> Line {
    let (train, held_out) = data();
    let models = [&train, &held_out].map(LogisticRegression::new);
    let mut theta = Array1::zeros(3);
    let mut solver = Descent::new(Sgd::plain(), 1.0);
    minimize(&models[0], &mut solver, &mut theta, 2000, &mut ());
    Line {
        losses: [0, 1].map(|i| models[i].value(&theta)),
        accuracies: [0, 1].map(|i| models[i].accuracy(&theta)),
        theta,
    }
}

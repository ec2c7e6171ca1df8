//! A plain and a residual network of the same size, trained on two spirals, and their loss on the
//! plane through the trained weights (Li et al. 2018, arXiv:1712.09913).

use gd_core::autodiff::Activation;
use gd_core::init::Initializer;
use gd_core::model::{EmpiricalRisk, Mlp, Target};
use gd_core::optim::Adam;
use gd_core::{Descent, Objective, data, minimize};
use ndarray::Array1;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use crate::contour::Grid;

/// Units of every hidden layer.
pub const WIDTH: usize = 16;
/// Points of both spirals together.
pub const SAMPLES: usize = 200;
/// Full-batch updates of Adam.
pub const STEPS: usize = 400;
/// Its learning rate.
pub const LR: f64 = 3e-3;

/// How a hidden layer passes its input on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Architecture {
    /// h ← relu(Wh + b).
    Plain,
    /// h ← h + relu(Wh + b)/√L, L being the number of hidden layers; the first layer is plain.
    Residual,
}

impl Architecture {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Plain, Self::Residual];

    /// In keys of values.
    pub fn key(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Residual => "residual",
        }
    }

    /// In pictures.
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "普通网络",
            Self::Residual => "残差网络",
        }
    }
}

/// A trained network.
pub struct Trained {
    risk: EmpiricalRisk<f64>,
    theta: Array1<f64>,
}

impl Trained {
    /// `depth` hidden layers from the seed's weights, which do not depend on the architecture.
    pub fn new(architecture: Architecture, depth: usize, seed: u64) -> Self {
        let scale = match architecture {
            Architecture::Plain => None,
            Architecture::Residual => Some((depth as f64).sqrt().recip()),
        };
        Self::with(Activation::Relu, scale, depth, seed)
    }

    /// The same with any activation, and with residual connections of any scale.
    pub fn with(activation: Activation, scale: Option<f64>, depth: usize, seed: u64) -> Self {
        let sizes = [&[2][..], &vec![WIDTH; depth], &[1]].concat();
        let mut net = Mlp::new(&sizes).activation(activation);
        if let Some(scale) = scale {
            net = net.residual(scale);
        }
        let mut theta = net.init(Initializer::HeNormal, seed);
        let std = (WIDTH as f64).sqrt().recip();
        let output = net.weights_mut(&mut theta, depth);
        Initializer::Normal { std }.fill(output, &mut ChaCha8Rng::seed_from_u64(seed + 1000));
        let spirals = data::spirals(SAMPLES, 0.05, 1);
        let risk = EmpiricalRisk::new(net, spirals.x, Target::BinaryCrossEntropy(spirals.labels));
        let mut adam = Descent::new(Adam::default(), LR);
        minimize(&risk, &mut adam, &mut theta, STEPS, &mut ());
        Self { risk, theta }
    }

    /// The loss after training.
    pub fn loss(&self) -> f64 {
        self.risk.value(&self.theta)
    }

    /// The share of samples on the right side, 0 to 1.
    pub fn accuracy(&self) -> f64 {
        self.risk.accuracy(&self.theta)
    }

    /// The number of parameters.
    pub fn parameters(&self) -> usize {
        self.theta.len()
    }

    /// The loss on θ + ad + be with a and b from −`reach` to `reach`, sampled on `nodes` × `nodes`
    /// points. d and e are drawn by `pair`.
    pub fn landscape(&self, pair: u64, reach: f64, nodes: usize) -> Grid {
        let mut rng = ChaCha8Rng::seed_from_u64(pair);
        let (d, e) = (self.direction(&mut rng), self.direction(&mut rng));
        Grid::sample((-reach, reach), (-reach, reach), nodes, nodes, |a, b| {
            self.risk.value(&(&self.theta + &(&d * a) + &(&e * b)))
        })
    }

    /// A normal direction, scaled unit by unit (row by row) to the length of the trained weights; 0
    /// for the biases. Without the scaling, nets whose weights have grown would look flatter.
    fn direction(&self, rng: &mut ChaCha8Rng) -> Array1<f64> {
        let net = self.risk.net();
        let mut direction = Array1::zeros(self.theta.len());
        for layer in 0..net.layers() {
            let trained = net.weights(&self.theta, layer);
            let mut weights = net.weights_mut(&mut direction, layer);
            Initializer::Normal { std: 1.0 }.fill(weights.view_mut(), rng);
            for (mut row, trained) in weights.rows_mut().into_iter().zip(trained.rows()) {
                let scale: f64 = trained.dot(&trained) / row.dot(&row);
                row *= scale.sqrt();
            }
        }
        direction
    }
}

/// How often, per line of the grid, the heights turn from falling to rising or back: 1 in a bowl.
pub fn turning_points(grid: &Grid) -> f64 {
    let (columns, rows) = (grid.xs().len(), grid.ys().len());
    let turns = |line: Vec<f64>| {
        let rises: Vec<f64> = line.windows(2).map(|pair| pair[1] - pair[0]).collect();
        let turned = rises.windows(2).filter(|pair| pair[0] * pair[1] < 0.0);
        turned.count()
    };
    let row = |j| (0..columns).map(|i| grid.height(i, j)).collect();
    let column = |i| (0..rows).map(|j| grid.height(i, j)).collect();
    let across: usize = (0..rows).map(|j| turns(row(j))).sum();
    let along: usize = (0..columns).map(|i| turns(column(i))).sum();
    (across + along) as f64 / (rows + columns) as f64
}

/// How many inner nodes are lower than all of their eight neighbours.
pub fn local_minima(grid: &Grid) -> usize {
    let lowest = |i: usize, j: usize| {
        let around = (i - 1..=i + 1).flat_map(|i| (j - 1..=j + 1).map(move |j| (i, j)));
        let mut others = around.filter(|&place| place != (i, j));
        others.all(|(k, l)| grid.height(k, l) > grid.height(i, j))
    };
    let (columns, rows) = (1..grid.xs().len() - 1, 1..grid.ys().len() - 1);
    let nodes = columns.flat_map(|i| rows.clone().map(move |j| (i, j)));
    nodes.filter(|&(i, j)| lowest(i, j)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bowl_turns_once_and_has_one_minimum() {
        let bowl = Grid::sample((-1.0, 1.0), (-1.0, 1.0), 11, 11, |x, y| x * x + 3.0 * y * y);
        assert_eq!((turning_points(&bowl), local_minima(&bowl)), (1.0, 1));
        let waves = Grid::sample((-1.0, 1.0), (-1.0, 1.0), 41, 41, |x, y| {
            (12.0 * x).sin() + (12.0 * y).sin()
        });
        assert!(turning_points(&waves) > 6.0);
        assert!(local_minima(&waves) > 8);
    }

    #[test]
    fn both_architectures_start_from_the_same_weights_and_learn() {
        let nets = Architecture::ALL.map(|architecture| Trained::new(architecture, 4, 0));
        assert_eq!(nets[0].parameters(), nets[1].parameters());
        for net in nets {
            assert!(net.loss() < 0.1 && net.accuracy() > 0.95, "{}", net.loss());
        }
    }
}

//! 训练出问题了怎么办: sick runs, each beside its cure.

use gd_core::init::Initializer;
use gd_core::model::{EmpiricalRisk, Mlp, Target};
use gd_core::observer::LossHistory;
use gd_core::optim::Sgd;
use gd_core::{Descent, Solver, Stop, data, minimize};
use ndarray::{Array1, Array2};

use crate::Point;
use crate::panel::Panel;
use crate::style::{Dash, Ink, Stroke};

pub mod cliff;
pub mod dead;
pub mod exploding;
pub mod gradients;
pub mod order;
pub mod overfitting;
pub mod quiz;
pub mod scale;
pub mod stale;
pub mod too_large;
pub mod too_small;
pub mod vanishing;
pub mod wrong_sign;

/// A run from its start.
#[derive(Clone, Debug)]
pub struct Course {
    /// The loss at the start and after every update, as far as parameters and gradient are finite.
    pub loss: Vec<f64>,
    /// How the run ended.
    pub stop: Stop,
    /// The parameters at the end.
    pub theta: Array1<f64>,
}

impl Course {
    /// The last loss, ∞ if the run diverged.
    pub fn last(&self) -> f64 {
        match self.stop {
            Stop::Diverged { .. } => f64::INFINITY,
            _ => self.loss[self.loss.len() - 1],
        }
    }

    /// After how many updates something was no longer finite.
    pub fn diverged_at(&self) -> Option<usize> {
        match self.stop {
            Stop::Diverged { at } => Some(at),
            _ => None,
        }
    }
}

/// Runs and records.
pub fn course(
    risk: &EmpiricalRisk<f64>,
    mut solver: impl Solver<f64, EmpiricalRisk<f64>>,
    mut theta: Array1<f64>,
    steps: usize,
) -> Course {
    let mut loss = LossHistory::new();
    let stop = minimize(risk, &mut solver, &mut theta, steps, &mut loss);
    Course {
        loss: loss.values,
        stop,
        theta,
    }
}

/// The patient of the first cases: a small tanh network that learns y = sin 2x, well at this rate.
pub const WAVE_LR: f64 = 0.1;

/// Its risk and its start.
pub fn wave() -> (EmpiricalRisk<f64>, Array1<f64>) {
    let n = 64;
    let x = Array2::from_shape_fn((n, 1), |(i, _)| -3.0 + 6.0 * i as f64 / (n - 1) as f64);
    let y = x.mapv(|x: f64| (2.0 * x).sin());
    let net = Mlp::new(&[1, 16, 16, 1]);
    let start = net.init(Initializer::XavierNormal { gain: 1.0 }, 1);
    (
        EmpiricalRisk::new(net, x, Target::MeanSquaredError(y)),
        start,
    )
}

/// The wave by plain descent.
pub fn descend_wave(lr: f64, steps: usize) -> Course {
    let (risk, start) = wave();
    course(&risk, Descent::new(Sgd::plain(), lr), start, steps)
}

/// A deep tanh network of narrow layers: two inputs, one output.
pub fn narrow(depth: usize) -> Mlp {
    Mlp::new(&[&[2][..], &vec![16; depth], &[1]].concat())
}

/// Two spirals for it.
pub fn spirals(samples: usize, net: Mlp) -> EmpiricalRisk<f64> {
    let spirals = data::spirals::<f64>(samples, 0.05, 1);
    EmpiricalRisk::new(net, spirals.x, Target::BinaryCrossEntropy(spirals.labels))
}

/// Two noisy moons, class after class.
pub fn moons(net: Mlp) -> EmpiricalRisk<f64> {
    let moons = data::two_moons::<f64>(200, 0.2, 1);
    EmpiricalRisk::new(net, moons.x, Target::BinaryCrossEntropy(moons.labels))
}

/// ‖∂L/∂Wₗ‖ of every layer, the first one first.
pub fn layer_norms(net: &Mlp, grad: &Array1<f64>) -> Vec<f64> {
    let norm = |layer| {
        net.weights(grad, layer)
            .iter()
            .map(|g| g * g)
            .sum::<f64>()
            .sqrt()
    };
    (0..net.layers()).map(norm).collect()
}

/// The sick run.
pub const SICK: Stroke = Stroke::solid(Ink::Path);
/// The cured one.
pub const CURED: Stroke = Stroke::solid(Ink::Data).dash(Dash::Dashed);

/// Draws the sick run and the cured one, named at these places along them.
pub fn chart(panel: &mut Panel, sick: (&[Point], &str, f64), cured: (&[Point], &str, f64)) {
    for ((points, name, prefer), stroke) in [(cured, CURED), (sick, SICK)] {
        trace(panel, points, stroke);
        panel.along(points, prefer, name, stroke.ink);
    }
}

/// A curve; with an arrowhead where it leaves the window upwards.
fn trace(panel: &mut Panel, points: &[Point], stroke: Stroke) {
    match points
        .iter()
        .position(|&(_, y)| y > panel.y.hi || y.is_nan())
    {
        Some(at) if at > 0 => panel.headed(&points[..=at], stroke),
        _ => panel.curve(points, stroke),
    };
}

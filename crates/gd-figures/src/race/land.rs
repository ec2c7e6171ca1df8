//! The lands of the race, and one run on them.

use std::ops::ControlFlow;

use gd_core::autodiff::Activation;
use gd_core::batch::{Sampler, Sampling};
use gd_core::data::spirals;
use gd_core::init::Initializer;
use gd_core::model::{EmpiricalRisk, Mlp, Target};
use gd_core::objective::{FiniteSum, FnObjective, Plateau, Quadratic, Rosenbrock};
use gd_core::solver::Lbfgs;
use gd_core::{Objective, Optimizer, Snapshot, minimize};
use ndarray::{Array1, ArrayRef1, array};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::batches::Problem;

/// Updates at most on a land without noise.
pub const MOST: usize = 5000;
/// A run has arrived with the first update from which on it stays inside for this many more, as
/// many as the budget. They may lie past it: a run that happens to be inside at its end has not
/// arrived, and neither has one that passes through, or is thrown out again soon.
pub const STAY: usize = 5000;
/// Inside is where the height above the minimum is this part of that of the usual start.
pub const GOAL: f64 = 1e-6;
/// Updates for which an arrived run is watched whether it leaves again.
pub const LONG: usize = 20_000;
/// Batches of the line fit, and its updates.
pub const LINE: (usize, usize) = (10, 300);
/// Batches of the network, and its updates: enough for all to be done that will be.
pub const NET: (usize, usize) = (20, 400);
/// How many more updates the network has to stay below: as many again, like the others.
pub const NET_STAY: usize = 400;
/// The loss below which the network has arrived, and after how many updates it is looked at.
pub const NET_GOAL: f64 = 0.05;
/// A look costs as much as ten updates.
pub const NET_LOOK: usize = 10;
/// Samples and units of the network.
pub const NET_SIZES: (usize, usize) = (200, 16);

/// What a land is made of.
enum Ground {
    /// An objective, the least value of it, and the usual start.
    Exact(Box<dyn Objective<f64>>, f64, [f64; 2]),
    /// The line fit of the lesson.
    Line(Box<Problem>),
    /// A network and its spirals.
    Net(Box<EmpiricalRisk<f64>>),
}

/// What a land is called.
#[derive(Clone, Copy)]
pub struct Title {
    /// Its part of the keys of values.
    pub key: &'static str,
    /// Its name in one character.
    pub short: &'static str,
    /// Its name.
    pub name: &'static str,
}

/// A land.
pub struct Land {
    /// What it is called.
    pub title: Title,
    ground: Ground,
}

impl Land {
    fn exact(
        key: &'static str,
        [short, name]: [&'static str; 2],
        f: impl Objective<f64> + 'static,
        start: [f64; 2],
    ) -> Self {
        Land {
            title: Title { key, short, name },
            ground: Ground::Exact(Box::new(f), 0.0, start),
        }
    }

    /// Whether it is without noise.
    pub fn is_exact(&self) -> bool {
        matches!(self.ground, Ground::Exact(..))
    }

    /// The objective of a land without noise.
    pub fn objective(&self) -> &dyn Objective<f64> {
        match &self.ground {
            Ground::Exact(f, ..) => &**f,
            Ground::Line(problem) => &problem.model,
            Ground::Net(risk) => &**risk,
        }
    }

    /// How many rates of the grid are skipped for each that is tried.
    pub fn stride(&self) -> usize {
        if matches!(self.ground, Ground::Net(_)) {
            2
        } else {
            1
        }
    }

    /// How many runs choose the learning rate.
    pub fn tuning(&self) -> u64 {
        if matches!(self.ground, Ground::Net(_)) {
            super::NET_TUNING
        } else {
            super::TUNING
        }
    }

    /// The start of a run: the usual one with every coordinate times 0.9 to 1.1.
    fn start(&self, seed: u64) -> Array1<f64> {
        match &self.ground {
            Ground::Exact(_, _, start) => {
                let mut rng = ChaCha8Rng::seed_from_u64(seed);
                start
                    .iter()
                    .map(|x| x * (0.9 + 0.2 * rng.random::<f64>()))
                    .collect()
            }
            Ground::Line(_) => Array1::zeros(2),
            Ground::Net(risk) => risk.net().init(Initializer::HeNormal, seed),
        }
    }

    /// Height above the minimum below which a run has arrived.
    pub fn goal(&self) -> f64 {
        match &self.ground {
            Ground::Exact(f, lowest, start) => {
                GOAL * (f.value(&array![start[0], start[1]]) - lowest)
            }
            _ => 0.0,
        }
    }

    /// Evaluations of f and its gradient until L-BFGS arrives; it never goes up again.
    pub fn outsider(&self, seed: u64) -> f64 {
        let Ground::Exact(f, lowest, _) = &self.ground else {
            return f64::INFINITY;
        };
        let bound = lowest + self.goal();
        let mut solver = Lbfgs::default();
        let mut arrived = false;
        let mut watch = |now: &Snapshot<'_, f64>| {
            arrived = now.value() < bound;
            if arrived {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        };
        let mut x = self.start(seed);
        minimize(&**f, &mut solver, &mut x, MOST, &mut watch);
        if arrived {
            solver.evaluations().gradients as f64
        } else {
            f64::INFINITY
        }
    }

    /// The update with which a run is outside again after it has arrived, if it is within
    /// [`LONG`]; infinite otherwise.
    pub fn leaves(&self, rule: Box<dyn Optimizer<f64>>, lr: f64, seed: u64) -> f64 {
        let Ground::Exact(f, lowest, _) = &self.ground else {
            return f64::INFINITY;
        };
        let over = |seen: &Arrival, t| seen.left.is_some() || t == LONG;
        let arrival = Arrival::new(self.goal(), [MOST, STAY]);
        let start = self.start(seed);
        let seen = descend(&**f, rule, lr, start, *lowest, arrival, over);
        seen.and_then(|(seen, _)| seen.left)
            .map_or(f64::INFINITY, |t| t as f64)
    }

    /// One run.
    pub fn run(&self, rule: Box<dyn Optimizer<f64>>, lr: f64, seed: u64) -> Outcome {
        let start = self.start(seed);
        match &self.ground {
            Ground::Exact(f, lowest, _) => {
                let arrival = Arrival::new(self.goal(), [MOST, STAY]);
                descend(&**f, rule, lr, start, *lowest, arrival, Arrival::over)
                    .map_or(LOST, |(seen, height)| seen.outcome(height))
            }
            Ground::Line(problem) => hover(problem, rule, lr, start, seed),
            Ground::Net(risk) => learn(risk, rule, lr, start, seed),
        }
    }
}

/// What a run is judged by, the less the better.
#[derive(Clone, Copy)]
pub struct Outcome {
    /// Updates until it has arrived and stays, or for the line fit the height above the minimum;
    /// infinite if it does not arrive, or leaves the finite numbers.
    pub score: f64,
    /// Updates until it is there for the first time, in passing or not.
    pub touch: f64,
    /// Height at the end, which decides between rates with which no run arrives.
    pub height: f64,
}

const LOST: Outcome = Outcome {
    score: f64::INFINITY,
    touch: f64::INFINITY,
    height: f64::INFINITY,
};

/// Watches heights go by.
struct Arrival {
    goal: f64,
    /// Updates within which it has to arrive, and how long it has to stay from then on.
    most: usize,
    stay: usize,
    touch: f64,
    /// Where the stretch inside began that lasts till now.
    inside_from: Option<usize>,
    arrived: Option<usize>,
    /// The first update outside after it has arrived.
    left: Option<usize>,
}

impl Arrival {
    fn new(goal: f64, [most, stay]: [usize; 2]) -> Self {
        Arrival {
            goal,
            most,
            stay,
            touch: f64::INFINITY,
            inside_from: None,
            arrived: None,
            left: None,
        }
    }

    fn see(&mut self, t: usize, height: f64) {
        if height < self.goal {
            self.touch = self.touch.min(t as f64);
            let from = *self.inside_from.get_or_insert(t);
            if from <= self.most && t >= from + self.stay {
                self.arrived.get_or_insert(from);
            }
        } else {
            self.inside_from = None;
            if self.arrived.is_some() {
                self.left.get_or_insert(t);
            }
        }
    }

    /// Whether there is nothing more to see after the t-th update.
    fn over(&self, t: usize) -> bool {
        self.arrived.is_some() || t >= self.most + self.stay
    }

    fn outcome(&self, height: f64) -> Outcome {
        Outcome {
            score: self.arrived.map_or(f64::INFINITY, |t| t as f64),
            touch: self.touch,
            height,
        }
    }
}

/// What was seen and the last height; `None` if it leaves the finite numbers.
fn descend(
    f: &dyn Objective<f64>,
    mut rule: Box<dyn Optimizer<f64>>,
    lr: f64,
    mut x: Array1<f64>,
    lowest: f64,
    mut arrival: Arrival,
    over: impl Fn(&Arrival, usize) -> bool,
) -> Option<(Arrival, f64)> {
    let mut grad = Array1::zeros(x.len());
    for t in 0.. {
        let height = f.value_and_gradient(&x, &mut grad) - lowest;
        if !height.is_finite() || height > 1e9 {
            return None;
        }
        arrival.see(t, height);
        if over(&arrival, t) {
            return Some((arrival, height));
        }
        rule.step(lr, &mut x, &grad);
    }
    None
}

/// The line fit: the mean height over the last tenth of the updates, as a part of the lowest loss.
fn hover(
    problem: &Problem,
    mut rule: Box<dyn Optimizer<f64>>,
    lr: f64,
    mut theta: Array1<f64>,
    seed: u64,
) -> Outcome {
    let (size, updates) = LINE;
    let sampling = Sampling::WithoutReplacement { size };
    let mut sampler = Sampler::new(problem.model.samples(), sampling, seed);
    let mut grad = Array1::zeros(theta.len());
    let last = updates / 10;
    let mut sum = 0.0;
    for t in 1..=updates {
        problem
            .model
            .batch_gradient(&theta, sampler.next_batch(), &mut grad);
        rule.step(lr, &mut theta, &grad);
        if t > updates - last {
            sum += problem.model.value(&theta);
        }
    }
    let height = sum / last as f64 / problem.exact_loss - 1.0;
    if !height.is_finite() {
        return LOST;
    }
    Outcome {
        score: height,
        touch: height,
        height,
    }
}

/// The network: the loss over all samples is looked at now and then.
fn learn(
    risk: &EmpiricalRisk<f64>,
    mut rule: Box<dyn Optimizer<f64>>,
    lr: f64,
    mut theta: Array1<f64>,
    seed: u64,
) -> Outcome {
    let (size, updates) = NET;
    let mut sampler = Sampler::new(risk.samples(), Sampling::Epochs { size }, seed);
    let mut grad = Array1::zeros(theta.len());
    let mut arrival = Arrival::new(NET_GOAL, [updates, NET_STAY]);
    for t in 0.. {
        if t % NET_LOOK == 0 {
            let loss = risk.value(&theta);
            if !loss.is_finite() {
                return LOST;
            }
            arrival.see(t, loss);
            if arrival.over(t) {
                return arrival.outcome(loss);
            }
        }
        risk.batch_gradient(&theta, sampler.next_batch(), &mut grad);
        rule.step(lr, &mut theta, &grad);
    }
    LOST
}

/// A saddle at the origin between two minima: ½x² + ¼(y² − 1)².
fn two_valleys() -> impl Objective<f64> {
    FnObjective::new(
        2,
        |p: &ArrayRef1<f64>| 0.5 * p[0] * p[0] + 0.25 * (p[1] * p[1] - 1.0).powi(2),
        |p: &ArrayRef1<f64>, grad: &mut ArrayRef1<f64>| {
            grad[0] = p[0];
            grad[1] = p[1] * (p[1] * p[1] - 1.0);
        },
    )
}

/// The lands, those without noise first.
pub fn lands() -> Vec<Land> {
    let quarter = std::f64::consts::FRAC_PI_4;
    let (sin, cos) = quarter.sin_cos();
    let turned = [-4.0 * cos - sin, -4.0 * sin + cos];
    let data = spirals(NET_SIZES.0, 0.05, 42);
    let net = Mlp::new(&[2, NET_SIZES.1, NET_SIZES.1, 1]).activation(Activation::Relu);
    let risk = EmpiricalRisk::new(net, data.x, Target::BinaryCrossEntropy(data.labels));
    vec![
        Land::exact("bowl", ["碗", "碗"], Quadratic::bowl(), [4.0, 3.0]),
        Land::exact("ravine", ["谷", "峡谷"], Quadratic::ravine(), [-4.0, 1.0]),
        Land::exact(
            "turned",
            ["斜", "斜峡谷"],
            Quadratic::ravine().rotated(quarter),
            turned,
        ),
        Land::exact(
            "rosenbrock",
            ["弯", "弯谷"],
            Rosenbrock::new(2),
            [-1.2, 1.0],
        ),
        Land::exact("saddle", ["鞍", "鞍点旁"], two_valleys(), [1.0, 0.001]),
        Land::exact("plateau", ["台", "平台"], Plateau, [3.6, 2.7]),
        Land {
            title: Title {
                key: "line",
                short: "线",
                name: "直线拟合",
            },
            ground: Ground::Line(Box::new(Problem::lesson())),
        },
        Land {
            title: Title {
                key: "net",
                short: "网",
                name: "小网络",
            },
            ground: Ground::Net(Box::new(risk)),
        },
    ]
}

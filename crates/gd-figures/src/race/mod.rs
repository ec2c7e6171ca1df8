//! 公平的优化器赛跑: the lands, the methods, the tuning and the scores that its figures share.

use std::sync::OnceLock;

use gd_core::Optimizer;
use gd_core::optim::{Adagrad, Adam, AdamW, Lion, RmsProp, Sgd};

use land::{Land, Outcome, Title, lands};

pub mod land;
pub mod paths;
pub mod profiles;
pub mod pull;
pub mod sensitivity;
pub mod tiny;
pub mod unfair;

/// An update rule of the race.
pub struct Method {
    /// Its part of the keys of values.
    pub key: &'static str,
    /// Its name in figures.
    pub name: &'static str,
    /// Makes it, with the defaults of PyTorch where nothing else is said.
    pub make: fn() -> Box<dyn Optimizer<f64>>,
}

/// The field.
pub const METHODS: [Method; 8] = [
    Method {
        key: "plain",
        name: "普通",
        make: || Box::new(Sgd::plain()),
    },
    Method {
        key: "momentum",
        name: "动量 0.9",
        make: || Box::new(Sgd::default().momentum(0.9)),
    },
    Method {
        key: "nesterov",
        name: "Nesterov",
        make: || Box::new(Sgd::default().momentum(0.9).nesterov(true)),
    },
    Method {
        key: "adagrad",
        name: "Adagrad",
        make: || Box::new(Adagrad::default()),
    },
    Method {
        key: "rms-prop",
        name: "RMSprop",
        make: || Box::new(RmsProp::default()),
    },
    Method {
        key: "adam",
        name: "Adam",
        make: || Box::new(Adam::default()),
    },
    Method {
        key: "adam-w",
        name: "AdamW",
        make: || Box::new(AdamW::default()),
    },
    Method {
        key: "lion",
        name: "Lion",
        make: || Box::new(Lion::default().weight_decay(0.0)),
    },
];

/// Runs by which the learning rate is chosen, and runs that are reported.
pub const TUNING: u64 = 5;
/// An odd number: the median is one of them.
pub const RUNS: u64 = 9;
/// The first seed of the runs that are reported.
const FRESH: u64 = 100;
/// The network costs a thousand times as much: fewer runs, and every other rate.
pub const NET_TUNING: u64 = 3;
/// Four rates to a factor of ten, from 10⁻⁴ to 10.
pub const RATES: usize = 21;
/// What everyone is given in the unfair race.
pub const COMMON: f64 = 0.01;
/// The k-th rate of the grid.
pub fn rate(k: usize) -> f64 {
    10f64.powf(k as f64 / 4.0 - 4.0)
}

/// What a method does on a land.
pub struct Result {
    /// Rate and median score of the tuning runs, by the grid.
    pub tried: Vec<(f64, f64)>,
    /// The rate with the lowest.
    pub lr: f64,
    /// Whether it is the first or the last of the grid.
    pub at_edge: bool,
    /// Scores of the reported runs, ascending.
    pub scores: Vec<f64>,
    /// Their first touches of the goal, ascending.
    pub touches: Vec<f64>,
    /// When they leave again after they have arrived, ascending.
    pub leaves: Vec<f64>,
    /// The scores with the rate that everyone is given.
    pub common: Vec<f64>,
}

impl Result {
    /// The median score.
    pub fn median(&self) -> f64 {
        median(&self.scores)
    }

    /// The rates next to the best one whose scores are at most twice the lowest.
    pub fn good(&self) -> (f64, f64) {
        let best = self.tried.iter().position(|(lr, _)| *lr == self.lr);
        let best = best.expect("the best is one of those tried");
        let bound = 2.0 * self.tried[best].1;
        let fits = |(_, score): &&(f64, f64)| score.is_finite() && *score <= bound;
        let below = self.tried[..=best].iter().rev().take_while(fits).last();
        let above = self.tried[best..].iter().take_while(fits).last();
        let lr = |found: Option<&(f64, f64)>| found.map_or(self.lr, |(lr, _)| *lr);
        (lr(below), lr(above))
    }
}

/// All results, by land and method, and what the outsider needs on the lands without noise.
pub struct Race {
    /// The lands.
    pub lands: Vec<Title>,
    /// By land, then by method.
    pub results: Vec<Vec<Result>>,
    /// Momentum in the ravine with a μ of its own too.
    pub tuned_momentum: Result,
    /// Evaluations of L-BFGS by land without noise, ascending.
    pub outsider: Vec<Vec<f64>>,
    /// Adam in the turned ravine one rate below the one that tuning chose, ascending.
    pub smaller_adam: Vec<f64>,
    /// Plain descent in the ravine with its best rate, 2/51, between two of the grid, ascending.
    pub finer_plain: Vec<f64>,
}

impl Race {
    /// The least median on a land.
    pub fn best(&self, land: usize) -> f64 {
        let medians = self.results[land].iter().map(Result::median);
        medians.fold(f64::INFINITY, f64::min)
    }
}

/// The middle of ascending numbers.
pub fn median(sorted: &[f64]) -> f64 {
    sorted[sorted.len() / 2]
}

fn sorted(scores: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut scores: Vec<f64> = scores.collect();
    scores.sort_by(f64::total_cmp);
    scores
}

fn tune(land: &Land, method: &Method) -> Result {
    let runs = |lr, seeds: std::ops::Range<u64>| -> Vec<Outcome> {
        seeds
            .map(|seed| land.run((method.make)(), lr, seed))
            .collect()
    };
    let scores = |runs: &[Outcome]| sorted(runs.iter().map(|run| run.score));
    let mut tried = Vec::new();
    let mut best = ([f64::INFINITY; 3], 0);
    for k in (0..RATES).step_by(land.stride()) {
        let found = runs(rate(k), 0..land.tuning());
        let steps = scores(&found);
        // the median decides; where it is the same, the mean; where none arrives, the height
        let mean = steps.iter().sum::<f64>() / steps.len() as f64;
        let height = median(&sorted(found.iter().map(|run| run.height)));
        let here = [median(&steps), mean, height];
        if here < best.0 {
            best = (here, tried.len());
        }
        tried.push((rate(k), here[0]));
    }
    let lr = tried[best.1].0;
    let reported = runs(lr, FRESH..FRESH + RUNS);
    Result {
        lr,
        at_edge: best.1 == 0 || best.1 + 1 == tried.len(),
        scores: scores(&reported),
        touches: sorted(reported.iter().map(|run| run.touch)),
        leaves: sorted((FRESH..FRESH + RUNS).map(|seed| land.leaves((method.make)(), lr, seed))),
        common: scores(&runs(COMMON, FRESH..FRESH + RUNS)),
        tried,
    }
}

/// The race, run once: its figures show it from several sides.
pub fn race() -> &'static Race {
    static RACE: OnceLock<Race> = OnceLock::new();
    RACE.get_or_init(|| {
        let lands = lands();
        let on = |land| METHODS.iter().map(|method| tune(land, method)).collect();
        let seeds = FRESH..FRESH + RUNS;
        let exact = lands.iter().filter(|land| land.is_exact());
        // nearer to what suits κ = 50, ((√κ − 1)/(√κ + 1))² = 0.57, than the usual 0.9
        let other = Method {
            key: "momentum",
            name: "动量 0.75",
            make: || Box::new(Sgd::default().momentum(0.75)),
        };
        let results: Vec<Vec<Result>> = lands.iter().map(on).collect();
        let reported = |land: usize, method: usize, lr| {
            let land: &Land = &lands[land];
            let rule = METHODS[method].make;
            sorted(seeds.clone().map(|seed| land.run(rule(), lr, seed).score))
        };
        Race {
            tuned_momentum: tune(&lands[1], &other),
            smaller_adam: reported(2, 5, results[2][5].lr / rate(1) * rate(0)),
            finer_plain: reported(1, 0, 2.0 / 51.0),
            results,
            outsider: exact
                .map(|land| sorted(seeds.clone().map(|seed| land.outsider(seed))))
                .collect(),
            lands: lands.iter().map(|land| land.title).collect(),
        }
    })
}

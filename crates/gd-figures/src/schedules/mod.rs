//! 学习率调度.

use gd_core::batch::Sampler;
use gd_core::objective::FiniteSum;
use gd_core::schedule::{
    CosineAnnealing, CosineAnnealingWarmRestarts, Cyclic, CyclicMode, ExponentialLr,
    InverseSquareRoot, Linear, MultiStepLr, OneCycle, Polynomial, ReduceOnPlateau, Sequential,
    StepLr,
};
use gd_core::{Optimizer, Schedule};
use ndarray::Array1;

pub mod decay;
pub mod plateau;
pub mod race;
pub mod shapes;
pub mod warm_up;

/// What sets the learning rate of a run.
pub enum Rate {
    /// A function of the number of the update.
    Pure(Box<dyn Schedule<f64>>),
    /// Told the loss after every so many updates.
    Plateau(ReduceOnPlateau<f64>, usize),
}

impl Rate {
    fn pure(schedule: impl Schedule<f64> + 'static) -> Self {
        Rate::Pure(Box::new(schedule))
    }
}

/// A schedule of the chapter.
pub struct Kind {
    /// Its part of the keys of values.
    pub key: &'static str,
    /// Its name in figures.
    pub name: &'static str,
    /// From the peak and the number of updates of the run.
    pub make: fn(f64, usize) -> Rate,
}

/// Every schedule, in the order of the chapter. Lengths are parts of the run: a multiple of 42
/// updates cuts them all whole.
pub const KINDS: [Kind; 16] = [
    Kind {
        key: "constant",
        name: "常数",
        make: |peak, _| Rate::pure(peak),
    },
    Kind {
        key: "inverse",
        name: "反比",
        make: |peak, run| {
            let tau = run as f64 / 20.0;
            Rate::pure(move |t: usize| peak / (1.0 + t as f64 / tau))
        },
    },
    Kind {
        key: "step",
        name: "阶梯",
        make: |peak, run| Rate::pure(StepLr::new(peak, run / 3)),
    },
    Kind {
        key: "multi-step",
        name: "里程碑",
        make: |peak, run| Rate::pure(MultiStepLr::new(peak, [run / 2, run * 5 / 6])),
    },
    Kind {
        key: "exponential",
        name: "指数",
        make: |peak, run| Rate::pure(ExponentialLr::new(peak, 0.01_f64.powf(1.0 / run as f64))),
    },
    Kind {
        key: "linear",
        name: "线性",
        make: |peak, run| Rate::pure(Linear::new(peak, run).start_factor(1.0).end_factor(0.0)),
    },
    Kind {
        key: "polynomial",
        name: "多项式（2 次）",
        make: |peak, run| Rate::pure(Polynomial::new(peak, run).power(2.0)),
    },
    Kind {
        key: "cosine",
        name: "余弦",
        make: |peak, run| Rate::pure(CosineAnnealing::new(peak, run)),
    },
    Kind {
        key: "restarts",
        name: "余弦加重启",
        make: |peak, run| Rate::pure(CosineAnnealingWarmRestarts::new(peak, run / 7).t_mult(2)),
    },
    Kind {
        key: "cyclic",
        name: "周期",
        make: |peak, run| {
            let cyclic = Cyclic::new(peak / 100.0, peak).step_size_up(run / 6);
            Rate::pure(cyclic.mode(CyclicMode::Triangular2))
        },
    },
    Kind {
        key: "warm-up",
        name: "预热加常数",
        make: |peak, run| Rate::pure(warm_up(peak, run / 7)),
    },
    Kind {
        key: "warm-up-cosine",
        name: "预热加余弦",
        make: |peak, run| {
            let warm = run / 7;
            let cosine = CosineAnnealing::new(peak, run - warm);
            Rate::pure(Sequential::new(warm_up(peak, warm)).then(warm, cosine))
        },
    },
    Kind {
        key: "inverse-square-root",
        name: "平方根反比",
        make: |peak, run| {
            let warm = run / 21;
            Rate::pure(InverseSquareRoot::new(peak * (warm as f64).sqrt(), warm))
        },
    },
    Kind {
        key: "one-cycle",
        name: "一周期（两段）",
        make: |peak, run| Rate::pure(OneCycle::new(peak, run)),
    },
    Kind {
        key: "one-cycle-three",
        name: "一周期（三段）",
        make: |peak, run| Rate::pure(OneCycle::new(peak, run).three_phase(true)),
    },
    Kind {
        key: "plateau",
        name: "遇平台则降",
        make: |peak, run| {
            let rule = ReduceOnPlateau::new(peak).factor(0.3).patience(2);
            Rate::Plateau(rule, run / 42)
        },
    },
];

/// From a hundredth of the peak up to it in `updates`, then level.
fn warm_up(peak: f64, updates: usize) -> Linear<f64> {
    Linear::new(peak, updates).start_factor(0.01)
}

/// What a run shows at every update.
pub struct Moment<'a> {
    /// The number of updates made.
    pub t: usize,
    /// The learning rate of the next.
    pub lr: f64,
    /// The parameters.
    pub theta: &'a Array1<f64>,
}

/// `updates` updates from `theta`; `false` if it leaves the finite numbers.
pub fn train(
    problem: &impl FiniteSum<f64>,
    mut rule: impl Optimizer<f64>,
    mut rate: Rate,
    mut sampler: Sampler,
    theta: &mut Array1<f64>,
    updates: usize,
    mut watch: impl FnMut(&Moment<'_>),
) -> bool {
    let mut grad = Array1::zeros(theta.len());
    for t in 0..=updates {
        let lr = match &mut rate {
            Rate::Pure(schedule) => schedule.at(t),
            Rate::Plateau(plateau, every) if t > 0 && t.is_multiple_of(*every) => {
                plateau.observe(problem.value(theta))
            }
            Rate::Plateau(plateau, _) => plateau.lr(),
        };
        watch(&Moment { t, lr, theta });
        if t < updates {
            problem.batch_gradient(theta, sampler.next_batch(), &mut grad);
            rule.step(lr, theta, &grad);
        }
        if theta.iter().any(|value| !value.is_finite()) {
            return false;
        }
    }
    true
}

/// The mean, and between which values the middle eight in ten lie.
pub fn mean_and_spread(values: &[f64]) -> (f64, [f64; 2]) {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let mean = sorted.iter().sum::<f64>() / sorted.len() as f64;
    let cut = sorted.len() / 10;
    (mean, [sorted[cut], sorted[sorted.len() - 1 - cut]])
}

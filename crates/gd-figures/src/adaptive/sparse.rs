//! A loud feature in every round, a quiet one in every fiftieth: who learns the quiet one.

use gd_core::Optimizer;
use gd_core::optim::{Adagrad, Sgd};
use ndarray::{Array1, array};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};

use crate::axis::Axis;
use crate::label::Side;
use crate::panel::Panel;
use crate::run::by_step;
use crate::style::Stroke;
use crate::{Drawing, Experiment, Figure, Form, Table, Values, layout};

const ROUNDS: usize = 2_000;
/// The quiet feature is there in every round with this number.
const EVERY: usize = 50;
/// Sizes of the two features, and the weights to be learned.
const LOUD: f64 = 10.0;
const QUIET: f64 = 1.0;
const TARGET: f64 = 3.0;
/// Half of what the loud feature allows, 2/10²; and Adagrad's.
const SGD_LR: f64 = 0.01;
const ADAGRAD_LR: f64 = 1.0;
/// Learning rates and repetitions of the test of rarity alone: both features of size 1, noisy
/// targets.
const RATES: [f64; 9] = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0];
const REPEATS: u64 = 200;

/// `adaptive-sparse`.
pub struct Sparse;

/// Both runs, and the test of rarity alone.
pub struct Data {
    /// Error of the quiet weight by round: plain, Adagrad.
    plain: Vec<f64>,
    adagrad: Vec<f64>,
    /// Adagrad's effective learning rates: loud, quiet.
    rates: [Vec<f64>; 2],
    /// With noise, at the rate that is best for both weights: plain, Adagrad.
    alone: [Alone; 2],
}

/// Mean squared errors of the two weights, and the rate.
#[derive(Clone, Copy)]
pub struct Alone {
    often: f64,
    seldom: f64,
    lr: f64,
}

impl Alone {
    fn mean(self) -> f64 {
        f64::midpoint(self.often, self.seldom)
    }
}

/// The features of a round.
fn features(round: usize, loud: f64) -> Array1<f64> {
    let quiet = if round % EVERY == EVERY - 1 {
        QUIET
    } else {
        0.0
    };
    array![loud, quiet]
}

/// Weights after every round; `noise` is added to what the model should say.
fn learn(
    mut rule: impl Optimizer<f64>,
    lr: f64,
    loud: f64,
    mut noise: impl FnMut() -> f64,
) -> Vec<Array1<f64>> {
    let mut w = array![0.0, 0.0];
    let mut path = vec![w.clone()];
    for round in 0..ROUNDS {
        let x = features(round, loud);
        let wanted = TARGET * x.sum() + noise();
        let gradient = (w.dot(&x) - wanted) * &x;
        rule.step(lr, &mut w, &gradient);
        path.push(w.clone());
    }
    path
}

/// η/√s for each coordinate; s of the quiet one is 0 until it first appears.
fn effective_rates(path: &[Array1<f64>]) -> [Vec<f64>; 2] {
    let mut s = array![0.0, 0.0];
    let mut rates = [Vec::new(), Vec::new()];
    for (round, w) in path[..ROUNDS].iter().enumerate() {
        let x = features(round, LOUD);
        let gradient = (w.dot(&x) - TARGET * x.sum()) * &x;
        s += &(&gradient * &gradient);
        for i in 0..2 {
            rates[i].push(ADAGRAD_LR / s[i].sqrt());
        }
    }
    rates
}

/// The least mean squared distance of both weights from the target, over learning rates.
fn rarity_alone<O: Optimizer<f64>>(rule: impl Fn() -> O) -> Alone {
    let error = |lr: f64| {
        let mut total = array![0.0, 0.0];
        for seed in 0..REPEATS {
            let mut random = ChaCha8Rng::seed_from_u64(seed);
            let path = learn(rule(), lr, QUIET, || StandardNormal.sample(&mut random));
            total += &path[ROUNDS].mapv(|w| (w - TARGET).powi(2));
        }
        let [often, seldom] = [0, 1].map(|i| total[i] / REPEATS as f64);
        Alone { often, seldom, lr }
    };
    let all = RATES.map(error);
    let finite = all.into_iter().filter(|alone| alone.mean().is_finite());
    finite
        .min_by(|a, b| a.mean().total_cmp(&b.mean()))
        .expect("some rate converges")
}

impl Experiment for Sparse {
    const NAME: &'static str = "adaptive-sparse";
    type Data = Data;

    fn data() -> Data {
        let plain = learn(Sgd::plain(), SGD_LR, LOUD, || 0.0);
        let adagrad = learn(Adagrad::default(), ADAGRAD_LR, LOUD, || 0.0);
        let error = |path: &[Array1<f64>]| path.iter().map(|w| (w[1] - TARGET).abs()).collect();
        Data {
            plain: error(&plain),
            adagrad: error(&adagrad),
            rates: effective_rates(&adagrad),
            alone: [rarity_alone(Sgd::plain), rarity_alone(Adagrad::default)],
        }
    }

    fn values(data: &Data) -> Values {
        let appearances = ROUNDS / EVERY;
        let last = ROUNDS - 1;
        Values::new()
            .count("rounds", ROUNDS)
            .count("appearances", appearances)
            .number("plain.lr", SGD_LR)
            .number("plain.error", data.plain[ROUNDS])
            .number("adagrad.error", data.adagrad[ROUNDS])
            .number("adagrad.loud.rate", data.rates[0][last])
            .number("adagrad.quiet.rate", data.rates[1][last])
            .number("adagrad.ratio", data.rates[1][last] / data.rates[0][last])
            .count("alone.repeats", REPEATS as usize)
            .number("alone.plain.error", data.alone[0].mean())
            .number("alone.plain.often", data.alone[0].often)
            .number("alone.plain.seldom", data.alone[0].seldom)
            .number("alone.plain.lr", data.alone[0].lr)
            .number("alone.adagrad.error", data.alone[1].mean())
            .number("alone.adagrad.often", data.alone[1].often)
            .number("alone.adagrad.seldom", data.alone[1].seldom)
            .number("alone.adagrad.lr", data.alone[1].lr)
    }
}

impl Figure for Sparse {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["round", "error_plain", "error_adagrad"]);
        for t in (0..=ROUNDS).step_by(10) {
            table.row([t.into(), data.plain[t].into(), data.adagrad[t].into()]);
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let end = ROUNDS as f64;
        let mut error = Panel::new(
            Axis::linear("轮次", 0.0, end),
            Axis::linear("少见的权重差多少", 0.0, 3.3),
        )
        .title("学得多快")
        .height(220.0, 200.0);
        let curves = [(&data.plain, "普通"), (&data.adagrad, "Adagrad")];
        for (i, (errors, name)) in curves.into_iter().enumerate() {
            let curve = by_step(errors);
            error.curve(&curve, Stroke::series(i));
            let at = curve[[1_000, 350][i]];
            error.label_off(at, name, Stroke::series(i).ink, &[Side::AboveRight], 5.0);
        }
        let mut rate = Panel::new(
            Axis::linear("轮次", 0.0, end),
            Axis::log("有效学习率 *η*/√*s*", 1e-3, 1.0),
        )
        .title("Adagrad 给的学习率")
        .height(220.0, 200.0);
        for (i, name) in ["常见，值是 10", "少见，值是 1"].into_iter().enumerate() {
            // the rate of what has not appeared is not defined
            let curve: Vec<_> = by_step(&data.rates[i]);
            let curve: Vec<_> = curve.into_iter().filter(|p| p.1.is_finite()).collect();
            rate.curve(&curve, Stroke::series(i));
            let at = curve[curve.len() / 2];
            rate.label_off(at, name, Stroke::series(i).ink, &[Side::Above], 6.0);
        }
        layout::arrange(form, &[error, rate])
    }
}

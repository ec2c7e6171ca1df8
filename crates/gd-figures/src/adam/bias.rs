//! Bias correction on and off: the length of steps, and what too long a start does to a network.

use gd_core::optim::Adam;
use gd_core::{Objective, Optimizer};
use ndarray::{Array1, array};

use super::{Uncorrected, spirals_network};
use crate::axis::Axis;
use crate::label::Side;
use crate::panel::Panel;
use crate::run::by_step;
use crate::style::{Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

/// Steps of the constant slope.
const STEPS: usize = 300;
/// A learning rate at which the first steps of the network matter, and one at which they do not.
const LR: f64 = 0.05;
const SMALL_LR: f64 = 1e-4;
const UPDATES: usize = 300;
const SEEDS: [u64; 3] = [0, 1, 2];

/// `adam-bias`.
pub struct Bias;

/// What was measured.
pub struct Data {
    /// Step over learning rate, from step 1 on, on a slope of 1.
    corrected: Vec<f64>,
    uncorrected: Vec<f64>,
    /// Loss by update, for every seed: with, without.
    with: Vec<Vec<f64>>,
    without: Vec<Vec<f64>>,
    /// The last loss with the small rate, first seed: with, without.
    small: [f64; 2],
}

/// Lengths of steps on a constant slope, in units of the learning rate.
fn lengths(mut rule: impl Optimizer<f64>) -> Vec<f64> {
    let mut x = array![0.0];
    let step = |_| {
        let before = x[0];
        rule.step(1.0, &mut x, &array![1.0]);
        before - x[0]
    };
    (0..STEPS).map(step).collect()
}

/// The loss before every update and after the last.
fn train(rule: &mut dyn Optimizer<f64>, lr: f64, seed: u64) -> Vec<f64> {
    let (risk, mut theta) = spirals_network(seed);
    let mut grad = Array1::zeros(theta.len());
    let mut losses = Vec::new();
    for _ in 0..UPDATES {
        losses.push(risk.value_and_gradient(&theta, &mut grad));
        rule.step(lr, &mut theta, &grad);
    }
    losses.push(risk.value(&theta));
    losses
}

fn both(lr: f64, seed: u64) -> [Vec<f64>; 2] {
    let dim = spirals_network(seed).1.len();
    [
        train(&mut Adam::default(), lr, seed),
        train(&mut Uncorrected::new(dim), lr, seed),
    ]
}

impl Experiment for Bias {
    const NAME: &'static str = "adam-bias";
    type Data = Data;

    fn data() -> Data {
        let (mut with, mut without) = (Vec::new(), Vec::new());
        for seed in SEEDS {
            let [a, b] = both(LR, seed);
            with.push(a);
            without.push(b);
        }
        Data {
            corrected: lengths(Adam::default()),
            uncorrected: lengths(Uncorrected::new(1)),
            with,
            without,
            small: both(SMALL_LR, SEEDS[0]).map(|losses| losses[UPDATES]),
        }
    }

    fn values(data: &Data) -> Values {
        let (at, most) = longest(&data.uncorrected);
        let range = |runs: &[Vec<f64>]| {
            let last = runs.iter().map(|run| run[UPDATES]);
            (
                last.clone().fold(f64::INFINITY, f64::min),
                last.fold(0.0, f64::max),
            )
        };
        let (with, without) = (range(&data.with), range(&data.without));
        Values::new()
            .number("first", data.uncorrected[0])
            .number("longest", most)
            .count("longest-at", at)
            .number("hundredth", data.uncorrected[99])
            .number("lr", LR)
            .count("updates", UPDATES)
            .number("with.least", with.0)
            .number("with.most", with.1)
            .number("without.least", without.0)
            .number("without.most", without.1)
            .number("small.lr", SMALL_LR)
            .number("small.with", data.small[0])
            .number("small.without", data.small[1])
    }
}

/// The number of the longest step, and its length.
fn longest(lengths: &[f64]) -> (usize, f64) {
    let steps = (1..).zip(lengths.iter().copied());
    steps.fold(
        (0, 0.0),
        |best, step| if step.1 > best.1 { step } else { best },
    )
}

impl Figure for Bias {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&[
            "step",
            "length_with",
            "length_without",
            "loss_with",
            "loss_without",
        ]);
        for t in 0..STEPS {
            table.row([
                (t + 1).into(),
                data.corrected[t].into(),
                data.uncorrected[t].into(),
                data.with[0][t + 1].into(),
                data.without[0][t + 1].into(),
            ]);
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let from_one = |lengths: &[f64]| -> Vec<Point> {
            let steps = (1..).zip(lengths);
            steps.map(|(t, length)| (f64::from(t), *length)).collect()
        };
        let mut length = Panel::new(
            Axis::log("步数 *t*", 1.0, STEPS as f64),
            Axis::linear("步长 / 学习率", 0.0, 7.4),
        )
        .title("坡度不变时的步长")
        .height(230.0, 210.0);
        let (with, without) = (from_one(&data.corrected), from_one(&data.uncorrected));
        length.curve(&with, Stroke::series(0));
        length.curve(&without, Stroke::series(1));
        length.label_off(with[2], "有偏差修正", Ink::First, &[Side::BelowRight], 5.0);
        length.label_off(
            without[40],
            "没有修正",
            Ink::Second,
            &[Side::AboveRight, Side::Right],
            5.0,
        );

        let mut loss = Panel::new(
            Axis::linear("更新次数", 0.0, UPDATES as f64),
            Axis::log("损失", 1e-5, 10.0),
        )
        .title("训练一个网络，*η* = 0.05")
        .height(230.0, 210.0);
        for (i, runs) in [&data.with, &data.without].into_iter().enumerate() {
            for run in runs {
                loss.curve(&by_step(run), Stroke::series(i).width(1.4));
            }
            let name = ["有偏差修正", "没有修正"][i];
            let at = by_step(&runs[0])[[150, 200][i]];
            let side = [Side::BelowLeft, Side::Above][i];
            loss.label_off(at, name, Stroke::series(i).ink, &[side], 8.0);
        }
        layout::arrange(form, &[length, loss])
    }
}

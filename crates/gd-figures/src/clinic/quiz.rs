//! Three loss curves without names, to diagnose.

use gd_core::autodiff::Activation;
use gd_core::batch::{Sampler, Sampling};
use gd_core::data::{self, Labelled};
use gd_core::init::Initializer;
use gd_core::model::{EmpiricalRisk, LinearRegression, Mlp, Target};
use gd_core::objective::FiniteSum;
use gd_core::optim::Sgd;
use gd_core::solver::Clipped;
use gd_core::{Descent, Objective};
use ndarray::array;

use super::{course, narrow, spirals};
use crate::axis::Axis;
use crate::panel::Panel;
use crate::run::by_step;
use crate::style::{Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

const STEPS: usize = 300;
const EPOCHS: usize = 8;
const BATCH: usize = 2;
const SAW_LR: f64 = 0.2;
const LINE_LR: f64 = 0.001;

/// `clinic-quiz`.
pub struct Quiz;

/// The three curves.
pub struct Data {
    /// Circles from weights that are all 0.
    flat: Vec<Point>,
    /// Clouds in the order of the file.
    saw: Vec<Point>,
    /// The line fit with gradients that pile up.
    wave: Vec<Point>,
    /// The same with a tenth of the rate: the heights of its last half.
    slower: [f64; 2],
    shuffled: f64,
    /// The ReLU patient with weights of deviation 1, clipped: the loss at its start and its end.
    clipped: [f64; 2],
    /// The ReLU patient at too large a rate: its hidden layers without a living unit, at the end.
    dead_layers: usize,
}

/// As the last patient of the listing.
fn dead_layers() -> usize {
    let risk = spirals(100, narrow(10).activation(Activation::Relu));
    let start = risk.net().init(Initializer::HeNormal, 0);
    let run = course(&risk, Descent::new(Sgd::plain(), 3.0), start, 500);
    let hidden = risk.net().activations(&run.theta, risk.inputs());
    let dead = hidden[..10].iter().filter(|h| h.iter().all(|&v| v == 0.0));
    dead.count()
}

/// As the exercise has it.
fn clipped_patient() -> [f64; 2] {
    let risk = spirals(100, narrow(10).activation(Activation::Relu));
    let start = risk.net().init(Initializer::Normal { std: 1.0 }, 0);
    let solver = Clipped::norm(Descent::new(Sgd::plain(), 0.1), 1.0);
    let run = course(&risk, solver, start, 500);
    [run.loss[0], run.last()]
}

fn circles() -> EmpiricalRisk<f64> {
    risk(data::circles(200, 0.5, 0.1, 1))
}

/// Two clouds that overlap.
fn clouds() -> EmpiricalRisk<f64> {
    risk(data::blobs(200, &[[-1.0, 0.0], [1.0, 0.0]], 0.8, 1))
}

fn risk(data: Labelled<f64>) -> EmpiricalRisk<f64> {
    let target = Target::BinaryCrossEntropy(data.labels);
    EmpiricalRisk::new(Mlp::new(&[2, 16, 1]), data.x, target)
}

/// One sample batch after the other, in order or shuffled; epochs gone by and the loss.
fn in_order(shuffle: bool) -> Vec<Point> {
    let risk = clouds();
    let n = risk.samples();
    let mut theta = risk.net().init(Initializer::XavierNormal { gain: 1.0 }, 1);
    let mut grad = theta.clone();
    let mut sampler = Sampler::new(n, Sampling::Epochs { size: BATCH }, 1);
    let mut losses = vec![(0.0, risk.value(&theta))];
    for update in 0..EPOCHS * n / BATCH {
        let first = update * BATCH % n;
        let batch: Vec<usize> = match shuffle {
            true => sampler.next_batch().to_vec(),
            false => (first..first + BATCH).collect(),
        };
        risk.batch_gradient(&theta, &batch, &mut grad);
        theta.scaled_add(-SAW_LR, &grad);
        if update % 4 == 3 {
            losses.push((
                (update + 1) as f64 * BATCH as f64 / n as f64,
                risk.value(&theta),
            ));
        }
    }
    losses
}

/// The line fit along the sum of all gradients so far.
fn piled_up(lr: f64, steps: usize) -> Vec<f64> {
    let model = LinearRegression::<f64>::line(&data::lesson_line());
    let (mut theta, mut grad, mut sum) = (array![0.0, 0.0], array![0.0, 0.0], array![0.0, 0.0]);
    let mut losses = Vec::new();
    for _ in 0..=steps {
        losses.push(model.value_and_gradient(&theta, &mut grad));
        sum += &grad;
        theta.scaled_add(-lr, &sum);
    }
    losses
}

impl Experiment for Quiz {
    const NAME: &'static str = "clinic-quiz";
    type Data = Data;

    fn data() -> Data {
        let risk = circles();
        let zeros = risk.net().init(Initializer::Zeros, 1);
        let flat = course(&risk, Descent::new(Sgd::plain(), 0.5), zeros, STEPS);
        let slower = &piled_up(LINE_LR / 10.0, 10 * STEPS)[5 * STEPS..];
        let shuffled = in_order(true);
        Data {
            flat: by_step(&flat.loss),
            saw: in_order(false),
            wave: by_step(&piled_up(LINE_LR, STEPS)),
            slower: [
                slower.iter().copied().fold(f64::INFINITY, f64::min),
                slower.iter().copied().fold(0.0, f64::max),
            ],
            shuffled: shuffled[shuffled.len() - 1].1,
            clipped: clipped_patient(),
            dead_layers: dead_layers(),
        }
    }

    fn values(data: &Data) -> Values {
        let half = &data.wave[STEPS / 2..];
        Values::new()
            .number("flat", data.flat[STEPS].1)
            .number("saw-end", data.saw[data.saw.len() - 1].1)
            .number("shuffled-end", data.shuffled)
            .number("clipped-start", data.clipped[0])
            .number("clipped-end", data.clipped[1])
            .count("dead-layers", data.dead_layers)
            .number("line-lr", LINE_LR)
            .number(
                "wave-low",
                half.iter().fold(f64::INFINITY, |m, p| m.min(p.1)),
            )
            .number("wave-high", half.iter().fold(0.0, |m: f64, p| m.max(p.1)))
            .number("slower-low", data.slower[0])
            .number("slower-high", data.slower[1])
    }
}

impl Figure for Quiz {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["curve", "x", "loss"]);
        for (name, curve) in [("A", &data.flat), ("B", &data.saw), ("C", &data.wave)] {
            for &(x, loss) in curve {
                table.row([name.into(), x.into(), loss.into()]);
            }
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let top = |curve: &[Point]| 1.25 * curve.iter().fold(0.0, |m: f64, p| m.max(p.1));
        let panels: Vec<Panel> = [
            ("A", "更新次数", STEPS as f64, &data.flat),
            ("B", "轮次", EPOCHS as f64, &data.saw),
            ("C", "更新次数", STEPS as f64, &data.wave),
        ]
        .into_iter()
        .map(|(name, x, end, curve)| {
            let mut panel = Panel::new(
                Axis::linear(x, 0.0, end),
                Axis::linear("训练损失", 0.0, top(curve)),
            )
            .title(name);
            panel.curve(curve, Stroke::solid(Ink::Path));
            panel
        })
        .collect();
        layout::arrange(form, &panels)
    }
}

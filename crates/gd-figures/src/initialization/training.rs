//! What the start does to training: ten layers on two spirals, four ways to start, five seeds.

use gd_core::autodiff::Activation;
use gd_core::model::{EmpiricalRisk, Mlp, Target};
use gd_core::observer::LossHistory;
use gd_core::optim::{Adam, Sgd};
use gd_core::{Descent, Objective, Solver, Stop, data, minimize};

use super::STARTS;
use crate::axis::Axis;
use crate::clinic::layer_norms;
use crate::label::Side;
use crate::panel::Panel;
use crate::run::by_step;
use crate::style::Stroke;
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

/// Small enough that forty networks train in seconds, deep enough that the start matters.
const DEPTH: usize = 10;
const WIDTH: usize = 16;
const SAMPLES: usize = 100;
const STEPS: usize = 500;
const LR: f64 = 0.1;
const ADAM_LR: f64 = 3e-3;
const SEEDS: u64 = 5;
/// Where the picture ends: what starts above it diverges.
const TOP: f64 = 20.0;
const ACTIVATIONS: [(&str, &str, Activation); 2] = [
    ("tanh", "tanh", Activation::Tanh),
    ("relu", "ReLU", Activation::Relu),
];

/// `initialization-training`.
pub struct TrainingRuns;

/// All runs of gradient descent, and what Adam makes of the two bad starts of the tanh network.
pub struct Data {
    runs: Vec<Training>,
    /// How many of the seeds learn, from the small and from the large weights.
    adam: [usize; 2],
}

/// One run.
struct Training {
    activation: usize,
    start: usize,
    seed: u64,
    loss: Vec<f64>,
    stop: Stop,
    accuracy: f64,
    /// ‖∂L/∂W₂‖ / ‖∂L/∂W₁₀‖ at the start.
    gradient_ratio: f64,
}

impl Training {
    fn has_learnt(&self) -> bool {
        self.accuracy > 0.95
    }

    /// The last loss; ∞ where the run left the finite numbers.
    fn last(&self) -> f64 {
        match self.stop {
            Stop::Diverged { .. } => f64::INFINITY,
            _ => self.loss[self.loss.len() - 1],
        }
    }
}

fn train(
    activation: usize,
    start: usize,
    seed: u64,
    mut solver: impl Solver<f64, EmpiricalRisk<f64>>,
) -> Training {
    let spirals = data::spirals::<f64>(SAMPLES, 0.05, 1);
    let sizes = [&[2][..], &[WIDTH; DEPTH], &[1]].concat();
    let net = Mlp::new(&sizes).activation(ACTIVATIONS[activation].2);
    let mut theta = net.init(STARTS[start].initializer, seed);
    let risk = EmpiricalRisk::new(net, spirals.x, Target::BinaryCrossEntropy(spirals.labels));
    let mut grad = theta.clone();
    risk.gradient(&theta, &mut grad);
    let norms = layer_norms(risk.net(), &grad);
    let mut loss = LossHistory::new();
    let stop = minimize(&risk, &mut solver, &mut theta, STEPS, &mut loss);
    let accuracy = match stop {
        Stop::Diverged { .. } => 0.5,
        _ => risk.accuracy(&theta),
    };
    Training {
        activation,
        start,
        seed,
        loss: loss.values,
        stop,
        accuracy,
        gradient_ratio: norms[1] / norms[DEPTH - 1],
    }
}

fn of(data: &[Training], activation: usize, start: usize) -> Vec<&Training> {
    data.iter()
        .filter(|run| run.activation == activation && run.start == start)
        .collect()
}

/// The middle one of five.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

impl Experiment for TrainingRuns {
    const NAME: &'static str = "initialization-training";
    type Data = Data;

    fn data() -> Data {
        let starts = (0..ACTIVATIONS.len()).flat_map(|a| (0..STARTS.len()).map(move |s| (a, s)));
        let cases = starts.flat_map(|(a, s)| (0..SEEDS).map(move |seed| (a, s, seed)));
        let runs = cases.map(|(a, s, seed)| train(a, s, seed, Descent::new(Sgd::plain(), LR)));
        let adam = [0, 1].map(|start| {
            let solver = || Descent::new(Adam::default(), ADAM_LR);
            let runs = (0..SEEDS).map(|seed| train(0, start, seed, solver()));
            runs.filter(Training::has_learnt).count()
        });
        Data {
            runs: runs.collect(),
            adam,
        }
    }

    fn values(data: &Data) -> Values {
        let mut values = Values::new()
            .count("depth", DEPTH)
            .count("width", WIDTH)
            .count("samples", SAMPLES)
            .count("steps", STEPS)
            .count("seeds", SEEDS as usize)
            .number("lr", LR)
            .number("adam-lr", ADAM_LR)
            .count("adam.small.learnt", data.adam[0])
            .count("adam.large.learnt", data.adam[1])
            .number("ln-two", std::f64::consts::LN_2);
        for (a, (activation, _, _)) in ACTIVATIONS.iter().enumerate() {
            for (s, start) in STARTS.iter().enumerate() {
                let runs = of(&data.runs, a, s);
                let key = format!("{activation}.{}", start.key);
                let diverged = runs.iter().filter(|run| run.last().is_infinite()).count();
                let learnt = runs.iter().filter(|run| run.has_learnt()).count();
                values = values
                    .number(
                        format!("{key}.median"),
                        median(runs.iter().map(|run| run.last()).collect()),
                    )
                    .number(
                        format!("{key}.gradient-ratio"),
                        median(runs.iter().map(|run| run.gradient_ratio).collect()),
                    )
                    .count(format!("{key}.diverged"), diverged)
                    .count(format!("{key}.learnt"), learnt);
            }
        }
        values
    }
}

impl Figure for TrainingRuns {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["activation", "start", "seed", "step", "loss"]);
        for run in &data.runs {
            for (step, &loss) in run.loss.iter().enumerate().step_by(10) {
                table.row([
                    ACTIVATIONS[run.activation].0.into(),
                    STARTS[run.start].key.into(),
                    (run.seed as usize).into(),
                    step.into(),
                    loss.into(),
                ]);
            }
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let panels: Vec<Panel> = ACTIVATIONS
            .iter()
            .enumerate()
            .map(|(a, (_, name, _))| {
                let mut panel = Panel::new(
                    Axis::linear("更新次数", 0.0, STEPS as f64),
                    Axis::log("训练损失（五次的中位数）", 1e-4, TOP),
                )
                .title(*name)
                .height(290.0, 250.0);
                for (s, start) in STARTS.iter().enumerate() {
                    let runs = of(&data.runs, a, s);
                    let middle: Vec<f64> = (0..=STEPS)
                        .map(|t| {
                            let at = |run: &&Training| run.loss.get(t).copied().unwrap_or(f64::MAX);
                            median(runs.iter().map(at).collect())
                        })
                        .collect();
                    let curve: Vec<Point> = by_step(&middle).into_iter().step_by(4).collect();
                    let stroke = Stroke::series(s);
                    if middle[STEPS] > TOP {
                        let name = format!("{}：在图外，发散", start.name);
                        panel.label((4.0, 13.0), &name, stroke.ink, &[Side::Right]);
                    } else {
                        panel.curve(&curve, stroke);
                        let prefer = [[0.85, 0.7, 0.5, 0.5], [0.6, 0.7, 0.0, 0.6]][a][s];
                        if prefer > 0.0 {
                            panel.along(&curve, prefer, start.name, stroke.ink);
                        } else {
                            // it leaves the line of another only here
                            let falls = curve.iter().find(|p| p.1 < 0.05).expect("it learns");
                            panel.label_off(*falls, start.name, stroke.ink, &[Side::Left; 2], 4.0);
                        }
                    }
                }
                panel
            })
            .collect();
        layout::arrange(form, &panels)
    }
}

//! Two moons from zero, from equal and from random weights: equal units stay equal.

use gd_core::init::Initializer;
use gd_core::model::{EmpiricalRisk, Mlp, Target};
use gd_core::observer::{LossHistory, Trajectory};
use gd_core::optim::Sgd;
use gd_core::{Descent, data, minimize};

use crate::axis::Axis;
use crate::label::Side;
use crate::panel::Panel;
use crate::run::by_step;
use crate::style::{Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

const UNITS: usize = 8;
const LR: f64 = 0.5;
const STEPS: usize = 2_000;
/// Every how many updates weights are kept for the picture.
const EVERY: usize = 20;
const STARTS: [(&str, &str, Initializer); 3] = [
    ("zeros", "全是 0", Initializer::Zeros),
    ("equal", "全是 0.5", Initializer::Constant(0.5)),
    (
        "random",
        "随机（Xavier）",
        Initializer::XavierNormal { gain: 1.0 },
    ),
];

/// `initialization-symmetry`.
pub struct Symmetry;

/// One training run.
pub struct Training {
    key: &'static str,
    name: &'static str,
    loss: Vec<f64>,
    accuracy: f64,
    /// The weight of the first input in every hidden unit, at every kept moment.
    weights: Vec<Vec<f64>>,
    /// The greatest difference between two units' first weights, at the end.
    spread: f64,
}

/// The three runs, and one of a network with a single hidden unit.
pub struct Data {
    runs: Vec<Training>,
    single: f64,
}

fn train(
    units: usize,
    initializer: Initializer,
    key: &'static str,
    name: &'static str,
) -> Training {
    let moons = data::two_moons::<f64>(200, 0.1, 1);
    let net = Mlp::new(&[2, units, 1]);
    let mut theta = net.init(initializer, 1);
    let risk = EmpiricalRisk::new(net, moons.x, Target::BinaryCrossEntropy(moons.labels));
    let mut watch = (LossHistory::new(), Trajectory::new().every(EVERY));
    minimize(
        &risk,
        &mut Descent::new(Sgd::plain(), LR),
        &mut theta,
        STEPS,
        &mut watch,
    );
    let (loss, trajectory) = watch;
    let first = |theta| risk.net().weights(theta, 0).column(0).to_vec();
    let weights: Vec<Vec<f64>> = trajectory.points.iter().map(|p| first(p)).collect();
    let last = &weights[weights.len() - 1];
    let extreme = |pick: fn(f64, f64) -> f64| last.iter().copied().reduce(pick).unwrap_or(0.0);
    Training {
        key,
        name,
        loss: loss.values,
        accuracy: risk.accuracy(&theta),
        spread: extreme(f64::max) - extreme(f64::min),
        weights,
    }
}

impl Experiment for Symmetry {
    const NAME: &'static str = "initialization-symmetry";
    type Data = Data;

    fn data() -> Data {
        let single = train(1, Initializer::Constant(0.5), "single", "一个单元");
        Data {
            runs: STARTS
                .map(|(key, name, initializer)| train(UNITS, initializer, key, name))
                .into(),
            single: single.loss[STEPS],
        }
    }

    fn values(data: &Data) -> Values {
        let values = Values::new()
            .count("units", UNITS)
            .number("lr", LR)
            .count("steps", STEPS)
            .number("single.loss", data.single);
        data.runs.iter().fold(values, |values, run| {
            let key = run.key;
            values
                .number(format!("{key}.loss"), run.loss[STEPS])
                .number(format!("{key}.accuracy"), run.accuracy)
                .number(format!("{key}.spread"), run.spread)
        })
    }
}

impl Figure for Symmetry {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["start", "step", "loss", "unit", "weight"]);
        for run in &data.runs {
            for (k, weights) in run.weights.iter().enumerate() {
                for (unit, &weight) in weights.iter().enumerate() {
                    let step = k * EVERY;
                    table.row([
                        run.key.into(),
                        step.into(),
                        run.loss[step].into(),
                        unit.into(),
                        weight.into(),
                    ]);
                }
            }
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let inks = [Ink::Path, Ink::Third, Ink::Data];
        let mut loss = Panel::new(
            Axis::linear("更新次数", 0.0, STEPS as f64),
            Axis::log("训练损失 *L*", 5e-3, 2.0),
        )
        .title("损失");
        let mut weights = Panel::new(
            Axis::linear("更新次数", 0.0, STEPS as f64),
            Axis::linear("第一层的 8 个权重 *w*", -4.0, 6.0),
        )
        .title("权重");
        for (i, run) in data.runs.iter().enumerate() {
            let curve = by_step(&run.loss);
            let stroke = Stroke {
                ink: inks[i],
                ..Stroke::series(i)
            };
            loss.curve(&curve, stroke);
            loss.along(&curve, [0.75, 0.6, 0.6][i], run.name, inks[i]);
        }
        let path = |run: &Training, unit: usize| -> Vec<Point> {
            let moments = run.weights.iter().enumerate();
            moments
                .map(|(k, w)| ((k * EVERY) as f64, w[unit]))
                .collect()
        };
        for unit in 0..UNITS {
            weights.curve(&path(&data.runs[2], unit), Stroke::thin(Ink::Data));
        }
        let equal = path(&data.runs[1], 0);
        weights.curve(
            &equal,
            Stroke {
                ink: inks[1],
                ..Stroke::series(1).width(2.4)
            },
        );
        weights.label((700.0, 4.6), "随机：各走各的", Ink::Data, &[Side::Right]);
        let (name, line) = ((1000.0, 2.4), (1000.0, 0.35));
        weights.label(name, "全是 0.5：8 条重合", inks[1], &[Side::On]);
        weights.arrow((name.0, 2.0), line, Stroke::thin(inks[1]));
        layout::arrange(form, &[loss, weights])
    }
}

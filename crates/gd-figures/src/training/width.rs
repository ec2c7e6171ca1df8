//! How wide a hidden layer two moons need, and with which activation.

use gd_core::autodiff::Activation;
use gd_core::init::Initializer;
use gd_core::model::Mlp;
use gd_core::optim::Adam;
use gd_core::{Descent, minimize};

use crate::axis::Axis;
use crate::label::Side;
use crate::panel::{Dot, Panel};
use crate::style::{Dash, Ink, Stroke};
use crate::training::moons;
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

const WIDTHS: [usize; 7] = [1, 2, 3, 4, 8, 16, 32];
const KINDS: [(&str, &str, Activation); 2] = [
    ("tanh", "tanh", Activation::Tanh),
    ("relu", "ReLU", Activation::Relu),
];
/// Full-batch updates of Adam with this learning rate: at every width the loss is flat by then.
const STEPS: usize = 1000;
const LR: f64 = 0.05;
/// Starts.
const SEEDS: u64 = 5;

/// `training-width`.
pub struct Width;

/// Held-out accuracies of one activation, by width and start.
pub struct Kind {
    key: &'static str,
    name: &'static str,
    accuracies: Vec<Vec<f64>>,
}

/// Both activations; a network of the largest width without any; the straight line.
pub struct Data {
    kinds: Vec<Kind>,
    identity: f64,
    line: f64,
}

fn median(accuracies: &[f64]) -> f64 {
    let mut sorted = accuracies.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}

fn accuracy(width: usize, activation: Activation, seed: u64) -> f64 {
    let net = Mlp::new(&[2, width, 1]).activation(activation);
    let (train, held_out) = moons::data();
    let mut theta = net.init(Initializer::XavierNormal { gain: 1.0 }, seed);
    let mut solver = Descent::new(Adam::default(), LR);
    let risk = moons::risk(&net, &train);
    minimize(&risk, &mut solver, &mut theta, STEPS, &mut ());
    moons::risk(&net, &held_out).accuracy(&theta)
}

impl Experiment for Width {
    const NAME: &'static str = "training-width";
    type Data = Data;

    fn data() -> Data {
        let starts = |width, kind| (0..SEEDS).map(|seed| accuracy(width, kind, seed)).collect();
        let kinds = KINDS.map(|(key, name, kind)| Kind {
            key,
            name,
            accuracies: WIDTHS.map(|width| starts(width, kind)).into(),
        });
        Data {
            kinds: kinds.into(),
            identity: accuracy(32, Activation::Identity, 0),
            line: moons::line().accuracies[1],
        }
    }

    fn values(data: &Data) -> Values {
        let mut values = Values::new()
            .count("steps", STEPS)
            .number("lr", LR)
            .count("seeds", SEEDS as usize)
            .number("identity", data.identity)
            .number("line", data.line);
        for kind in &data.kinds {
            for (width, accuracies) in WIDTHS.iter().zip(&kind.accuracies) {
                let key = format!("{}.{width}", kind.key);
                values = values
                    .number(format!("{key}.median"), median(accuracies))
                    .number(
                        format!("{key}.least"),
                        accuracies.iter().copied().fold(1.0, f64::min),
                    )
                    .number(
                        format!("{key}.most"),
                        accuracies.iter().copied().fold(0.0, f64::max),
                    );
            }
        }
        values
    }
}

impl Figure for Width {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["activation", "width", "start", "held_out_accuracy"]);
        for kind in &data.kinds {
            for (width, accuracies) in WIDTHS.iter().zip(&kind.accuracies) {
                for (start, &accuracy) in accuracies.iter().enumerate() {
                    table.row([
                        kind.key.into(),
                        (*width).into(),
                        start.into(),
                        accuracy.into(),
                    ]);
                }
            }
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let ticks = WIDTHS.map(|width| width as f64);
        let mut panel = Panel::new(
            Axis::log("隐藏层的单元数", 0.75, 45.0).ticks_at(&ticks),
            Axis::linear("留出的点答对的比例", 0.84, 0.98)
                .ticks_at(&[0.84, 0.88, 0.92, 0.96])
                .percent(),
        );
        let level = Stroke::thin(Ink::Muted).dash(Dash::Dashed);
        panel.rule_y(data.line, level, "直线分类器");
        // the two kinds stand side by side at each width
        for (kind, (dot, ink, shift)) in data
            .kinds
            .iter()
            .zip([(Dot::Disc, Ink::Data, 0.93), (Dot::Ring, Ink::Path, 1.07)])
        {
            let place = |k: usize| WIDTHS[k] as f64 * shift;
            let medians: Vec<Point> = kind
                .accuracies
                .iter()
                .enumerate()
                .map(|(k, v)| (place(k), median(v)))
                .collect();
            panel.curve(&medians, Stroke::solid(ink).width(1.3));
            for (k, accuracies) in kind.accuracies.iter().enumerate() {
                let dots: Vec<Point> = accuracies.iter().map(|&a| (place(k), a)).collect();
                panel.dots(&dots, dot, 3.2, ink);
            }
            let side = if dot == Dot::Disc {
                Side::AboveLeft
            } else {
                Side::BelowRight
            };
            panel.label(
                medians[if dot == Dot::Disc { 2 } else { 4 }],
                kind.name,
                ink,
                &[side],
            );
        }
        // the one dot that lies outside
        let dead = data.kinds[1].accuracies[0]
            .iter()
            .copied()
            .fold(1.0, f64::min);
        let dead = format!(
            "{}的一个起点：{:.1}%",
            form.pick("ReLU 只有 1 个单元时", "ReLU，1 个单元"),
            100.0 * dead
        );
        let floor = [
            (WIDTHS[0] as f64 * 1.07, 0.855),
            (WIDTHS[0] as f64 * 1.07, 0.842),
        ];
        panel.arrow(floor[0], floor[1], Stroke::thin(Ink::Path));
        panel.label(floor[0], &dead, Ink::Path, &[Side::Right]);
        layout::arrange(form, &[panel])
    }
}

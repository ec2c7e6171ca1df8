//! How much of an old gradient is left in v, by its age.

use crate::axis::Axis;
use crate::label::Side;
use crate::panel::{Dot, Panel};
use crate::run::by_step;
use crate::style::Stroke;
use crate::{Drawing, Experiment, Figure, Form, Table, Values, layout};

const MOMENTA: [(&str, f64); 3] = [("half", 0.5), ("usual", 0.9), ("long", 0.99)];
const AGES: usize = 40;

/// `momentum-memory`.
pub struct Memory;

/// One momentum: μᵏ for every age k.
pub struct Weights {
    key: &'static str,
    momentum: f64,
    weights: Vec<f64>,
}

impl Experiment for Memory {
    const NAME: &'static str = "momentum-memory";
    type Data = Vec<Weights>;

    fn data() -> Vec<Weights> {
        MOMENTA
            .map(|(key, momentum)| Weights {
                key,
                momentum,
                weights: (0..=AGES as i32).map(|k| momentum.powi(k)).collect(),
            })
            .into()
    }

    fn values(data: &Vec<Weights>) -> Values {
        data.iter().fold(Values::new(), |values, weights| {
            let (key, mu) = (weights.key, weights.momentum);
            values
                .number(format!("{key}.sum"), 1.0 / (1.0 - mu))
                .number(format!("{key}.half-life"), 0.5f64.ln() / mu.ln())
                .number(format!("{key}.after-ten"), weights.weights[10])
        })
    }
}

impl Figure for Memory {
    fn table(data: &Vec<Weights>) -> Table {
        let mut table = Table::new(&["momentum", "age", "weight"]);
        for weights in data {
            for (k, &weight) in weights.weights.iter().enumerate() {
                table.row([weights.momentum.into(), k.into(), weight.into()]);
            }
        }
        table
    }

    fn draw(data: &Vec<Weights>, form: Form) -> Drawing {
        let mut panel = Panel::new(
            Axis::linear("梯度的年龄 *k*（步）", 0.0, AGES as f64),
            Axis::linear("它在 *v* 里的权重 *μ*ᵏ", 0.0, 1.05),
        )
        .height(230.0, 220.0);
        for (i, weights) in data.iter().enumerate() {
            let curve = by_step(&weights.weights);
            let stroke = Stroke::series(i);
            panel.curve(&curve, stroke);
            let every = if i == 0 { 1 } else { 2 };
            let shown: Vec<_> = curve.iter().copied().step_by(every).collect();
            panel.dots(&shown, Dot::Speck, 2.4, stroke.ink);
            let sum = (1.0 / (1.0 - weights.momentum)).round();
            let joint = form.pick("，加起来 ", "，和 ");
            let name = format!("*μ* = {}{joint}{sum}", weights.momentum);
            let at = curve[[4, 10, 16][i]];
            panel.label_off(at, &name, stroke.ink, &[Side::AboveRight], 5.0);
        }
        layout::arrange(form, &[panel])
    }
}

//! |x| from far away: a long slope that never gets steeper or flatter.

use gd_core::Optimizer;
use gd_core::objective::AbsoluteValue;
use gd_core::optim::{Adadelta, Adagrad, RmsProp, Sgd};

use crate::axis::Axis;
use crate::label::Side;
use crate::panel::Panel;
use crate::run::{by_step, descend, steps_until};
use crate::style::Stroke;
use crate::{Drawing, Experiment, Figure, Form, Table, Values, layout};

const START: f64 = 10.0;
const LR: f64 = 0.1;
/// Adadelta is meant to be used with 1.
const ADADELTA_LR: f64 = 1.0;
const SHOWN: usize = 600;
const MOST: usize = 10_000;

/// `adaptive-long-slope`.
pub struct LongSlope;

/// One method.
pub struct Walk {
    key: &'static str,
    name: &'static str,
    xs: Vec<f64>,
    /// Steps until |x| < 0.5.
    steps: usize,
}

impl Experiment for LongSlope {
    const NAME: &'static str = "adaptive-long-slope";
    type Data = Vec<Walk>;

    fn data() -> Vec<Walk> {
        let f = AbsoluteValue::new(1);
        type Make = fn() -> Box<dyn Optimizer<f64>>;
        let methods: [(&str, &str, f64, Make); 4] = [
            ("plain", "普通", LR, || Box::new(Sgd::plain())),
            ("adagrad", "Adagrad", LR, || Box::new(Adagrad::default())),
            ("rms-prop", "RMSprop", LR, || Box::new(RmsProp::default())),
            ("adadelta", "Adadelta", ADADELTA_LR, || {
                Box::new(Adadelta::default())
            }),
        ];
        methods
            .map(|(key, name, lr, rule)| Walk {
                key,
                name,
                xs: descend(&f, rule(), lr, &[START], SHOWN).coordinate(0),
                steps: steps_until(&f, rule(), lr, &[START], MOST, |x| x[0].abs() < 0.5)
                    .expect("it comes down"),
            })
            .into()
    }

    fn values(data: &Vec<Walk>) -> Values {
        let values = Values::new().number("start", START).number("lr", LR);
        data.iter().fold(values, |values, walk| {
            let key = walk.key;
            values
                .count(format!("{key}.steps"), walk.steps)
                .number(format!("{key}.first-step"), START - walk.xs[1])
                .number(format!("{key}.hundredth-step"), walk.xs[99] - walk.xs[100])
                .number(format!("{key}.after-hundred"), walk.xs[100])
        })
    }
}

impl Figure for LongSlope {
    fn table(data: &Vec<Walk>) -> Table {
        let mut table = Table::new(&["method", "step", "x"]);
        for walk in data {
            for (t, &x) in walk.xs.iter().enumerate().step_by(4) {
                table.row([walk.key.into(), t.into(), x.into()]);
            }
        }
        table
    }

    fn draw(data: &Vec<Walk>, form: Form) -> Drawing {
        let mut panel = Panel::new(
            Axis::linear("步数 *t*", 0.0, SHOWN as f64),
            Axis::linear("参数 *x*", -0.6, 10.8),
        )
        .height(270.0, 250.0);
        panel.curve(
            &[(0.0, 0.0), (SHOWN as f64, 0.0)],
            Stroke::truth().width(1.2),
        );
        for (i, walk) in data.iter().enumerate() {
            let curve = by_step(&walk.xs);
            let stroke = Stroke::series(i);
            panel.curve(&curve, stroke);
            let (t, side) = [
                (60, Side::Right),
                (330, Side::AboveRight),
                (250, Side::Above),
                (150, Side::AboveRight),
            ][i];
            let gap = if walk.key == "rms-prop" { 8.0 } else { 4.0 };
            panel.label_off(curve[t], walk.name, stroke.ink, &[side], gap);
        }
        layout::arrange(form, &[panel])
    }
}

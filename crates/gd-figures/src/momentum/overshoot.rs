//! x² from 4 with a small learning rate: from creeping to swinging, as the momentum grows.

use gd_core::objective::Quadratic;

use super::heavy_ball;
use crate::axis::Axis;
use crate::label::Side;
use crate::panel::Panel;
use crate::run::{by_step, descend, largest, steps_until_settled};
use crate::style::{Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Table, Values, layout, text};

const START: f64 = 4.0;
const LR: f64 = 0.01;
/// Steps drawn of the first three, and of the last, which swings for long.
const SHOWN: [usize; 2] = [100, 500];

/// A little more than where swinging begins: fewer steps, although it swings.
const PAST: f64 = 0.75;

/// `momentum-overshoot`.
pub struct Overshoot;

/// One momentum.
pub struct Swing {
    key: &'static str,
    momentum: f64,
    xs: Vec<f64>,
    /// Steps until |x| stays below 0.001.
    steps: usize,
}

/// Where swinging begins: (1 − √(ηλ))² with λ = 2.
fn critical() -> f64 {
    (1.0 - (LR * 2.0).sqrt()).powi(2)
}

impl Experiment for Overshoot {
    const NAME: &'static str = "momentum-overshoot";
    type Data = Vec<Swing>;

    fn data() -> Vec<Swing> {
        let f = Quadratic::square();
        [
            ("none", 0.0),
            ("critical", critical()),
            ("usual", 0.9),
            ("long", 0.99),
            ("past", PAST),
        ]
        .map(|(key, momentum)| Swing {
            key,
            momentum,
            xs: descend(&f, heavy_ball(momentum), LR, &[START], SHOWN[1]).coordinate(0),
            steps: steps_until_settled(&f, heavy_ball(momentum), LR, &[START], 10_000, |x| {
                largest(x) < 1e-3
            })
            .expect("it converges"),
        })
        .into()
    }

    fn values(data: &Vec<Swing>) -> Values {
        let values = Values::new().number("lr", LR);
        data.iter().fold(values, |values, swing| {
            let key = swing.key;
            let lowest = swing.xs.iter().copied().fold(f64::INFINITY, f64::min);
            values
                .number(format!("{key}.momentum"), swing.momentum)
                .count(format!("{key}.steps"), swing.steps)
                .number(format!("{key}.lowest"), lowest)
        })
    }
}

impl Figure for Overshoot {
    fn table(data: &Vec<Swing>) -> Table {
        let mut table = Table::new(&["momentum", "step", "x"]);
        for swing in &data[..4] {
            for (t, &x) in swing.xs.iter().enumerate() {
                table.row([swing.momentum.into(), t.into(), x.into()]);
            }
        }
        table
    }

    fn draw(data: &Vec<Swing>, form: Form) -> Drawing {
        let panel = |title: &str, steps: usize| {
            let mut panel = Panel::new(
                Axis::linear("步数 *t*", 0.0, steps as f64),
                Axis::linear("参数 *x*", -4.3, 4.6),
            )
            .title(title)
            .height(220.0, 200.0);
            let bottom = [(0.0, 0.0), (steps as f64, 0.0)];
            panel.curve(&bottom, Stroke::truth().width(1.2));
            panel
        };
        let mut few = panel("动量从无到有", SHOWN[0]);
        for (i, swing) in data[..3].iter().enumerate() {
            let curve = by_step(&swing.xs[..=SHOWN[0]]);
            let stroke = Stroke::series(i);
            few.curve(&curve, stroke);
            let short = text::fixed(swing.momentum, 3);
            let short = short.trim_end_matches('0').trim_end_matches('.');
            let name = format!("*μ* = {short}");
            let at = curve[[38, 22, 23][i]];
            let side = [Side::AboveRight, Side::AboveRight, Side::Below][i];
            few.label_off(at, &name, stroke.ink, &[side], 4.0);
        }
        let mut long = panel("*μ* = 0.99，荡个不停", SHOWN[1]);
        long.curve(&by_step(&data[3].xs), Stroke::solid(Ink::Path).width(1.3));
        layout::arrange(form, &[few, long])
    }
}

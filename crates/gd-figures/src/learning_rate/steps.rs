//! How many steps x² needs from 4 to |x| < 10⁻⁶, for every learning rate below 1.

use gd_core::objective::Quadratic;
use gd_core::optim::Sgd;

use crate::axis::Axis;
use crate::label::Side;
use crate::panel::{Dot, Panel};
use crate::run::{descend, largest, steps_until};
use crate::style::{Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

const START: f64 = 4.0;
const BOUND: f64 = 1e-6;
const NAMED: [(&str, f64); 9] = [
    ("lr-0-01", 0.01),
    ("lr-0-05", 0.05),
    ("lr-0-1", 0.1),
    ("lr-0-3", 0.3),
    ("lr-0-5", 0.5),
    ("lr-0-9", 0.9),
    ("lr-0-95", 0.95),
    ("lr-0-99", 0.99),
    ("lr-0-999", 0.999),
];

/// `learning-rate-steps`.
pub struct Steps;

/// Steps by learning rate.
pub struct Data {
    curve: Vec<(f64, usize)>,
    named: Vec<(&'static str, f64, usize)>,
    /// Below this rate every one needs ten thousand steps or more.
    slow_below: f64,
    /// x₁, x₂ and x₁₀₀₀ with learning rate 1.
    bounces: [f64; 3],
}

fn steps(lr: f64, most: usize) -> Option<usize> {
    let f = Quadratic::square();
    steps_until(&f, Sgd::plain(), lr, &[START], most, |x| largest(x) < BOUND)
}

impl Experiment for Steps {
    const NAME: &'static str = "learning-rate-steps";
    type Data = Data;

    fn data() -> Data {
        let count = |lr| steps(lr, 20_000).expect("below 1 every rate converges");
        // dense where the curve is steep: near both ends
        let near_end = (2..20).map(|i| f64::from(i) / 2000.0);
        let lower: Vec<f64> = near_end
            .chain((2..=99).map(|i| f64::from(i) / 200.0))
            .collect();
        let upper = lower.iter().rev().map(|lr| 1.0 - lr);
        let rates: Vec<f64> = lower.iter().copied().chain([0.5]).chain(upper).collect();
        let bounces =
            descend(&Quadratic::square(), Sgd::plain(), 1.0, &[START], 1000).coordinate(0);
        Data {
            curve: rates.into_iter().map(|lr| (lr, count(lr))).collect(),
            named: NAMED.map(|(key, lr)| (key, lr, count(lr))).into(),
            // 4(1 − 2η)⁹⁹⁹⁹ = 10⁻⁶
            slow_below: (1.0 - (BOUND / START).powf(1.0 / 9_999.0)) / 2.0,
            bounces: [bounces[1], bounces[2], bounces[1000]],
        }
    }

    fn values(data: &Data) -> Values {
        let values = data
            .named
            .iter()
            .fold(Values::new(), |values, (key, _, steps)| {
                values.count(format!("{key}.steps"), *steps)
            });
        values
            .number("ten-thousand-steps-below", data.slow_below)
            .number("lr-1.x.1", data.bounces[0])
            .number("lr-1.x.2", data.bounces[1])
            .number("lr-1.x.1000", data.bounces[2])
    }
}

impl Figure for Steps {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["lr", "steps"]);
        for &(lr, steps) in &data.curve {
            table.row([lr.into(), steps.into()]);
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let mut panel = Panel::new(
            Axis::linear("学习率 *η*", 0.0, 1.15),
            Axis::log("走到 |*x*| < 10⁻⁶ 要几步", 1.0, 1e4),
        )
        .height(270.0, 240.0);
        let to_point = |&(lr, steps): &(f64, usize)| (lr, steps as f64);
        let curve: Vec<Point> = data.curve.iter().map(to_point).collect();
        let zone = [(1.0, 1.0), (1.15, 1.0), (1.15, 1e4), (1.0, 1e4)];
        panel.area(&zone, Ink::Path, 0.14);
        panel.curve(&[(1.0, 1.0), (1.0, 1e4)], Stroke::thin(Ink::Path));
        panel.curve(&curve, Stroke::solid(Ink::Data));
        for (lr, sides) in [
            (0.01, [Side::Right, Side::AboveRight]),
            (0.05, [Side::Right, Side::AboveRight]),
            (0.3, [Side::Right, Side::AboveRight]),
            (0.95, [Side::Left, Side::AboveLeft]),
        ] {
            let named = data.named.iter().find(|(_, rate, _)| *rate == lr);
            let &(_, lr, steps) = named.expect("each of these rates is named");
            let point = (lr, steps as f64);
            panel.dots(&[point], Dot::Disc, 3.5, Ink::Data);
            panel.label(point, &format!("{lr}：{steps} 步"), Ink::Data, &sides);
        }
        panel.dots(&[(0.5, 1.0)], Dot::Star, 6.5, Ink::Truth);
        panel.label(
            (0.5, 1.0),
            "0.5：1 步",
            Ink::Truth,
            &[Side::Right, Side::AboveRight],
        );
        let beyond = form.pick("*η* ≥ 1 不收敛", "不收敛");
        panel.label(
            (1.0, 4e3),
            beyond,
            Ink::Path,
            form.pick(&[Side::Left], &[Side::Left]),
        );
        layout::arrange(form, &[panel])
    }
}

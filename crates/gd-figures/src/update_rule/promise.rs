//! What the tangent promises for a step, and what the step brings.

use super::{START, on_curve, slope};
use crate::axis::Axis;
use crate::label::Side;
use crate::panel::{Dot, Panel};
use crate::style::{Dash, Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout, text};

const RATES: [(&str, f64); 4] = [
    ("lr-0-001", 0.001),
    ("lr-0-01", 0.01),
    ("lr-0-1", 0.1),
    ("lr-0-2", 0.2),
];

/// `update-rule-promise`.
pub struct Promise;

/// One step from 3.6 with one learning rate.
#[derive(Clone, Copy)]
pub struct Step {
    lr: f64,
    x: f64,
    /// η f′(x)².
    promised: f64,
    /// f before less f after.
    gained: f64,
}

/// Single steps.
pub struct Data {
    named: Vec<(&'static str, Step)>,
    curve: Vec<Step>,
    /// The smallest learning rate with which one step leads up.
    first_that_rises: f64,
}

fn step(lr: f64) -> Step {
    let g = slope(START);
    let x = START - lr * g;
    Step {
        lr,
        x,
        promised: lr * g * g,
        gained: on_curve(START).1 - on_curve(x).1,
    }
}

impl Experiment for Promise {
    const NAME: &'static str = "update-rule-promise";
    type Data = Data;

    fn data() -> Data {
        // 60 to a decade: the curve bends only above 0.01
        let rates = (0..=210).map(|i| 1e-4 * 10f64.powf(f64::from(i) / 60.0));
        let (mut falls, mut rises) = (0.1, 0.2);
        for _ in 0..60 {
            let middle = (falls + rises) / 2.0;
            if step(middle).gained > 0.0 {
                falls = middle;
            } else {
                rises = middle;
            }
        }
        Data {
            named: RATES.map(|(key, lr)| (key, step(lr))).into(),
            curve: rates.map(step).collect(),
            first_that_rises: rises,
        }
    }

    fn values(data: &Data) -> Values {
        let values = Values::new().number("first-that-rises", data.first_that_rises);
        data.named.iter().fold(values, |values, (key, step)| {
            values
                .number(format!("{key}.x"), step.x)
                .number(format!("{key}.promised"), step.promised)
                .number(format!("{key}.gained"), step.gained)
                .number(format!("{key}.ratio"), step.gained / step.promised)
                .number(
                    format!("{key}.off-by"),
                    (step.gained / step.promised - 1.0).abs(),
                )
                .number(format!("{key}.risen"), -step.gained)
        })
    }
}

impl Figure for Promise {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["lr", "x_after_one_step", "promised", "gained"]);
        for step in &data.curve {
            table.row([
                step.lr.into(),
                step.x.into(),
                step.promised.into(),
                step.gained.into(),
            ]);
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let mut curve = Panel::new(
            Axis::linear("参数 *x*", 3.2, 7.2),
            Axis::linear("函数值 *f*(*x*)", -56.0, 26.0),
        )
        .title("切线许诺的，曲线给的")
        .height(250.0, 230.0);
        let height = on_curve(START).1;
        let tangent = |x: f64| (x, height + slope(START) * (x - START));
        curve.graph(|x| on_curve(x).1, Stroke::solid(Ink::Data));
        let line = Stroke::solid(Ink::Muted).width(1.4).dash(Dash::Dashed);
        curve.curve(&[tangent(3.3), tangent(6.75)], line);
        for (_, step) in &data.named[1..] {
            let ends = [tangent(step.x), on_curve(step.x)];
            curve.curve(&ends, Stroke::thin(Ink::Path));
            curve.dots(&ends[..1], Dot::Ring, 3.6, Ink::Muted);
            curve.dots(&ends[1..], Dot::Disc, 3.6, Ink::Path);
            let sides = match step.lr {
                0.01 => [Side::AboveRight, Side::Above],
                0.1 => [Side::Above, Side::AboveLeft],
                _ => [Side::Left, Side::AboveLeft],
            };
            let name = format!("*η* = {}", step.lr);
            curve.label(ends[1], &name, Ink::Path, &sides);
        }
        curve.dots(&[(START, height)], Dot::Ring, 4.5, Ink::Path);
        let low = [tangent(6.3), tangent(5.6), tangent(5.9)];
        curve.along(&low, 0.0, "切线", Ink::Muted);

        let mut ratio = Panel::new(
            Axis::log("学习率 *η*", 1e-4, 0.3).ticks_at(&[1e-4, 1e-3, 1e-2, 1e-1]),
            Axis::linear("实际降低 ÷ 许诺的降低", -0.6, 1.4),
        )
        .title("学习率越小，许诺越准")
        .height(250.0, 220.0);
        let points: Vec<Point> = data
            .curve
            .iter()
            .map(|step| (step.lr, step.gained / step.promised))
            .collect();
        ratio.rule_y(1.0, Stroke::truth().width(1.4), "");
        ratio.rule_y(0.0, Stroke::thin(Ink::Axis), "");
        ratio.curve(&points, Stroke::solid(Ink::Path));
        ratio.label((2e-4, 1.0), "1：分毫不差", Ink::Truth, &[Side::AboveRight]);
        ratio.label(
            (2e-4, 0.0),
            "0 以下：反而升高",
            Ink::Muted,
            &[Side::BelowRight],
        );
        let edge = (data.first_that_rises, 0.0);
        ratio.dots(&[edge], Dot::Disc, 3.5, Ink::Path);
        let name = text::fixed(edge.0, 3);
        ratio.label(edge, &name, Ink::Path, &[Side::AboveLeft, Side::Left]);
        layout::arrange(form, &[curve, ratio])
    }
}

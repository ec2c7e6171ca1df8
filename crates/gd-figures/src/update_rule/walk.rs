//! x² sin x from 3.6: the tangent that decides the direction, the walk, and how long its steps are.

use gd_core::objective::{TwiceDifferentiable, XSquaredSinX};
use gd_core::optim::Sgd;
use ndarray::array;

use super::{START, on_curve, slope};
use crate::axis::Axis;
use crate::label::Side;
use crate::panel::{Dot, Panel};
use crate::run::{by_step, descend, steps_until};
use crate::style::{Dash, Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout, text};

const LR: f64 = 0.01;
const STEPS: usize = 20;
/// The slope that the notes give for the start.
const WRONG_SLOPE: f64 = 26.3;
/// Just above the limit at the bottom, and well above it.
const TOO_LARGE: [(&str, f64); 2] = [("lr-0-07", 0.07), ("lr-0-2", 0.2)];
/// Half the width over which a tangent is drawn.
const TANGENT: f64 = 0.7;

/// `update-rule-walk`.
pub struct Walk;

/// The walk, and what other starts and learning rates come to.
pub struct Data {
    /// Place, height, slope at every step.
    stops: Vec<[f64; 3]>,
    /// Where the slope is `WRONG_SLOPE`.
    steep: f64,
    /// The end of a walk from there, and its first step.
    from_steep: [f64; 2],
    /// 2/f″ at the bottom.
    limit: f64,
    steps_to_millionth: usize,
    /// For each of `TOO_LARGE`, two places in a row after many steps.
    unsettled: Vec<(&'static str, [f64; 2])>,
    /// The end of a walk with the sign turned round.
    ascent: f64,
}

/// Where the slope takes the value `wanted` between `lo` and `hi`, by bisection; it must rise there.
fn where_slope_is(wanted: f64, mut lo: f64, mut hi: f64) -> f64 {
    for _ in 0..60 {
        let middle = (lo + hi) / 2.0;
        if slope(middle) < wanted {
            lo = middle;
        } else {
            hi = middle;
        }
    }
    (lo + hi) / 2.0
}

impl Experiment for Walk {
    const NAME: &'static str = "update-rule-walk";
    type Data = Data;

    fn data() -> Data {
        let bottom = XSquaredSinX::VALLEY;
        let mut hessian = array![[0.0]];
        XSquaredSinX.hessian(&array![bottom], &mut hessian);
        let run = descend(&XSquaredSinX, Sgd::plain(), LR, &[START], STEPS);
        let steep = where_slope_is(WRONG_SLOPE, bottom, 6.2);
        let from_steep = descend(&XSquaredSinX, Sgd::plain(), LR, &[steep], 1000).coordinate(0);
        let ascent = (0..1000).fold(START, |x, _| x + LR * slope(x));
        let settle = |x: &ndarray::ArrayRef1<f64>| (x[0] - bottom).abs() < 1e-6;
        Data {
            stops: run
                .coordinate(0)
                .into_iter()
                .map(|x| [x, on_curve(x).1, slope(x)])
                .collect(),
            steep,
            from_steep: [from_steep[1], from_steep[1000]],
            limit: 2.0 / hessian[[0, 0]],
            steps_to_millionth: steps_until(
                &XSquaredSinX,
                Sgd::plain(),
                LR,
                &[START],
                1000,
                settle,
            )
            .expect("with this rate it settles"),
            unsettled: TOO_LARGE
                .map(|(key, lr)| {
                    let xs = descend(&XSquaredSinX, Sgd::plain(), lr, &[START], 1001);
                    let xs = xs.coordinate(0);
                    (key, [xs[1000], xs[1001]])
                })
                .into(),
            ascent,
        }
    }

    fn values(data: &Data) -> Values {
        let mut values = Values::new()
            .number("start", START)
            .number("lr", LR)
            .count("steps", STEPS);
        for (t, [x, height, slope]) in data.stops.iter().enumerate() {
            values = values
                .number(format!("x.{t}"), *x)
                .number(format!("f.{t}"), *height)
                .number(format!("slope.{t}"), *slope)
                .number(format!("length.{t}"), LR * slope.abs());
        }
        let longest = data.stops.iter().map(|[_, _, slope]| slope.abs());
        values = values
            .number("longest", LR * longest.fold(0.0, f64::max))
            .number("bottom.x", XSquaredSinX::VALLEY)
            .number("bottom.f", on_curve(XSquaredSinX::VALLEY).1)
            .number("limit", data.limit)
            .count("steps-to-millionth", data.steps_to_millionth)
            .number("steep.slope", WRONG_SLOPE)
            .number("steep.x", data.steep)
            .number("steep.x-after-one", data.from_steep[0])
            .number("steep.final-x", data.from_steep[1])
            .number("ascent.final-x", data.ascent)
            .number("ascent.final-f", on_curve(data.ascent).1);
        for (key, [a, b]) in &data.unsettled {
            values = values
                .number(format!("{key}.low"), a.min(*b))
                .number(format!("{key}.high"), a.max(*b));
        }
        values
    }
}

impl Figure for Walk {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["step", "x", "f", "slope", "length_of_next_step"]);
        for (t, [x, height, slope]) in data.stops.iter().enumerate() {
            table.row([
                t.into(),
                (*x).into(),
                (*height).into(),
                (*slope).into(),
                (LR * slope.abs()).into(),
            ]);
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let mut walk = Panel::new(
            Axis::linear("参数 *x*", 2.6, 6.8),
            Axis::linear("函数值 *f*(*x*) = *x*² sin *x*", -31.0, 14.0),
        )
        .title("斜率是负的，所以往右走")
        .height(270.0, 250.0);
        walk.graph(|x| on_curve(x).1, Stroke::solid(Ink::Data));
        for (x, dash) in [(START, Dash::Solid), (data.steep, Dash::Dashed)] {
            let end = |dx: f64| (x + dx, on_curve(x).1 + slope(x) * dx);
            let reach = TANGENT * (slope(START) / slope(x)).abs().min(1.0);
            walk.curve(
                &[end(-reach), end(reach)],
                Stroke::solid(Ink::Muted).width(1.4).dash(dash),
            );
        }
        let stops: Vec<Point> = data.stops.iter().map(|[x, f, _]| (*x, *f)).collect();
        walk.dots(&stops[..15], Dot::Disc, 2.8, Ink::Path);
        walk.dots(&stops[..1], Dot::Ring, 4.5, Ink::Path);
        let steep = on_curve(data.steep);
        walk.dots(&[steep], Dot::Square, 3.5, Ink::Muted);
        let bottom = on_curve(XSquaredSinX::VALLEY);
        walk.dots(&[bottom], Dot::Star, 6.5, Ink::Truth);
        let start = format!("起点 3.6，斜率 {}", text::fixed(data.stops[0][2], 2));
        walk.label(stops[0], &start, Ink::Path, &[Side::AboveRight]);
        let wrong = format!("斜率 {WRONG_SLOPE}");
        walk.label(steep, &wrong, Ink::Muted, &[Side::Left, Side::AboveLeft]);
        let name = format!("谷底 {}", text::fixed(bottom.0, 3));
        walk.label(bottom, &name, Ink::Truth, &[Side::Below]);

        let mut lengths = Panel::new(
            Axis::linear("第几步", 0.0, STEPS as f64),
            Axis::linear("这一步的长度 *η* |*f*\u{200a}′(*x*)|", 0.0, 0.2),
        )
        .title("同一个学习率，长短不一的步子")
        .height(270.0, 220.0);
        let steps: Vec<f64> = data.stops.iter().map(|[_, _, s]| LR * s.abs()).collect();
        // the slope at x₀ makes step 1
        let steps: Vec<Point> = by_step(&steps)
            .into_iter()
            .take(STEPS)
            .map(|(t, length)| (t + 1.0, length))
            .collect();
        lengths.curve(&steps, Stroke::thin(Ink::Path));
        lengths.dots(&steps, Dot::Disc, 3.0, Ink::Path);
        let rule = Stroke::thin(Ink::Muted).dash(Dash::Dashed);
        lengths.rule_y(LR, rule, &format!("学习率 {LR}"));
        layout::arrange(form, &[walk, lengths])
    }
}

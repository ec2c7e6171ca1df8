//! Four convex functions on which descent does not do what “convex” seems to promise.

use gd_core::Objective;
use gd_core::objective::{AbsoluteValue, Exponential, FlatBottom, Quartic};
use gd_core::optim::Sgd;
use ndarray::array;

use crate::axis::Axis;
use crate::label::Side;
use crate::panel::{Dot, Panel};
use crate::run::{descend, end};
use crate::style::{Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout, text};

const LR: f64 = 0.1;
const STEPS: usize = 1000;
/// Descent on eˣ is drawn with a larger rate, which does not change where it goes: nowhere.
const EXPONENTIAL_LR: f64 = 1.0;
const FLAT_STARTS: [f64; 3] = [-2.6, 0.3, 2.2];

/// `convexity-promises`.
pub struct Promises;

/// The paths, as (x, f(x)).
pub struct Data {
    exponential: Vec<Point>,
    flat: Vec<Vec<Point>>,
    absolute: Vec<Point>,
    quartic: Vec<Point>,
    /// On eˣ after ten thousand and a hundred thousand steps.
    still_falling: [f64; 2],
}

fn path(f: &impl Objective<f64>, lr: f64, start: f64, steps: usize) -> Vec<Point> {
    let run = descend(f, Sgd::plain(), lr, &[start], steps);
    run.points.iter().map(|x| (x[0], f.value(x))).collect()
}

impl Experiment for Promises {
    const NAME: &'static str = "convexity-promises";
    type Data = Data;

    fn data() -> Data {
        let far = |steps| end(&Exponential, Sgd::plain(), EXPONENTIAL_LR, &[1.0], steps)[0];
        Data {
            exponential: path(&Exponential, EXPONENTIAL_LR, 1.0, 40),
            flat: FLAT_STARTS
                .map(|start| path(&FlatBottom, LR, start, STEPS))
                .into(),
            absolute: path(&AbsoluteValue::new(1), LR, 0.95, STEPS),
            quartic: path(&Quartic, LR, 4.0, 2),
            still_falling: [far(10_000), far(100_000)],
        }
    }

    fn values(data: &Data) -> Values {
        let mut values = Values::new()
            .number("lr", LR)
            .count("steps", STEPS)
            .number("exponential.x-after-ten-thousand", data.still_falling[0])
            .number(
                "exponential.x-after-hundred-thousand",
                data.still_falling[1],
            );
        for (key, run) in ["left", "middle", "right"].iter().zip(&data.flat) {
            values = values
                .number(format!("flat.{key}.start"), run[0].0)
                .number(format!("flat.{key}.end"), run[STEPS].0);
        }
        let [a, b] = [data.absolute[STEPS - 1].0, data.absolute[STEPS].0];
        values
            .number("absolute.low", a.min(b))
            .number("absolute.high", a.max(b))
            .number("quartic.x.1", data.quartic[1].0)
    }
}

impl Figure for Promises {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["function", "start", "step", "x", "f"]);
        let mut paths = vec![
            ("exponential", &data.exponential),
            ("absolute_value", &data.absolute),
            ("quartic", &data.quartic),
        ];
        paths.extend(data.flat.iter().map(|path| ("flat_bottom", path)));
        for (name, path) in paths {
            // what comes later repeats
            for (t, &(x, f)) in path.iter().take(60).enumerate() {
                table.row([name.into(), path[0].0.into(), t.into(), x.into(), f.into()]);
            }
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let panel = |title: &str, x: [f64; 2], y: [f64; 2]| {
            Panel::new(
                Axis::linear("参数 *x*", x[0], x[1]),
                Axis::linear("函数值 *f*(*x*)", y[0], y[1]),
            )
            .title(title)
            .height(190.0, 180.0)
        };
        let steps = Stroke::solid(Ink::Path).width(1.3);
        let begin = |panel: &mut Panel, path: &[Point]| {
            panel.dots(&path[..1], Dot::Ring, 4.2, Ink::Path);
        };

        let mut exponential = panel("*e*ˣ：没有最低点", [-6.0, 1.6], [-0.35, 3.2]);
        exponential.graph(f64::exp, Stroke::solid(Ink::Data));
        exponential.dots(&data.exponential, Dot::Disc, 2.6, Ink::Path);
        exponential.steps(&data.exponential[..3], steps);
        begin(&mut exponential, &data.exponential);
        exponential.note("一直往左，永远走不完", Ink::Path);

        let mut flat = panel("max(|*x*| − 1, 0)²：最低点一大片", [-3.0, 3.0], [-0.5, 3.2]);
        flat.graph(|x| FlatBottom.value(&array![x]), Stroke::solid(Ink::Data));
        flat.curve(&[(-1.0, 0.0), (1.0, 0.0)], Stroke::truth().width(3.0));
        for path in &data.flat {
            flat.steps(&path[..12], steps);
            flat.dots(&path[..12], Dot::Disc, 2.4, Ink::Path);
            begin(&mut flat, path);
        }
        let note = "停在哪个最低点，看起点";
        flat.label((0.0, 2.6), note, Ink::Path, &[Side::On]);

        let mut absolute = panel("|*x*|：步子不肯变小", [-0.3, 1.1], [-0.08, 1.1]);
        absolute.graph(f64::abs, Stroke::solid(Ink::Data));
        absolute.dots(&data.absolute[..14], Dot::Disc, 2.8, Ink::Path);
        begin(&mut absolute, &data.absolute);
        let [a, b] = [data.absolute[STEPS - 1], data.absolute[STEPS]];
        absolute.dots(&[(0.0, 0.0)], Dot::Star, 5.5, Ink::Truth);
        absolute.curve(&[a, b], Stroke::thin(Ink::Path));
        let bounce = format!("在 ±{} 之间来回", text::fixed(a.0.abs(), 2));
        let right = if a.0 > b.0 { a } else { b };
        absolute.label(right, &bounce, Ink::Path, &[Side::Right, Side::BelowRight]);

        let mut quartic = panel("*x*⁴：从 4 出发，一步就飞", [-5.0, 5.0], [-25.0, 420.0]);
        quartic.graph(|x| x.powi(4), Stroke::solid(Ink::Data));
        quartic.arrow(data.quartic[0], data.quartic[1], steps);
        quartic.dots(&data.quartic[..1], Dot::Disc, 3.4, Ink::Path);
        quartic.dots(&[(0.0, 0.0)], Dot::Star, 5.5, Ink::Truth);
        let next = format!("下一步 *x* = {}", text::fixed(data.quartic[1].0, 1));
        quartic.label((-0.2, 390.0), &next, Ink::Path, &[Side::On]);
        layout::arrange(form, &[exponential, flat, absolute, quartic])
    }
}

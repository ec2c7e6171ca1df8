//! x⁴ − 4x² + 0.5x: momentum carries over the pass, into the deeper valley and into the worse one.

use gd_core::Objective;
use gd_core::objective::DoubleWell;
use ndarray::array;

use super::heavy_ball;
use crate::axis::Axis;
use crate::label::Side;
use crate::panel::{Dot, Panel};
use crate::run::{by_step, descend, end};
use crate::style::{Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout, text};

const LR: f64 = 0.01;
/// Long enough for μ = 0.99 to come to rest.
const STEPS: usize = 4_000;
/// Steps of the lower panels.
const SHOWN: usize = 260;
const RUNS: [(&str, f64, f64); 2] = [("out-of-shallow", 2.0, 0.99), ("out-of-deep", -2.2, 0.95)];
/// Momenta for which the prose gives the end.
const MOMENTA: [f64; 5] = [0.0, 0.9, 0.95, 0.98, 0.99];

/// `momentum-pits`.
pub struct Pits;

/// One run.
pub struct Run {
    key: &'static str,
    start: f64,
    momentum: f64,
    xs: Vec<f64>,
    /// How often it crosses the pass.
    crossings: usize,
    /// Where it ends with each of `MOMENTA`.
    ends: Vec<f64>,
}

/// A point of the graph.
fn on_curve(x: f64) -> Point {
    (x, DoubleWell.value(&array![x]))
}

impl Experiment for Pits {
    const NAME: &'static str = "momentum-pits";
    type Data = Vec<Run>;

    fn data() -> Vec<Run> {
        let pass = DoubleWell::maximum();
        RUNS.map(|(key, start, momentum)| {
            let xs = descend(&DoubleWell, heavy_ball(momentum), LR, &[start], STEPS).coordinate(0);
            Run {
                key,
                start,
                momentum,
                crossings: xs
                    .windows(2)
                    .filter(|x| (x[0] < pass) != (x[1] < pass))
                    .count(),
                xs,
                ends: MOMENTA
                    .map(|mu| end(&DoubleWell, heavy_ball(mu), LR, &[start], STEPS)[0])
                    .into(),
            }
        })
        .into()
    }

    fn values(data: &Vec<Run>) -> Values {
        let pass = on_curve(DoubleWell::maximum());
        let values = Values::new()
            .number("lr", LR)
            .number("pass.x", pass.0)
            .number("pass.f", pass.1);
        data.iter().fold(values, |mut values, run| {
            let key = run.key;
            let last = run.xs[STEPS];
            for (mu, x) in MOMENTA.iter().zip(&run.ends) {
                let mu = (100.0 * mu).round();
                values = values.number(format!("{key}.end-{mu}"), *x);
            }
            values
                .number(format!("{key}.start-f"), on_curve(run.start).1)
                .number(format!("{key}.momentum"), run.momentum)
                .number(format!("{key}.final-x"), last)
                .number(format!("{key}.final-f"), on_curve(last).1)
                .count(format!("{key}.crossings"), run.crossings)
        })
    }
}

impl Figure for Pits {
    fn table(data: &Vec<Run>) -> Table {
        let mut table = Table::new(&["start", "momentum", "step", "x", "f"]);
        for run in data {
            for (t, &x) in run.xs.iter().take(SHOWN + 1).enumerate() {
                let f = on_curve(x).1;
                let (start, mu) = (run.start, run.momentum);
                table.row([start.into(), mu.into(), t.into(), x.into(), f.into()]);
            }
        }
        table
    }

    fn draw(data: &Vec<Run>, form: Form) -> Drawing {
        let verdicts = ["出了浅谷，停在深谷", "出了深谷，停在浅谷"];
        let mut panels = Vec::new();
        for (run, verdict) in data.iter().zip(verdicts) {
            panels.push(hill(run, verdict));
        }
        for (i, run) in data.iter().enumerate() {
            let at = if form == Form::Narrow {
                2 * i + 1
            } else {
                2 + i
            };
            panels.insert(at, swing(run));
        }
        layout::arrange(form, &panels)
    }
}

/// The path over the hill, until it has crossed the pass for the first time and turns.
fn hill(run: &Run, verdict: &str) -> Panel {
    let title = format!(
        "从 {}，*μ* = {}：{verdict}",
        text::minus(&run.start.to_string()),
        run.momentum
    );
    let mut panel = Panel::new(
        Axis::linear("参数 *x*", -2.6, 2.6),
        Axis::linear("函数值 *f*(*x*)", -7.0, 4.5).ticks_at(&[-4.0, 0.0, 4.0]),
    )
    .title(title)
    .height(200.0, 190.0);
    panel.graph(|x| on_curve(x).1, Stroke::solid(Ink::Data));
    let pass = DoubleWell::maximum();
    let away = |x: f64| (x < pass) != (run.start < pass);
    let over = run.xs.iter().position(|&x| away(x)).expect("it crosses");
    let beyond = run.xs[over..]
        .windows(2)
        .position(|x| (x[1] - x[0]).signum() != (pass - run.start).signum());
    let turn = over + beyond.expect("it turns on the other side");
    let along = (0..=80).map(|i| run.start + f64::from(i) / 80.0 * (run.xs[turn] - run.start));
    let along: Vec<Point> = along.map(on_curve).collect();
    panel.curve(&along, Stroke::solid(Ink::Path).width(2.6));
    let seen: Vec<Point> = run.xs[..=turn].iter().copied().map(on_curve).collect();
    panel.dots(&seen, Dot::Disc, 2.4, Ink::Path);
    panel.dots(&seen[..1], Dot::Ring, 4.5, Ink::Path);
    panel.head_on(
        |x| on_curve(x).1,
        pass + 0.35 * run.start.signum(),
        pass - 0.2 * run.start.signum(),
        10.0,
        Ink::Path,
    );
    let [left, right] = DoubleWell::minima().map(on_curve);
    panel.dots(&[left, right], Dot::Star, 6.0, Ink::Truth);
    panel.label(left, "深谷", Ink::Truth, &[Side::Below]);
    panel.label(right, "浅谷", Ink::Truth, &[Side::Below]);
    panel
}

/// The same against time.
fn swing(run: &Run) -> Panel {
    let mut panel = Panel::new(
        Axis::linear("步数 *t*", 0.0, SHOWN as f64),
        Axis::linear("参数 *x*", -2.9, 2.6),
    )
    .height(150.0, 150.0);
    let [left, right] = DoubleWell::minima();
    for (x, name) in [(left, "深谷"), (right, "浅谷")] {
        panel.curve(&[(0.0, x), (SHOWN as f64, x)], Stroke::truth().width(1.2));
        // clear of what still swings
        let (side, gap) = if x < 0.0 {
            (Side::BelowLeft, 9.0)
        } else {
            (Side::AboveLeft, 4.0)
        };
        panel.label_off((SHOWN as f64, x), name, Ink::Truth, &[side], gap);
    }
    panel.curve(
        &by_step(&run.xs[..=SHOWN]),
        Stroke::solid(Ink::Path).width(1.3),
    );
    panel
}

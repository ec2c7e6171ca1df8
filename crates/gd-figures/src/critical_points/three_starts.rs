//! x⁴ − 4x² + 0.5x from three starts: two valleys, and a watershed between them.

use gd_core::Objective;
use gd_core::objective::DoubleWell;
use gd_core::optim::Sgd;
use ndarray::array;

use crate::axis::Axis;
use crate::label::Side;
use crate::panel::{Dot, Panel};
use crate::run::descend;
use crate::style::{Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout, text};

const LR: f64 = 0.01;
const STEPS: usize = 100;
const FAR: f64 = 5.5;
const STARTS: [(&str, f64); 3] = [("from-minus-2", -2.0), ("from-0-5", 0.5), ("from-2", 2.0)];

/// `critical-points-three-starts`.
pub struct ThreeStarts;

/// The runs and the critical points, as (x, f(x)).
pub struct Data {
    runs: Vec<(&'static str, f64, Vec<Point>)>,
    /// x₁ and x₁₀₀ from a start so far out that the first step crosses the top.
    far: [f64; 2],
    left: Point,
    top: Point,
    right: Point,
}

fn on_curve(x: f64) -> Point {
    (x, DoubleWell.value(&array![x]))
}

impl Experiment for ThreeStarts {
    const NAME: &'static str = "critical-points-three-starts";
    type Data = Data;

    fn data() -> Data {
        let runs = STARTS.map(|(key, start)| {
            let run = descend(&DoubleWell, Sgd::plain(), LR, &[start], STEPS);
            (
                key,
                start,
                run.coordinate(0).into_iter().map(on_curve).collect(),
            )
        });
        let [left, top, right] = DoubleWell::critical_points().map(on_curve);
        let far = descend(&DoubleWell, Sgd::plain(), LR, &[FAR], STEPS).coordinate(0);
        Data {
            runs: runs.into(),
            far: [far[1], far[STEPS]],
            left,
            top,
            right,
        }
    }

    fn values(data: &Data) -> Values {
        let mut values = Values::new().number("lr", LR).count("steps", STEPS);
        for (key, start, path) in &data.runs {
            values = values
                .number(format!("{key}.start"), *start)
                .number(format!("{key}.final-x"), path[STEPS].0)
                .number(format!("{key}.final-f"), path[STEPS].1);
        }
        let points = [
            ("left", data.left),
            ("top", data.top),
            ("right", data.right),
        ];
        for (key, (x, f)) in points {
            values = values
                .number(format!("{key}.x"), x)
                .number(format!("{key}.f"), f);
        }
        values = values
            .number("far.start", FAR)
            .number("far.x.1", data.far[0])
            .number("far.final-x", data.far[1]);
        // how much less deep the right valley is
        values.number("right.worse-by", 1.0 - data.right.1 / data.left.1)
    }
}

impl Figure for ThreeStarts {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["start", "step", "x", "f"]);
        for (_, start, path) in &data.runs {
            for (t, &(x, f)) in path.iter().enumerate() {
                table.row([(*start).into(), t.into(), x.into(), f.into()]);
            }
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let mut panel = Panel::new(
            Axis::linear("参数 *x*", -2.6, 2.6),
            Axis::linear("函数值 *f*(*x*) = *x*⁴ − 4*x*² + 0.5*x*", -6.5, 4.5),
        )
        .height(290.0, 260.0);
        panel.graph(|x| on_curve(x).1, Stroke::solid(Ink::Data));
        for (_, start, path) in &data.runs {
            // along the curve, not along the chords of its steps
            let end = path[STEPS].0;
            let along = (0..=60).map(|i| start + f64::from(i) / 60.0 * (end - start));
            let along: Vec<Point> = along.map(on_curve).collect();
            panel.curve(&along, Stroke::solid(Ink::Path).width(2.0));
            // the last steps all but coincide
            let apart = path.iter().take_while(|p| (p.0 - end).abs() > 0.06);
            let apart: Vec<Point> = apart.copied().collect();
            panel.dots(&apart, Dot::Disc, 2.4, Ink::Path);
            // halfway, where the path still moves
            panel.head_on(|x| on_curve(x).1, *start, end, 11.0, Ink::Path);
            panel.dots(&path[..1], Dot::Ring, 4.5, Ink::Path);
            let side = if *start < 0.0 {
                [Side::Left, Side::Right]
            } else {
                [Side::Right, Side::Left]
            };
            let name = format!("从 {}", text::minus(&start.to_string())) + form.pick(" 出发", "");
            panel.label(path[0], &name, Ink::Path, &side);
        }
        panel.dots(&[data.left, data.right], Dot::Star, 6.5, Ink::Truth);
        panel.dots(&[data.top], Dot::Square, 3.5, Ink::Muted);
        let name = |kind: &str, (x, f): Point| {
            let place = format!(" ({}, {})", text::fixed(x, 2), text::fixed(f, 2));
            kind.to_owned() + form.pick(&place, "")
        };
        panel.label(
            data.left,
            &name("全局最小", data.left),
            Ink::Truth,
            &[Side::Below],
        );
        panel.label(
            data.right,
            &name("局部最小", data.right),
            Ink::Truth,
            &[Side::Below],
        );
        panel.label(data.top, "山顶（分水岭）", Ink::Muted, &[Side::Above]);
        layout::arrange(form, &[panel])
    }
}

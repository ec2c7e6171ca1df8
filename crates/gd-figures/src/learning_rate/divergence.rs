//! x² from 4 with learning rate 1.1: every step overshoots, by more each time.

use gd_core::objective::Quadratic;
use gd_core::optim::Sgd;

use crate::axis::Axis;
use crate::label::Side;
use crate::panel::{Dot, Panel};
use crate::run::descend;
use crate::style::{Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout, text};

const START: f64 = 4.0;
const LR: f64 = 1.1;
const STEPS: usize = 5;

/// `learning-rate-divergence`.
pub struct Divergence;

impl Experiment for Divergence {
    const NAME: &'static str = "learning-rate-divergence";
    /// (xₜ, f(xₜ)) for t = 0 to 5.
    type Data = Vec<Point>;

    fn data() -> Vec<Point> {
        let f = Quadratic::square();
        let run = descend(&f, Sgd::plain(), LR, &[START], STEPS);
        run.coordinate(0).into_iter().zip(run.values(&f)).collect()
    }

    fn values(data: &Vec<Point>) -> Values {
        let values = Values::new()
            .number("lr", LR)
            .number("factor", data[1].0 / data[0].0);
        (1..=STEPS).fold(values, |values, t| {
            let (x, f) = data[t];
            values
                .number(format!("x.{t}"), x)
                .number(format!("f.{t}"), f)
        })
    }
}

impl Figure for Divergence {
    fn table(data: &Vec<Point>) -> Table {
        let mut table = Table::new(&["step", "x", "f"]);
        for (t, &(x, f)) in data.iter().enumerate() {
            table.row([t.into(), x.into(), f.into()]);
        }
        table
    }

    fn draw(data: &Vec<Point>, form: Form) -> Drawing {
        let mut panel = Panel::new(
            Axis::linear("参数 *x*", -form.pick(14.0, 22.0), form.pick(14.0, 20.0)),
            Axis::linear("函数值 *f*(*x*) = *x*²", 0.0, 120.0),
        )
        .height(300.0, 260.0);
        panel.graph(|x| x * x, Stroke::solid(Ink::Data));
        panel.steps(data, Stroke::solid(Ink::Path));
        panel.dots(data, Dot::Disc, 4.0, Ink::Path);
        for (t, &point) in data.iter().enumerate() {
            let name = format!(
                "*x*{} = {}",
                ["₀", "₁", "₂", "₃", "₄", "₅"][t],
                text::fixed(point.0, 2)
            );
            let outside = if point.0 > 0.0 {
                [Side::Right, Side::BelowRight]
            } else {
                [Side::Left, Side::BelowLeft]
            };
            panel.label(point, &name, Ink::Path, &outside);
        }
        layout::arrange(form, &[panel])
    }
}

//! x² from 4 with a small, a good and a large learning rate: all 30 steps of each.

use gd_core::objective::Quadratic;
use gd_core::optim::Sgd;

use crate::axis::Axis;
use crate::label::Side;
use crate::panel::{Dot, Panel};
use crate::run::{descend, largest, steps_until};
use crate::style::{Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout, text};

const START: f64 = 4.0;
const STEPS: usize = 30;
const RATES: [(&str, &str, f64); 3] = [
    ("small", "太小", 0.01),
    ("good", "合适", 0.3),
    ("large", "偏大，来回跳", 0.95),
];

/// `learning-rate-three-rates`.
pub struct ThreeRates;

/// One of the runs.
pub struct Rate {
    key: &'static str,
    verdict: &'static str,
    lr: f64,
    xs: Vec<f64>,
    to_thousandth: usize,
    to_millionth: usize,
}

impl Experiment for ThreeRates {
    const NAME: &'static str = "learning-rate-three-rates";
    type Data = Vec<Rate>;

    fn data() -> Vec<Rate> {
        let f = Quadratic::square();
        let until = |lr, bound| {
            steps_until(&f, Sgd::plain(), lr, &[START], 10_000, |x| {
                largest(x) < bound
            })
            .expect("each of the three rates converges")
        };
        RATES
            .map(|(key, verdict, lr)| Rate {
                key,
                verdict,
                lr,
                xs: descend(&f, Sgd::plain(), lr, &[START], STEPS).coordinate(0),
                to_thousandth: until(lr, 1e-3),
                to_millionth: until(lr, 1e-6),
            })
            .into()
    }

    fn values(data: &Vec<Rate>) -> Values {
        data.iter()
            .fold(Values::new().count("steps", STEPS), |values, rate| {
                let key = rate.key;
                values
                    .number(format!("{key}.lr"), rate.lr)
                    .number(format!("{key}.final-x"), rate.xs[STEPS])
                    .number(format!("{key}.factor"), rate.xs[1] / rate.xs[0])
                    .count(format!("{key}.steps-to-thousandth"), rate.to_thousandth)
                    .count(format!("{key}.steps-to-millionth"), rate.to_millionth)
            })
    }
}

impl Figure for ThreeRates {
    fn table(data: &Vec<Rate>) -> Table {
        let mut table = Table::new(&["lr", "step", "x", "f"]);
        for rate in data {
            for (t, &x) in rate.xs.iter().enumerate() {
                table.row([rate.lr.into(), t.into(), x.into(), (x * x).into()]);
            }
        }
        table
    }

    fn draw(data: &Vec<Rate>, form: Form) -> Drawing {
        let panels: Vec<Panel> = data.iter().map(panel).collect();
        layout::arrange(form, &panels)
    }
}

fn panel(rate: &Rate) -> Panel {
    let mut panel = Panel::new(
        Axis::linear("参数 *x*", -4.6, 4.6),
        Axis::linear("函数值 *f*(*x*) = *x*²", 0.0, 21.0),
    )
    .title(format!("*η* = {}：{}", rate.lr, rate.verdict));
    panel.graph(|x| x * x, Stroke::solid(Ink::Data));
    let points: Vec<Point> = rate.xs.iter().map(|&x| (x, x * x)).collect();
    panel.steps(&points, Stroke::solid(Ink::Path).width(1.2));
    panel.dots(&points, Dot::Disc, 2.8, Ink::Path);
    panel.dots(&points[STEPS..], Dot::Ring, 4.0, Ink::Path);
    let last = rate.xs[STEPS];
    let last = if last.abs() < 1e-3 {
        text::scientific(last, 1)
    } else {
        text::fixed(last, 4)
    };
    let end = format!("{STEPS} 步后 *x* = {last}");
    panel.label((0.0, 19.2), &end, Ink::Path, &[Side::On]);
    panel
}

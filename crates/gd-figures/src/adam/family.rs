//! How long the first steps of the family are, on a constant slope.

use gd_core::Optimizer;
use gd_core::optim::{Adam, NAdam, RAdam};
use ndarray::array;

use crate::axis::Axis;
use crate::label::Side;
use crate::panel::Panel;
use crate::style::Stroke;
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

/// Not 1, so that steps as long as the slope show.
const SLOPE: f64 = 0.01;
const STEPS: usize = 5_000;

/// `adam-family`.
pub struct Family;

/// One rule: (t, step over learning rate).
pub struct Run {
    key: &'static str,
    name: &'static str,
    lengths: Vec<Point>,
}

fn run(key: &'static str, name: &'static str, mut rule: impl Optimizer<f64>) -> Run {
    let mut x = array![0.0];
    let step = |t| {
        let before = x[0];
        rule.step(1.0, &mut x, &array![SLOPE]);
        (t as f64, before - x[0])
    };
    Run {
        key,
        name,
        lengths: (1..=STEPS).map(step).collect(),
    }
}

impl Experiment for Family {
    const NAME: &'static str = "adam-family";
    type Data = Vec<Run>;

    fn data() -> Vec<Run> {
        vec![
            run("adam", "Adam", Adam::default()),
            run("n-adam", "NAdam", NAdam::default()),
            run("r-adam", "RAdam", RAdam::default()),
        ]
    }

    fn values(data: &Vec<Run>) -> Values {
        let values = Values::new().number("slope", SLOPE);
        data.iter().fold(values, |values, run| {
            [1, 5, 6, 100, 1_000].into_iter().fold(values, |values, t| {
                values.number(format!("{}.step-{t}", run.key), run.lengths[t - 1].1)
            })
        })
    }
}

impl Figure for Family {
    fn table(data: &Vec<Run>) -> Table {
        let mut table = Table::new(&["method", "step", "length_over_lr"]);
        for run in data {
            for &(t, length) in run.lengths.iter().take(200) {
                table.row([run.key.into(), t.into(), length.into()]);
            }
        }
        table
    }

    fn draw(data: &Vec<Run>, form: Form) -> Drawing {
        let mut panel = Panel::new(
            Axis::log("步数 *t*", 1.0, STEPS as f64),
            Axis::log("步长 / 学习率", 5e-3, 4.0),
        )
        .height(240.0, 220.0);
        for (i, run) in data.iter().enumerate() {
            let stroke = Stroke::series(i);
            panel.curve(&run.lengths, stroke);
            let (t, side) = [
                (400, Side::Above),
                (1, Side::BelowRight),
                (60, Side::BelowRight),
            ][i];
            panel.label_off(run.lengths[t], run.name, stroke.ink, &[side], 6.0);
        }
        layout::arrange(form, &[panel])
    }
}

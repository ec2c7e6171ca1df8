//! The ravine, turned: what is left of scaling coordinate by coordinate.

use gd_core::objective::Quadratic;
use gd_core::optim::{Adagrad, Sgd};
use ndarray::Array1;

use super::{BEST_PLAIN, START, arrived};
use crate::axis::Axis;
use crate::label::Side;
use crate::panel::{Dot, Panel};
use crate::run::steps_until_settled;
use crate::style::Stroke;
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

/// Every five degrees to a right angle, where x and y have changed places.
const ANGLES: [usize; 19] = [
    0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90,
];
const MOST: usize = 3_000;
/// Adagrad's learning rates: 60 from 0.3 to 10, with equal ratios.
const RATES: usize = 60;

/// `adaptive-rotated`.
pub struct Rotated;

/// Steps to 10⁻⁶ by angle.
pub struct Data {
    plain: Vec<usize>,
    /// The fewest over all learning rates.
    adagrad: Vec<usize>,
}

/// Steps on the turned ravine from the turned start.
fn steps(degrees: usize, rule: impl gd_core::Optimizer<f64>, lr: f64) -> Option<usize> {
    let angle = (degrees as f64).to_radians();
    let (sin, cos) = angle.sin_cos();
    let [x, y] = START;
    let start = [cos * x - sin * y, sin * x + cos * y];
    let f = Quadratic::ravine().rotated(angle);
    // the distance counts, not the coordinates: those depend on the angle
    let inside = |x: &ndarray::ArrayRef1<f64>| arrived(&Array1::from(vec![x[0].hypot(x[1])]));
    steps_until_settled(&f, rule, lr, &start, MOST, inside)
}

impl Experiment for Rotated {
    const NAME: &'static str = "adaptive-rotated";
    type Data = Data;

    fn data() -> Data {
        let rates = || (0..RATES).map(|k| 0.3 * (10.0_f64 / 0.3).powf(k as f64 / 59.0));
        Data {
            plain: ANGLES
                .map(|angle| steps(angle, Sgd::plain(), BEST_PLAIN).expect("it converges"))
                .into(),
            adagrad: ANGLES
                .map(|angle| {
                    let runs = rates().filter_map(|lr| steps(angle, Adagrad::default(), lr));
                    runs.min().expect("some rate converges")
                })
                .into(),
        }
    }

    fn values(data: &Data) -> Values {
        let at = |degrees: usize| {
            ANGLES
                .iter()
                .position(|a| *a == degrees)
                .expect("one of them")
        };
        [0, 5, 10, 45, 90]
            .into_iter()
            .fold(Values::new(), |values, degrees| {
                values
                    .count(format!("plain.at-{degrees}"), data.plain[at(degrees)])
                    .count(format!("adagrad.at-{degrees}"), data.adagrad[at(degrees)])
            })
    }
}

impl Figure for Rotated {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["degrees", "steps_plain", "steps_adagrad"]);
        for (i, angle) in ANGLES.into_iter().enumerate() {
            table.row([angle.into(), data.plain[i].into(), data.adagrad[i].into()]);
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let mut panel = Panel::new(
            Axis::linear("峡谷转过的角度（度）", 0.0, 90.0)
                .ticks_at(&[0.0, 15.0, 30.0, 45.0, 60.0, 75.0, 90.0]),
            Axis::log("到 10⁻⁶ 的步数", 5.0, 1500.0),
        )
        .height(260.0, 240.0);
        let curves = [
            (&data.plain, "普通梯度下降"),
            (&data.adagrad, "Adagrad，各取最好的 *η*"),
        ];
        for (i, (steps, name)) in curves.into_iter().enumerate() {
            let curve: Vec<Point> = ANGLES
                .iter()
                .zip(steps)
                .map(|(angle, steps)| (*angle as f64, *steps as f64))
                .collect();
            let stroke = Stroke::series(i);
            panel.curve(&curve, stroke);
            panel.dots(&curve, Dot::Disc, 2.8, stroke.ink);
            let (k, side) = [(3, Side::Above), (3, Side::BelowRight)][i];
            panel.label_off(curve[k], name, stroke.ink, &[side], 8.0);
        }
        layout::arrange(form, &[panel])
    }
}

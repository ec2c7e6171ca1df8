//! The error of difference quotients over their step, in single and double precision: a V each.

use gd_core::Float;

use crate::axis::Axis;
use crate::label::Side;
use crate::panel::{Dot, Panel};
use crate::style::{Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

/// Places at which the slope of x³ is wanted: 1 + i/256, exact in both precisions. One place
/// alone would show its luck with rounding; the worst of many shows the law.
const PLACES: usize = 256;
/// Steps a decade.
const STEPS: usize = 8;

/// `derivative-error`.
pub struct DifferenceError;

/// The worst errors of one quotient in one precision.
pub struct Curve {
    key: &'static str,
    points: Vec<Point>,
}

impl Curve {
    fn best(&self) -> Point {
        let lowest = self
            .points
            .iter()
            .copied()
            .min_by(|a, b| a.1.total_cmp(&b.1));
        lowest.expect("every curve has points")
    }

    /// The error at the step nearest to `h`.
    fn at(&self, h: f64) -> f64 {
        let off = |p: &&Point| (p.0 / h).ln().abs();
        let nearest = self.points.iter().min_by(|a, b| off(a).total_cmp(&off(b)));
        nearest.expect("every curve has points").1
    }
}

fn cube<F: Float>(x: F) -> F {
    x * x * x
}

fn forward<F: Float>(x: F, h: F) -> F {
    (cube(x + h) - cube(x)) / h
}

fn central<F: Float>(x: F, h: F) -> F {
    (cube(x + h) - cube(x - h)) / (h + h)
}

/// The worst error over all places, for steps from 1 down to 10^−`decades`.
fn curve<F: Float>(key: &'static str, quotient: fn(F, F) -> F, decades: usize) -> Curve {
    let worst = |h: f64| {
        let errors = (0..PLACES).map(|i| {
            let x = 1.0 + i as f64 / PLACES as f64;
            let found = quotient(F::of(x), F::of(h)).to_f64();
            (found.expect("a float is a number") - 3.0 * x * x).abs()
        });
        errors.fold(0.0, f64::max)
    };
    let steps = (0..=decades * STEPS).map(|k| 10f64.powf(-(k as f64) / STEPS as f64));
    Curve {
        key,
        points: steps.map(|h| (h, worst(h))).collect(),
    }
}

impl Experiment for DifferenceError {
    const NAME: &'static str = "derivative-error";
    /// Forward and central in f64, then in f32.
    type Data = Vec<Curve>;

    fn data() -> Vec<Curve> {
        vec![
            curve::<f64>("forward", forward, 15),
            curve::<f64>("central", central, 15),
            curve::<f32>("forward-single", forward, 7),
            curve::<f32>("central-single", central, 7),
        ]
    }

    fn values(data: &Vec<Curve>) -> Values {
        let values = Values::new()
            .count("places", PLACES)
            .number("epsilon", f64::EPSILON)
            .number("epsilon-sqrt", f64::EPSILON.sqrt())
            .number("epsilon-cbrt", f64::EPSILON.cbrt())
            .number("epsilon-single", f64::from(f32::EPSILON))
            .number("epsilon-single-sqrt", f64::from(f32::EPSILON).sqrt())
            .number("epsilon-single-cbrt", f64::from(f32::EPSILON).cbrt());
        data.iter().fold(values, |values, curve| {
            let (h, error) = curve.best();
            values
                .number(format!("{}.best-h", curve.key), h)
                .number(format!("{}.best-error", curve.key), error)
                .number(format!("{}.error-at-thousandth", curve.key), curve.at(1e-3))
                .number(
                    format!("{}.last-h", curve.key),
                    curve.points[curve.points.len() - 1].0,
                )
                .number(
                    format!("{}.last-error", curve.key),
                    curve.points[curve.points.len() - 1].1,
                )
        })
    }
}

impl Figure for DifferenceError {
    fn table(data: &Vec<Curve>) -> Table {
        let mut table = Table::new(&["quotient", "h", "worst error"]);
        for curve in data {
            for &(h, error) in &curve.points {
                table.row([curve.key.into(), h.into(), error.into()]);
            }
        }
        table
    }

    fn draw(data: &Vec<Curve>, form: Form) -> Drawing {
        let mut panel = Panel::new(
            Axis::log("步长 *h*", 1e-15, 1.0),
            Axis::log("最坏的误差", 1e-11, 30.0),
        )
        .height(330.0, 300.0);
        let looks = [
            (0, "向前，双精度", 0.45),
            (1, "中心，双精度", 0.30),
            (2, "向前，单精度", 0.9),
            (3, "中心，单精度", 0.55),
        ];
        for (i, name, prefer) in looks {
            let stroke = Stroke::series(i);
            panel.curve(&data[i].points, stroke);
            panel.dots(&[data[i].best()], Dot::Ring, 4.5, stroke.ink);
            panel.along(&data[i].points, prefer, name, stroke.ink);
        }
        let arms = [
            (0, 1e-4, "∝ *h*"),
            (1, 1e-2, "∝ *h*²"),
            (1, 1e-10, "∝ 1/*h*"),
        ];
        for (i, h, name) in arms {
            let at = (h, data[i].at(h));
            panel.label(at, name, Ink::Muted, &[Side::BelowRight, Side::BelowLeft]);
        }
        layout::arrange(form, &[panel])
    }
}

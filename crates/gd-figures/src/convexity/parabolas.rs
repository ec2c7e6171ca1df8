//! A strongly convex and smooth function lies between two parabolas that touch it at a point.

use crate::axis::Axis;
use crate::label::Side;
use crate::panel::{Dot, Panel};
use crate::style::{Dash, Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout, text};

/// Least and largest curvature of `f`.
const MU: f64 = 1.0;
const L: f64 = 3.0;
const TOUCH: f64 = 1.5;

/// `convexity-parabolas`.
pub struct Parabolas;

/// Points x, f(x), lower and upper parabola; and where the upper one is lowest.
pub struct Data {
    rows: Vec<[f64; 4]>,
    slope: f64,
    best: Point,
    height_at_best: f64,
}

/// ½x² + 2 ln cosh x, whose curvature 1 + 2/cosh²x lies between 1 and 3.
fn f(x: f64) -> f64 {
    0.5 * x * x + 2.0 * x.cosh().ln()
}

fn slope(x: f64) -> f64 {
    x + 2.0 * x.tanh()
}

fn parabola(curvature: f64, x: f64) -> f64 {
    let d = x - TOUCH;
    f(TOUCH) + slope(TOUCH) * d + 0.5 * curvature * d * d
}

impl Experiment for Parabolas {
    const NAME: &'static str = "convexity-parabolas";
    type Data = Data;

    fn data() -> Data {
        let xs = (0..=240).map(|i| -3.0 + f64::from(i) / 40.0);
        let best = TOUCH - slope(TOUCH) / L;
        Data {
            rows: xs
                .map(|x| [x, f(x), parabola(MU, x), parabola(L, x)])
                .collect(),
            slope: slope(TOUCH),
            best: (best, parabola(L, best)),
            height_at_best: f(best),
        }
    }

    fn values(data: &Data) -> Values {
        Values::new()
            .number("mu", MU)
            .number("l", L)
            .number("touch.x", TOUCH)
            .number("touch.f", f(TOUCH))
            .number("touch.slope", data.slope)
            .number("best.x", data.best.0)
            .number("best.upper", data.best.1)
            .number("best.f", data.height_at_best)
    }
}

impl Figure for Parabolas {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["x", "f", "lower", "upper"]);
        for row in &data.rows {
            table.row(row.map(Into::into));
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let mut panel = Panel::new(
            Axis::linear("参数 *x*", -2.6, 2.9),
            Axis::linear("函数值 *f*(*x*)", -3.9, 8.2),
        )
        .height(290.0, 260.0);
        let column = |i: usize| -> Vec<Point> { data.rows.iter().map(|r| (r[0], r[i])).collect() };
        let (lower, upper) = (column(2), column(3));
        panel.curve(&lower, Stroke::solid(Ink::Third).dash(Dash::DashDot));
        panel.curve(&upper, Stroke::solid(Ink::Second).dash(Dash::Dashed));
        panel.curve(&column(1), Stroke::solid(Ink::Data));
        let touch = (TOUCH, f(TOUCH));
        let landing = (data.best.0, data.height_at_best);
        panel.curve(&[data.best, landing], Stroke::thin(Ink::Path));
        panel.dots(&[touch], Dot::Ring, 4.5, Ink::Path);
        panel.dots(&[data.best], Dot::Square, 3.4, Ink::Second);
        panel.dots(&[landing], Dot::Disc, 3.8, Ink::Path);
        panel.dots(&[(0.0, 0.0)], Dot::Star, 6.0, Ink::Truth);
        panel.label(
            touch,
            "站在这里",
            Ink::Path,
            &[Side::Right, Side::BelowRight],
        );
        let step = format!("学习率 1/*L*，走到 {}", text::fixed(landing.0, 2));
        panel.label(landing, &step, Ink::Path, &[Side::BelowRight, Side::Below]);
        let top: Vec<Point> = upper.iter().filter(|p| p.0 < -0.2).copied().collect();
        panel.along(&top, 0.9, "上面的抛物线，曲率 *L*", Ink::Second);
        let bottom: Vec<Point> = lower.iter().filter(|p| p.0 < 0.0).copied().collect();
        panel.along(&bottom, 0.4, "下面的抛物线，曲率 *μ*", Ink::Third);
        layout::arrange(form, &[panel])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_function_lies_between() {
        for [x, f, lower, upper] in Parabolas::data().rows {
            assert!(lower <= f + 1e-12 && f <= upper + 1e-12, "{x}");
        }
    }
}

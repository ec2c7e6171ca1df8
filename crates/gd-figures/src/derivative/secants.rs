//! x² at 1: secants turn into the tangent as their second point comes nearer.

use crate::axis::Axis;
use crate::label::Side;
use crate::panel::{Dot, Panel};
use crate::style::{Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout, text};

const AT: f64 = 1.0;
/// Distances of the drawn secants.
const DRAWN: [f64; 3] = [1.6, 0.9, 0.3];
/// How far secants are drawn beyond their two points.
const OVER: f64 = 0.3;
/// Distances in the chapter's table, with their keys.
const LISTED: [(&str, f64); 6] = [
    ("one", 1.0),
    ("tenth", 0.1),
    ("hundredth", 0.01),
    ("thousandth", 0.001),
    ("minus-tenth", -0.1),
    ("minus-thousandth", -0.001),
];

/// `derivative-secants`.
pub struct Secants;

/// A secant: its distance h, the height at its second point, its slope.
#[derive(Clone, Copy)]
pub struct Secant {
    h: f64,
    height: f64,
    slope: f64,
}

/// The secants drawn and listed.
pub struct Data {
    drawn: Vec<Secant>,
    listed: Vec<Secant>,
}

fn f(x: f64) -> f64 {
    x * x
}

fn secant(h: f64) -> Secant {
    let height = f(AT + h);
    Secant {
        h,
        height,
        slope: (height - f(AT)) / h,
    }
}

impl Experiment for Secants {
    const NAME: &'static str = "derivative-secants";
    type Data = Data;

    fn data() -> Data {
        Data {
            drawn: DRAWN.map(secant).into(),
            listed: LISTED.map(|(_, h)| secant(h)).into(),
        }
    }

    fn values(data: &Data) -> Values {
        let values = Values::new().number("at", AT).number("slope", 2.0 * AT);
        let listed = LISTED.iter().zip(&data.listed);
        listed.fold(values, |values, ((key, _), secant)| {
            values
                .number(format!("{key}.h"), secant.h)
                .number(format!("{key}.height"), secant.height)
                .number(format!("{key}.slope"), secant.slope)
        })
    }
}

impl Figure for Secants {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["h", "f(1+h)", "slope"]);
        for secant in data.drawn.iter().chain(&data.listed) {
            table.row([secant.h.into(), secant.height.into(), secant.slope.into()]);
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let mut curve = Panel::new(
            Axis::linear("*x*", -0.4, 3.0),
            Axis::linear("*f*(*x*) = *x*²", -1.6, 7.4),
        )
        .title("割线转向切线")
        .height(270.0, 230.0);
        curve.graph(f, Stroke::solid(Ink::Data));
        let start = (AT, f(AT));
        let line = |slope: f64| move |x: f64| start.1 + slope * (x - AT);
        curve.graph(line(2.0 * AT), Stroke::truth());
        for secant in &data.drawn {
            let thin = Stroke::thin(Ink::Path).width(1.3);
            let ends = [AT - OVER, AT + secant.h + OVER];
            curve.curve(&ends.map(|x| (x, line(secant.slope)(x))), thin);
        }
        let ends: Vec<Point> = data.drawn.iter().map(|s| (AT + s.h, s.height)).collect();
        curve.dots(&ends, Dot::Disc, 3.6, Ink::Path);
        curve.dots(&[start], Dot::Disc, 4.2, Ink::Truth);
        // the middle one has the long secant on its left
        let sides = [Side::Left, Side::BelowRight, Side::Left];
        for ((secant, end), side) in data.drawn.iter().zip(&ends).zip(sides) {
            let name = format!("*h* = {}", secant.h);
            curve.label_off(*end, &name, Ink::Path, &[side; 2], 5.0);
        }
        let tangent = format!("切线，斜率 {}", text::fixed(2.0 * AT, 0));
        let below = [Side::BelowRight, Side::Below];
        curve.label((2.05, line(2.0 * AT)(2.05)), &tangent, Ink::Truth, &below);

        let mut slopes = Panel::new(
            Axis::linear("距离 *h*", -1.8, 1.8),
            Axis::linear("割线的斜率", 0.0, 4.0),
        )
        .title("斜率从两边靠近 2")
        .height(270.0, 200.0);
        slopes.graph(|h| 2.0 * AT + h, Stroke::solid(Ink::Path));
        slopes.rule_y(2.0 * AT, Stroke::truth(), "");
        let dots: Vec<Point> = data.drawn.iter().map(|s| (s.h, s.slope)).collect();
        slopes.dots(&dots, Dot::Disc, 3.6, Ink::Path);
        slopes.dots(&[(0.0, 2.0 * AT)], Dot::Ring, 4.5, Ink::Truth);
        slopes.label(
            (0.0, 2.0 * AT),
            "*h* = 0 处没有割线",
            Ink::Truth,
            &[Side::BelowRight],
        );
        for secant in &data.drawn {
            let name = text::fixed(secant.slope, 1);
            let at = (secant.h, secant.slope);
            slopes.label_off(at, &name, Ink::Path, &[Side::AboveLeft], 8.0);
        }
        layout::arrange(form, &[curve, slopes])
    }
}

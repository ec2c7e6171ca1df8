//! ½(x² + 50y²) at (−4, 1): the steepest way down is not the way to the minimum, until the axes
//! are measured by another rule.

use gd_core::Objective;
use gd_core::objective::Quadratic;
use ndarray::{Array1, array};

use crate::axis::Axis;
use crate::contour::{Grid, log_levels};
use crate::label::Side;
use crate::panel::{Dot, Panel};
use crate::style::{Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout, text};

const AT: Point = (-4.0, 1.0);
const CURVATURE: f64 = 50.0;
/// The windows, x then y: of one shape, so that both can keep their angles.
const MAP: (Point, Point) = ((-5.2, 1.4), (-2.35, 2.6));
const ROUND: (Point, Point) = ((-10.5, 4.5), (-2.45, 8.8));
/// Lengths of the arrows in the two windows.
const DOWN: [f64; 2] = [1.6, 3.6];

/// `steepest-ravine`.
pub struct Ravine;

/// The way down and the way to the minimum, in both measures.
pub struct Data {
    map: Grid,
    round: Grid,
    down: Point,
    angle: f64,
    round_at: Point,
    round_down: Point,
    round_angle: f64,
}

fn down(bowl: &Quadratic<f64>, (x, y): Point) -> Point {
    let mut grad = Array1::zeros(2);
    bowl.gradient(&array![x, y], &mut grad);
    (-grad[0], -grad[1])
}

/// The angle in degrees between a direction and that from `at` to the origin.
fn off_course(at: Point, (dx, dy): Point) -> f64 {
    let dot = -at.0 * dx - at.1 * dy;
    let cross = -at.0 * dy + at.1 * dx;
    cross.atan2(dot).to_degrees().abs()
}

impl Experiment for Ravine {
    const NAME: &'static str = "steepest-ravine";
    type Data = Data;

    fn data() -> Data {
        let ravine = Quadratic::ravine();
        // v = √50 y: the same heights over other axes
        let stretch = CURVATURE.sqrt();
        let round = Quadratic::diagonal(&[1.0, 1.0]);
        let round_at = (AT.0, stretch * AT.1);
        let (straight, round_straight) = (down(&ravine, AT), down(&round, round_at));
        Data {
            map: Grid::sample(MAP.0, MAP.1, 141, 111, |x, y| ravine.value(&array![x, y])),
            round: Grid::sample(ROUND.0, ROUND.1, 73, 55, |x, v| round.value(&array![x, v])),
            down: straight,
            angle: off_course(AT, straight),
            round_at,
            round_down: round_straight,
            round_angle: off_course(round_at, round_straight),
        }
    }

    fn values(data: &Data) -> Values {
        Values::new()
            .number("start.x", AT.0)
            .number("start.y", AT.1)
            .number("down.x", data.down.0)
            .number("down.y", data.down.1)
            .number("angle", data.angle)
            .number("round.angle", data.round_angle)
            .number("stretch", CURVATURE.sqrt())
    }
}

impl Figure for Ravine {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&[
            "axes",
            "x",
            "second",
            "down x",
            "down second",
            "degrees off",
        ]);
        for (axes, at, down, angle) in [
            ("x and y", AT, data.down, data.angle),
            ("x and v", data.round_at, data.round_down, data.round_angle),
        ] {
            table.row([
                axes.into(),
                at.0.into(),
                at.1.into(),
                down.0.into(),
                down.1.into(),
                angle.into(),
            ]);
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let mut map = Panel::new(axis("*x*", MAP.0), axis("*y*", MAP.1))
            .title(format!("原来的坐标：偏了 {}°", text::fixed(data.angle, 1)))
            .equal();
        map.contours(
            &data.map,
            &log_levels(1.0, 243.0, 6),
            Stroke::thin(Ink::Contour),
        );
        ways(&mut map, AT, data.down, DOWN[0]);
        map.label(
            (-1.2, 0.25),
            "指向谷底",
            Ink::Truth,
            &[Side::Above, Side::AboveRight],
        );

        let mut round = Panel::new(axis("*x*", ROUND.0), axis("*v* = √50 *y*", ROUND.1))
            .title("把 *y* 轴拉长：正对谷底")
            .equal();
        round.contours(
            &data.round,
            &log_levels(1.0, 81.0, 5),
            Stroke::thin(Ink::Contour),
        );
        ways(&mut round, data.round_at, data.round_down, DOWN[1]);
        layout::arrange(form, &[map, round])
    }
}

fn axis(title: &str, (lo, hi): Point) -> Axis {
    Axis::linear(title, lo, hi)
}

/// The way to the minimum, and the start of the steepest way down.
fn ways(panel: &mut Panel, at: Point, (dx, dy): Point, length: f64) {
    let norm = dx.hypot(dy);
    let tip = (at.0 + length * dx / norm, at.1 + length * dy / norm);
    panel.curve(&[at, (0.0, 0.0)], Stroke::truth());
    panel.arrow(at, tip, Stroke::solid(Ink::Path).width(2.4));
    panel.dots(&[at], Dot::Ring, 4.0, Ink::Path);
    panel.dots(&[(0.0, 0.0)], Dot::Star, 6.0, Ink::Truth);
    panel.label(
        tip,
        "最陡的下坡",
        Ink::Path,
        &[Side::Left, Side::Right, Side::BelowLeft],
    );
}

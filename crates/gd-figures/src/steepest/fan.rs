//! x² + xy + 2y² at (1, 1): slopes in all directions, measured by differences; the gradient's is
//! the greatest.

use gd_core::{Objective, numeric};
use ndarray::array;

use crate::axis::Axis;
use crate::contour::Grid;
use crate::derivative::cuts::bowl;
use crate::label::Side;
use crate::panel::{Dot, Panel};
use crate::style::{Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout, text};

const AT: Point = (1.0, 1.0);
/// Directions in the fan, one every 15 degrees.
const DIRECTIONS: u32 = 24;
/// Directions tried for the best one: one every hundredth of a degree.
const TRIED: u32 = 36_000;
/// Radii at which the highest point is looked for, with their keys.
const RADII: [(&str, f64); 4] = [
    ("hundredth", 0.01),
    ("tenth", 0.1),
    ("one", 1.0),
    ("ten", 10.0),
];
/// Length of an arrow for a slope of 1.
const LENGTH: f64 = 0.19;

/// `steepest-fan`.
pub struct Fan;

/// Slopes by direction, the gradient, and the best directions found by trying.
pub struct Data {
    grid: Grid,
    height: f64,
    /// Direction in degrees, slope.
    fan: Vec<Point>,
    gradient: Point,
    /// The direction of greatest slope among all tried, and that slope.
    steepest: Point,
    /// For every radius, the direction of the highest point at this distance.
    highest: Vec<f64>,
}

fn direction(degrees: f64) -> Point {
    let (sin, cos) = degrees.to_radians().sin_cos();
    (cos, sin)
}

fn best(measure: impl Fn(f64) -> f64) -> Point {
    let tried = (0..TRIED).map(|i| 360.0 * f64::from(i) / f64::from(TRIED));
    let tried = tried.map(|degrees| (degrees, measure(degrees)));
    let best = tried.max_by(|a, b| a.1.total_cmp(&b.1));
    best.expect("many directions are tried")
}

impl Data {
    fn norm(&self) -> f64 {
        self.gradient.0.hypot(self.gradient.1)
    }

    /// The gradient's direction in degrees.
    fn angle(&self) -> f64 {
        self.gradient.1.atan2(self.gradient.0).to_degrees()
    }
}

impl Experiment for Fan {
    const NAME: &'static str = "steepest-fan";
    type Data = Data;

    fn data() -> Data {
        let bowl = bowl();
        let height = |x: f64, y: f64| bowl.value(&array![x, y]);
        let along = |degrees: f64, s: f64| {
            let (ux, uy) = direction(degrees);
            height(AT.0 + s * ux, AT.1 + s * uy)
        };
        let slope = |degrees| numeric::central_difference(|s| along(degrees, s), 0.0, 1e-5);
        let mut grad = array![0.0, 0.0];
        bowl.gradient(&array![AT.0, AT.1], &mut grad);
        let fan = (0..DIRECTIONS).map(|i| 360.0 * f64::from(i) / f64::from(DIRECTIONS));
        Data {
            grid: Grid::sample((-0.4, 2.4), (-0.4, 2.4), 57, 57, height),
            height: height(AT.0, AT.1),
            fan: fan.map(|degrees| (degrees, slope(degrees))).collect(),
            gradient: (grad[0], grad[1]),
            steepest: best(slope),
            highest: RADII
                .map(|(_, r)| best(|degrees| along(degrees, r)).0)
                .into(),
        }
    }

    fn values(data: &Data) -> Values {
        let curvatures = bowl().curvatures();
        // the axis of the steepest bend: (A − λ)v = 0 with A = (2 1; 1 4)
        let axis = (curvatures[1] - 2.0).atan().to_degrees();
        let values = Values::new()
            .number("gradient.x", data.gradient.0)
            .number("gradient.y", data.gradient.1)
            .number("norm", data.norm())
            .number("angle", data.angle())
            .number("tried.angle", data.steepest.0)
            .number("tried.slope", data.steepest.1)
            .count("tried.directions", TRIED as usize)
            .number("level.angle", data.angle() + 90.0)
            .number("axis.angle", axis);
        let found = RADII.iter().zip(&data.highest);
        found.fold(values, |values, ((key, _), degrees)| {
            values.number(format!("highest.{key}.angle"), *degrees)
        })
    }
}

impl Figure for Fan {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["degrees", "slope", "norm * cos"]);
        for &(degrees, slope) in &data.fan {
            let law = data.norm() * (degrees - data.angle()).to_radians().cos();
            table.row([degrees.into(), slope.into(), law.into()]);
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let mut map = Panel::new(
            Axis::linear("*x*", -0.4, 2.4),
            Axis::linear("*y*", -0.4, 2.4),
        )
        .title("一把斜率的扇子")
        .equal();
        map.contours(
            &data.grid,
            &[0.5, 1.0, 2.0, 6.0, 9.0, 13.0],
            Stroke::thin(Ink::Contour),
        );
        let level = Stroke::solid(Ink::Muted);
        map.contours(&data.grid, &[data.height], level);
        for &(degrees, slope) in &data.fan {
            let (ux, uy) = direction(degrees);
            let length = LENGTH * slope.abs();
            let tip = (AT.0 + length * ux, AT.1 + length * uy);
            let up = slope > 0.0;
            let stroke = Stroke::solid(if up { Ink::Second } else { Ink::First });
            // along the contour line there is next to nothing to draw
            if slope.abs() > 0.5 {
                map.arrow(AT, tip, stroke.width(1.1));
            }
        }
        let tip = (
            AT.0 + LENGTH * data.gradient.0,
            AT.1 + LENGTH * data.gradient.1,
        );
        map.arrow(AT, tip, Stroke::solid(Ink::Path).width(2.6));
        map.dots(&[AT], Dot::Disc, 4.0, Ink::Text);
        let name = format!("∇*f* = ({}, {})", data.gradient.0, data.gradient.1);
        map.label(tip, &name, Ink::Path, &[Side::AboveLeft, Side::Above]);
        map.height_on(
            &data.grid.isolines(data.height).concat()[..],
            &format!("*f* = {}", data.height),
        );

        let mut slopes = Panel::new(
            Axis::linear("方向（度）", 0.0, 360.0).ticks_at(&[0.0, 90.0, 180.0, 270.0, 360.0]),
            Axis::linear("方向导数", -7.0, 8.0),
        )
        .title("斜率随方向按余弦变")
        .height(270.0, 230.0);
        slopes.rule_y(0.0, Stroke::thin(Ink::Axis), "");
        let (norm, angle) = (data.norm(), data.angle());
        let law = |degrees: f64| norm * (degrees - angle).to_radians().cos();
        slopes.graph(law, Stroke::truth());
        let (up, down): (Vec<Point>, Vec<Point>) = data.fan.iter().partition(|p| p.1 > 0.0);
        slopes.dots(&up, Dot::Disc, 3.0, Ink::Second);
        slopes.dots(&down, Dot::Disc, 3.0, Ink::First);
        slopes.dots(&[(angle, norm)], Dot::Star, 6.5, Ink::Path);
        let name = format!(
            "梯度方向 {}°，斜率 {}",
            text::fixed(angle, 1),
            text::fixed(norm, 2)
        );
        slopes.label(
            (angle, norm),
            &name,
            Ink::Path,
            &[Side::Right, Side::AboveRight],
        );
        slopes.label(
            (angle + 90.0, 0.0),
            "等高线方向，0",
            Ink::Muted,
            &[Side::Right, Side::AboveRight],
        );
        slopes.label(
            (angle + 180.0, -norm),
            "反方向，最陡的下坡",
            Ink::First,
            &[Side::Above],
        );
        layout::arrange(form, &[map, slopes])
    }
}

//! x² + xy + 2y² at (1, 1), cut along x and along y: the partial derivatives are the slopes of
//! the two cuts.

use gd_core::objective::Quadratic;
use gd_core::{Objective, numeric};
use ndarray::array;

use crate::axis::Axis;
use crate::bands::Bands;
use crate::contour::Grid;
use crate::label::Side;
use crate::panel::{Dot, Panel};
use crate::style::{Ink, Stroke};
use crate::surface::Surface;
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

const AT: (f64, f64) = (1.0, 1.0);
const WINDOW: (f64, f64) = (-1.0, 2.0);
const TOP: f64 = 16.0;
/// Half the length over which tangents are drawn.
const TANGENT: f64 = 0.75;

/// `derivative-cuts`.
pub struct Cuts;

/// The surface, the two cuts and the slopes at their common point.
pub struct Data {
    grid: Grid,
    along_x: Vec<Point>,
    along_y: Vec<Point>,
    height: f64,
    gradient: [f64; 2],
    by_differences: [f64; 2],
}

/// ½ xᵀAx with this A is x² + xy + 2y².
pub(crate) fn bowl() -> Quadratic<f64> {
    Quadratic::new(array![[2.0, 1.0], [1.0, 4.0]])
}

impl Experiment for Cuts {
    const NAME: &'static str = "derivative-cuts";
    type Data = Data;

    fn data() -> Data {
        let bowl = bowl();
        let height = |x: f64, y: f64| bowl.value(&array![x, y]);
        let places = (0..=60).map(|i| WINDOW.0 + (WINDOW.1 - WINDOW.0) * f64::from(i) / 60.0);
        let mut grad = array![0.0, 0.0];
        let at = array![AT.0, AT.1];
        bowl.gradient(&at, &mut grad);
        let differences = numeric::gradient(&bowl, &at, 1e-5);
        Data {
            grid: Grid::sample(WINDOW, WINDOW, 37, 37, height),
            along_x: places.clone().map(|x| (x, height(x, AT.1))).collect(),
            along_y: places.map(|y| (y, height(AT.0, y))).collect(),
            height: height(AT.0, AT.1),
            gradient: [grad[0], grad[1]],
            by_differences: [differences[0], differences[1]],
        }
    }

    fn values(data: &Data) -> Values {
        Values::new()
            .number("at.x", AT.0)
            .number("at.y", AT.1)
            .number("height", data.height)
            .number("slope.x", data.gradient[0])
            .number("slope.y", data.gradient[1])
            .number("by-differences.x", data.by_differences[0])
            .number("by-differences.y", data.by_differences[1])
    }
}

impl Figure for Cuts {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["cut", "place", "height"]);
        for (cut, points) in [("y = 1", &data.along_x), ("x = 1", &data.along_y)] {
            for &(place, height) in points {
                table.row([cut.into(), place.into(), height.into()]);
            }
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let axis = |title| Axis::linear(title, WINDOW.0, WINDOW.1);
        let bands = Bands::even(0.0, TOP);
        let heights = Axis::linear("高度 *f*(*x*, *y*)", 0.0, TOP);
        let [along_x, along_y] = [Ink::Third, Ink::Fourth].map(|ink| Stroke::solid(ink).width(2.6));
        let mut surface = Surface::new(&data.grid, axis("*x*"), axis("*y*"), heights, &bands)
            .title("一刀沿 *x*，一刀沿 *y*")
            .view(-60.0, 32.0);
        surface.path(&[(WINDOW.0, AT.1), (WINDOW.1, AT.1)], along_x);
        surface.path(&[(AT.0, WINDOW.0), (AT.0, WINDOW.1)], along_y);
        surface.dots(&[AT], Dot::Disc, 4.5, Ink::Text);
        surface.label(
            (WINDOW.0, AT.1),
            "*y* = 1",
            Ink::Third,
            &[Side::AboveLeft, Side::Above],
        );
        surface.label((AT.0, WINDOW.0), "*x* = 1", Ink::Fourth, &[Side::BelowLeft]);

        let mut cuts = Panel::new(axis("*x* 或 *y*"), Axis::linear("高度 *f*", 0.0, 12.0))
            .title("两刀的切口")
            .height(270.0, 240.0);
        for (points, stroke, slope) in [
            (&data.along_x, along_x, data.gradient[0]),
            (&data.along_y, along_y, data.gradient[1]),
        ] {
            cuts.curve(points, stroke);
            let end = |side: f64| (1.0 + side * TANGENT, data.height + side * TANGENT * slope);
            cuts.curve(&[end(-1.0), end(1.0)], Stroke::truth().width(1.5));
        }
        cuts.dots(&[(1.0, data.height)], Dot::Disc, 4.5, Ink::Text);
        let named = [
            (
                0,
                "*f*(*x*, 1)",
                &data.along_x,
                46,
                Ink::Third,
                Side::BelowRight,
            ),
            (1, "*f*(1, *y*)", &data.along_y, 54, Ink::Fourth, Side::Left),
        ];
        for (i, name, points, k, ink, side) in named {
            let name = format!("{name}，斜率 {}", data.gradient[i]);
            cuts.label(points[k], &name, ink, &[side]);
        }
        layout::arrange_tiles(form, &[&surface, &cuts])
    }
}

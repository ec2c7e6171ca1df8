//! A hill beside a hollow: gradients on the surface and on its map.

use gd_core::Objective;
use gd_core::objective::FnObjective;
use ndarray::{ArrayRef1, array};

use crate::axis::Axis;
use crate::bands::Bands;
use crate::contour::Grid;
use crate::label::Side;
use crate::panel::{Dot, Panel};
use crate::style::{Ink, Stroke};
use crate::surface::Surface;
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

const REACH: f64 = 2.4;
const TOP: f64 = 1.65;
/// Length of an arrow for a gradient of length 1.
const LENGTH: f64 = 0.3;

/// `steepest-hills`.
pub struct Hills;

/// The land, and the gradient at some places.
pub struct Data {
    grid: Grid,
    /// Place and gradient.
    arrows: Vec<(Point, Point)>,
}

/// 3x / (1 + x² + y²): a top at (1, 0), a bottom at (−1, 0).
fn land() -> impl Objective<f64> {
    FnObjective::new(
        2,
        |p: &ArrayRef1<f64>| 3.0 * p[0] / (1.0 + p[0] * p[0] + p[1] * p[1]),
        |p: &ArrayRef1<f64>, grad: &mut ArrayRef1<f64>| {
            let (x, y) = (p[0], p[1]);
            let q = 1.0 + x * x + y * y;
            grad[0] = 3.0 * (1.0 + y * y - x * x) / (q * q);
            grad[1] = -6.0 * x * y / (q * q);
        },
    )
}

impl Experiment for Hills {
    const NAME: &'static str = "steepest-hills";
    type Data = Data;

    fn data() -> Data {
        let land = land();
        let gradient = |(x, y): Point| {
            let mut grad = array![0.0, 0.0];
            land.gradient(&array![x, y], &mut grad);
            (grad[0], grad[1])
        };
        let ticks = [-1.8, -0.9, 0.0, 0.9, 1.8];
        let places = ticks.iter().flat_map(|&y| ticks.map(|x| (x, y)));
        Data {
            grid: Grid::sample((-REACH, REACH), (-REACH, REACH), 41, 41, |x, y| {
                land.value(&array![x, y])
            }),
            arrows: places.map(|place| (place, gradient(place))).collect(),
        }
    }

    fn values(data: &Data) -> Values {
        let (lowest, highest) = data.grid.extremes();
        let longest = data.arrows.iter().map(|(_, g)| g.0.hypot(g.1));
        Values::new()
            .number("lowest", lowest)
            .number("highest", highest)
            .number("steepest", longest.fold(0.0, f64::max))
    }
}

impl Figure for Hills {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["x", "y", "df/dx", "df/dy"]);
        for &((x, y), (gx, gy)) in &data.arrows {
            table.row([x.into(), y.into(), gx.into(), gy.into()]);
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let axis =
            |title| Axis::linear(title, -REACH, REACH).ticks_at(&[-2.0, -1.0, 0.0, 1.0, 2.0]);
        let bands = Bands::even(-TOP, TOP);
        let heights = Axis::linear("高度 *f*(*x*, *y*)", -TOP, TOP).ticks_at(&[-1.0, 0.0, 1.0]);
        let mut surface = Surface::new(&data.grid, axis("*x*"), axis("*y*"), heights, &bands)
            .title("曲面上：箭头往上爬")
            .view(-112.0, 38.0)
            .sides(1.0, 1.0, 0.85);
        let mut map = Panel::new(axis("*x*"), axis("*y*"))
            .title("俯视：从蓝到红，垂直于等高线")
            .equal();
        map.bands(&data.grid, &bands);
        let stroke = Stroke::solid(Ink::Text).width(1.5);
        for &(place, gradient) in &data.arrows {
            let tip = (place.0 + LENGTH * gradient.0, place.1 + LENGTH * gradient.1);
            // shorter ones are all head; on the surface, foreshortened, sooner than on the map
            let slope = gradient.0.hypot(gradient.1);
            if slope > 0.3 {
                map.arrow(place, tip, stroke);
            }
            if slope > 0.62 {
                surface.arrow(place, tip, stroke);
            }
        }
        let ends = [(1.0, 0.0), (-1.0, 0.0)];
        surface.dots(&ends, Dot::Disc, 3.0, Ink::Text);
        surface.label(ends[0], "山峰", Ink::Text, &[Side::Above, Side::AboveRight]);
        surface.label(ends[1], "谷底", Ink::Text, &[Side::Left]);
        map.dots(&ends, Dot::Disc, 3.0, Ink::Text);
        map.label(ends[0], "山峰", Ink::Text, &[Side::Right]);
        map.label(ends[1], "谷底", Ink::Text, &[Side::Left]);
        layout::arrange_tiles(form, &[&surface, &map])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gd_core::numeric::check_gradient;

    #[test]
    fn the_gradient_is_right() {
        for place in [[0.3, -1.2], [-2.0, 0.7], [1.0, 0.0]] {
            assert!(check_gradient(&land(), &array![place[0], place[1]]) < 1e-8);
        }
    }
}

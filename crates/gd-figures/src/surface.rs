//! A surface in space, over a box with axes: `z = f(x, y)` in parallel projection.
//!
//! ```
//! use gd_figures::axis::Axis;
//! use gd_figures::bands::Bands;
//! use gd_figures::contour::Grid;
//! use gd_figures::panel::{Dot, Panel};
//! use gd_figures::style::{Ink, Stroke};
//! use gd_figures::surface::Surface;
//! use gd_figures::{Form, layout, svg};
//!
//! // nodes exactly over the axes; 41 × 41 is plenty, since edges of colour are interpolated
//! let grid = Grid::sample((-2.0, 2.0), (-2.0, 2.0), 41, 41, |x, y| x * x + 0.5 * y * y);
//! let bands = Bands::even(0.0, 6.0);
//! let axes = || (Axis::linear("*x*", -2.0, 2.0), Axis::linear("*y*", -2.0, 2.0));
//!
//! let (x, y) = axes();
//! let mut surface = Surface::new(&grid, x, y, Axis::linear("高度 *f*", 0.0, 6.0), &bands);
//! surface.path(&[(1.5, 1.0), (0.5, 0.5), (0.1, 0.2)], Stroke::solid(Ink::Path));
//! surface.dots(&[(0.0, 0.0)], Dot::Star, 6.0, Ink::Truth);
//!
//! // the same bands on the map beside it: a colour is a height in both
//! let (x, y) = axes();
//! let mut map = Panel::new(x, y).equal();
//! map.bands(&grid, &bands);
//!
//! let drawing = layout::arrange_tiles(Form::Wide, &[&surface, &map]);
//! assert!(svg::inline(&drawing).len() < 32_000);
//! ```
//!
//! The coloured strip on the axis of heights is the key to the bands. Heights beyond that axis
//! are cut off at its ends. Lines on the surface are dotted and faint where the surface hides
//! them. To see another side, turn the view with [`Surface::view`]; for a ravine, take
//! [`Bands::at`] with levels of equal ratios, or a log axis of heights.

use crate::Point;
use crate::axis::Axis;
use crate::bands::Bands;
use crate::camera::Place;
use crate::contour::Grid;
use crate::label::Side;
use crate::panel::Dot;
use crate::style::{Ink, Stroke};

pub(crate) enum SpaceMark {
    Line {
        places: Vec<Place>,
        stroke: Stroke,
        headed: bool,
    },
    Dots {
        places: Vec<Place>,
        dot: Dot,
        radius: f64,
        ink: Ink,
    },
}

pub(crate) struct SpaceName {
    pub markup: String,
    pub ink: Ink,
    pub place: Place,
    pub sides: Vec<Side>,
}

/// A surface under construction. Marks are drawn in the order they are added, labels above all.
pub struct Surface {
    pub(crate) axes: [Axis; 3],
    /// Places and heights from 0 to 1 along the axes.
    pub(crate) grid: Grid,
    pub(crate) bands: Bands,
    pub(crate) title: String,
    pub(crate) heights: Option<(f64, f64)>,
    pub(crate) azimuth: f64,
    pub(crate) elevation: f64,
    pub(crate) sides: [f64; 3],
    pub(crate) mesh: usize,
    pub(crate) floor: Vec<f64>,
    pub(crate) marks: Vec<SpaceMark>,
    pub(crate) names: Vec<SpaceName>,
}

impl Surface {
    /// The surface through the nodes of a grid, in the colours of its bands.
    ///
    /// # Panics
    /// If the grid does not reach exactly from end to end of the x and y axes, or if a height is
    /// NaN.
    pub fn new(grid: &Grid, x: Axis, y: Axis, z: Axis, bands: &Bands) -> Self {
        for (nodes, axis) in [(grid.xs(), &x), (grid.ys(), &y)] {
            let ends = [nodes[0], nodes[nodes.len() - 1]].map(|v| axis.position(v));
            assert!(
                ends[0].abs() < 1e-6 && (ends[1] - 1.0).abs() < 1e-6,
                "the grid must reach from {} to {} like the axis “{}”",
                axis.lo,
                axis.hi,
                axis.title
            );
        }
        let inside = |height: f64| {
            assert!(!height.is_nan(), "a height of the surface is NaN");
            z.position(height.clamp(z.lo, z.hi))
        };
        let unit = grid.map(
            |v| x.position(v).clamp(0.0, 1.0),
            |v| y.position(v).clamp(0.0, 1.0),
            inside,
        );
        Surface {
            grid: unit,
            bands: bands.map(|level| z.position(level)),
            axes: [x, y, z],
            title: String::new(),
            heights: None,
            azimuth: -60.0,
            elevation: 32.0,
            sides: [1.0, 1.0, 0.66],
            mesh: 13,
            floor: Vec::new(),
            marks: Vec::new(),
            names: Vec::new(),
        }
    }

    /// Gives it a title.
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = title.into();
        self
    }

    /// Sets the height of its window in css px, by form; else it follows from the width.
    pub fn height(mut self, wide: f64, narrow: f64) -> Self {
        self.heights = Some((wide, narrow));
        self
    }

    /// From where it is seen: the direction in the plane, counterclockwise from the x axis, and
    /// the height above the plane, both in degrees. Usual are −60 and 32.
    ///
    /// # Panics
    /// Unless the elevation is from 5 to 85.
    pub fn view(mut self, azimuth: f64, elevation: f64) -> Self {
        assert!(
            (5.0..=85.0).contains(&elevation),
            "elevation must be from 5 to 85 degrees, got {elevation}"
        );
        (self.azimuth, self.elevation) = (azimuth, elevation);
        self
    }

    /// The proportions of the box; usual are 1, 1 and 0.66.
    pub fn sides(mut self, x: f64, y: f64, z: f64) -> Self {
        self.sides = [x, y, z];
        self
    }

    /// How many mesh lines run in each direction, borders included; usual are 13.
    pub fn mesh(mut self, lines: usize) -> Self {
        self.mesh = lines;
        self
    }

    /// Draws these lines of equal height on the floor, where the surface leaves it in sight.
    pub fn floor(&mut self, levels: &[f64]) -> &mut Self {
        let z = &self.axes[2];
        self.floor.extend(levels.iter().map(|l| z.position(*l)));
        self
    }

    /// A line on the surface over a polyline of the plane.
    pub fn path(&mut self, points: &[Point], stroke: Stroke) -> &mut Self {
        let places = self.lift(points);
        self.line_of(places, stroke, false)
    }

    /// A line on the surface with an arrowhead at its end.
    pub fn headed(&mut self, points: &[Point], stroke: Stroke) -> &mut Self {
        let places = self.lift(points);
        self.line_of(places, stroke, true)
    }

    /// An arrow on the surface, over an arrow of the plane.
    pub fn arrow(&mut self, from: Point, to: Point, stroke: Stroke) -> &mut Self {
        self.headed(&[from, to], stroke)
    }

    /// A polyline in space, as of a tangent: points x, y, z.
    pub fn line(&mut self, points: &[[f64; 3]], stroke: Stroke) -> &mut Self {
        let places = self.dense(points.iter().map(|p| self.place(*p)).collect());
        self.line_of(places, stroke, false)
    }

    /// An arrow in space, as on the floor.
    pub fn arrow_in_space(&mut self, from: [f64; 3], to: [f64; 3], stroke: Stroke) -> &mut Self {
        let places = self.dense(vec![self.place(from), self.place(to)]);
        self.line_of(places, stroke, true)
    }

    /// Points on the surface; hidden ones are faint.
    pub fn dots(&mut self, points: &[Point], dot: Dot, radius: f64, ink: Ink) -> &mut Self {
        let places = points.iter().map(|p| self.on_surface(*p)).collect();
        self.marks.push(SpaceMark::Dots {
            places,
            dot,
            radius,
            ink,
        });
        self
    }

    /// A label beside a point of the surface; the sides are tried in their order, then all others.
    pub fn label(&mut self, at: Point, markup: &str, ink: Ink, sides: &[Side]) -> &mut Self {
        let place = self.on_surface(at);
        self.name(place, markup, ink, sides)
    }

    /// A label beside a point in space.
    pub fn label_in_space(
        &mut self,
        at: [f64; 3],
        markup: &str,
        ink: Ink,
        sides: &[Side],
    ) -> &mut Self {
        let place = self.place(at);
        self.name(place, markup, ink, sides)
    }

    fn name(&mut self, place: Place, markup: &str, ink: Ink, sides: &[Side]) -> &mut Self {
        let mut sides = sides.to_vec();
        sides.extend(Side::BESIDE);
        self.names.push(SpaceName {
            markup: markup.to_owned(),
            ink,
            place,
            sides,
        });
        self
    }

    fn line_of(&mut self, places: Vec<Place>, stroke: Stroke, headed: bool) -> &mut Self {
        self.marks.push(SpaceMark::Line {
            places,
            stroke,
            headed,
        });
        self
    }

    /// A point of space in the box.
    fn place(&self, point: [f64; 3]) -> Place {
        [0, 1, 2].map(|i| self.axes[i].position(point[i]))
    }

    fn on_surface(&self, (x, y): Point) -> Place {
        let (u, v) = (self.axes[0].position(x), self.axes[1].position(y));
        let inside = |p: f64| (-1e-9..=1.0 + 1e-9).contains(&p);
        assert!(
            inside(u) && inside(v),
            "({x}, {y}) does not lie under the surface"
        );
        [u, v, self.grid.interpolate(u, v)]
    }

    /// A polyline of the plane, lifted onto the surface.
    fn lift(&self, points: &[Point]) -> Vec<Place> {
        let flat = points.iter().map(|p| self.on_surface(*p)).collect();
        let lifted = self.dense(flat).into_iter();
        lifted
            .map(|[u, v, _]| [u, v, self.grid.interpolate(u, v)])
            .collect()
    }

    /// The same polyline with a point at least every hundredth of the box.
    fn dense(&self, places: Vec<Place>) -> Vec<Place> {
        let mut dense: Vec<Place> = places.first().copied().into_iter().collect();
        for pair in places.windows(2) {
            let longest = (0..3).map(|i| (pair[1][i] - pair[0][i]).abs());
            let parts = (longest.fold(0.0, f64::max) * 100.0).ceil().max(1.0);
            for k in 1..=parts as usize {
                let t = k as f64 / parts;
                dense.push([0, 1, 2].map(|i| pair[0][i] + t * (pair[1][i] - pair[0][i])));
            }
        }
        dense
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shape::Shape;
    use crate::style::{Dash, Form};
    use crate::{layout, svg};

    fn bowl(f: impl Fn(f64, f64) -> f64) -> Surface {
        let grid = Grid::sample((-2.0, 2.0), (-1.0, 1.0), 33, 33, f);
        Surface::new(
            &grid,
            Axis::linear("参数 *x*", -2.0, 2.0),
            Axis::linear("参数 *y*", -1.0, 1.0),
            Axis::linear("高度 *f*", 0.0, 5.0),
            &Bands::even(0.0, 5.0),
        )
    }

    #[test]
    fn a_picture_stays_small_and_inside() {
        for form in [Form::Wide, Form::Narrow] {
            let drawing = layout::arrange_tiles(form, &[&bowl(|x, y| x * x + y * y)]);
            let svg = svg::inline(&drawing);
            assert!(svg.len() < 16_000, "{}", svg.len());
            for shape in &drawing.shapes {
                let points = match shape {
                    Shape::Line { points, .. } | Shape::Fill { points, .. } => points.as_slice(),
                    _ => &[],
                };
                for (x, y) in points {
                    assert!((0.0..=drawing.width).contains(x), "{x}");
                    assert!((0.0..=drawing.height).contains(y), "{y}");
                }
            }
        }
    }

    #[test]
    fn heights_beyond_the_axis_are_cut_off() {
        let surface = bowl(|x, y| if x > 0.0 { f64::INFINITY } else { -y });
        assert_eq!(surface.grid.extremes(), (0.0, 1.0));
    }

    #[test]
    fn a_path_behind_a_ridge_is_dotted_there() {
        let mut surface = bowl(|x, _| 5.0 * (-(4.0 * x).powi(2)).exp()).view(0.0, 15.0);
        surface.path(&[(-1.9, 0.0), (1.9, 0.0)], Stroke::solid(Ink::Path));
        let drawing = layout::arrange_tiles(Form::Wide, &[&surface]);
        let dashes = |wanted: Dash| {
            let lines = drawing.shapes.iter().filter(
                |s| matches!(s, Shape::Line { stroke, .. } if stroke.ink == Ink::Path && stroke.dash == wanted),
            );
            lines.count()
        };
        assert!(dashes(Dash::Solid) == 1 && dashes(Dash::Dotted) == 1);
    }

    #[test]
    #[should_panic(expected = "the grid must reach from -2 to 2")]
    fn a_grid_that_ends_elsewhere_is_refused() {
        let grid = Grid::sample((-1.0, 1.0), (-1.0, 1.0), 5, 5, |x, _| x);
        let axis = || Axis::linear("x", -2.0, 2.0);
        let _ = Surface::new(&grid, axis(), axis(), axis(), &Bands::even(0.0, 1.0));
    }
}

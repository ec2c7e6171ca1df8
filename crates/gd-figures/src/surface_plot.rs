//! From a surface to shapes: box, floor, layers, mesh, marks, labels.

use crate::Point;
use crate::arrow;
use crate::axis::Tick;
use crate::camera::{Camera, Place, stretches};
use crate::clip::{self, Rect};
use crate::label::{self, Label, Obstacles};
use crate::layout::{Margins, Tile};
use crate::plot::{TOLERANCE_PX, casing, dot_shapes, filled_ring, point_box, push_head};
use crate::relief::{self, SLACK};
use crate::shape::{Anchor, Rim, Shape, text_box};
use crate::style::{Dash, Form, Ink, MESH, Stroke};
use crate::surface::{SpaceMark, Surface};
use crate::text;

/// Distance of a tick label from its edge.
const TICK_GAP: f64 = 7.0;
/// Width of the strip that shows the bands on the axis of heights.
const KEY_PX: f64 = 6.0;

/// A text on an edge of the box, before the box has its size.
struct EdgeText {
    place: Place,
    /// From the place to the anchor of the text, in css px.
    offset: Point,
    anchor: Anchor,
    markup: String,
    /// Whether it is a tick label.
    tick: bool,
}

/// The box on the page.
struct Fit {
    camera: Camera,
    scale: f64,
    origin: Point,
}

impl Fit {
    fn px(&self, place: Place) -> Point {
        self.on_page(self.camera.see(place))
    }

    fn on_page(&self, (x, y): Point) -> Point {
        (
            self.origin.0 + self.scale * x,
            self.origin.1 + self.scale * y,
        )
    }
}

impl Tile for Surface {
    fn window_height(&self, form: Form, outer_width: f64, _: f64) -> f64 {
        if let Some((wide, narrow)) = self.heights {
            return form.pick(wide, narrow);
        }
        let window = Rect {
            left: 0.0,
            top: 0.0,
            right: outer_width,
            bottom: 340.0,
        };
        let (_, extent) = self.fit(form, &window);
        extent.1.ceil()
    }

    fn is_rigid(&self) -> bool {
        false
    }

    fn margins(&self, form: Form, _: f64, _: f64) -> Margins {
        let title = if self.title.is_empty() {
            0.0
        } else {
            1.55 * form.title_px()
        };
        Margins {
            left: 0.0,
            top: title + 1.85 * form.text_px() + 5.0,
            right: 0.0,
            bottom: 2.0,
        }
    }

    fn shapes(&self, form: Form, window: Rect, top: f64, left: f64) -> Vec<Shape> {
        let (fit, _) = self.fit(form, &window);
        let size = form.text_px();
        let mut shapes = self.walls(form, &fit);
        for level in &self.floor {
            for line in self.grid.isolines(*level) {
                let places = line.iter().map(|(u, v)| [*u, *v, 0.0]).collect();
                self.visible(&fit, places, Stroke::thin(Ink::Contour), &mut shapes);
            }
        }
        for layer in relief::layers(&self.grid, &self.bands, &fit.camera) {
            for ring in &layer.rings {
                let ring: Vec<Point> = ring.iter().map(|p| fit.on_page(*p)).collect();
                shapes.extend(filled_ring(&ring, layer.ink));
            }
        }
        for places in self.mesh_lines() {
            self.visible(&fit, places, MESH, &mut shapes);
        }
        shapes.extend(self.edges(form, &fit));
        let mut obstacles = Obstacles::default();
        for text in self.texts(form, &fit.camera) {
            let (x, y) = fit.px(text.place);
            let at = (x + text.offset.0, y + text.offset.1);
            let area = text_box(at, text.anchor, &text.markup, size);
            // where two axes meet, one label is enough
            if text.tick && obstacles.boxes.iter().any(|other| other.overlaps(&area)) {
                continue;
            }
            obstacles.boxes.push(area);
            shapes.push(written(at, text.anchor, &text.markup, size));
        }
        let key_left = fit.px(self.key_corner(&fit.camera)).0 - KEY_PX - 2.0 * TICK_GAP;
        let title_at = (left.max(key_left - 2.0 * size), window.top - 0.85 * size);
        shapes.push(written(title_at, Anchor::Start, &self.axes[2].title, size));
        if !self.title.is_empty() {
            shapes.push(Shape::Text {
                at: (left, top + form.title_px()),
                anchor: Anchor::Start,
                markup: self.title.clone(),
                ink: Ink::Text,
                size: form.title_px(),
                bold: true,
                halo: false,
            });
        }
        for mark in &self.marks {
            self.draw(mark, &fit, &mut shapes, &mut obstacles);
        }
        let labels: Vec<Label> = self
            .names
            .iter()
            .map(|name| Label {
                markup: name.markup.clone(),
                ink: name.ink,
                anchors: vec![fit.px(name.place)],
                sides: name.sides.clone(),
                gap: 8.0,
            })
            .collect();
        shapes.extend(label::place(&labels, &window, &obstacles, size));
        shapes
    }
}

impl Surface {
    fn camera(&self) -> Camera {
        Camera::new(self.azimuth, self.elevation, self.sides)
    }

    /// The largest box that fits into the window with its texts, in the middle; and the extent of
    /// both.
    fn fit(&self, form: Form, window: &Rect) -> (Fit, Point) {
        let camera = self.camera();
        let texts = self.texts(form, &camera);
        let extent = |scale: f64| {
            let mut area: Option<Rect> = None;
            let mut cover = |other: Rect| {
                area = Some(area.map_or(other, |a| Rect {
                    left: a.left.min(other.left),
                    top: a.top.min(other.top),
                    right: a.right.max(other.right),
                    bottom: a.bottom.max(other.bottom),
                }));
            };
            let px = |place: Place| {
                let (x, y) = camera.see(place);
                (scale * x, scale * y)
            };
            for corner in 0..8 {
                let bit = |k: usize| f64::from(corner >> k & 1);
                cover(point_box(px([bit(0), bit(1), bit(2)]), 2.0));
            }
            for text in &texts {
                let (x, y) = px(text.place);
                let at = (x + text.offset.0, y + text.offset.1);
                cover(text_box(at, text.anchor, &text.markup, form.text_px()).grow(1.0));
            }
            area.expect("a box has corners")
        };
        let (width, height) = (window.right - window.left, window.bottom - window.top);
        let (mut low, mut high) = (1.0, 2000.0);
        for _ in 0..40 {
            let middle = 0.5 * (low + high);
            let area = extent(middle);
            if area.right - area.left <= width && area.bottom - area.top <= height {
                low = middle;
            } else {
                high = middle;
            }
        }
        let area = extent(low);
        let origin = (
            (window.left + window.right - area.left - area.right) / 2.0,
            (window.top + window.bottom - area.top - area.bottom) / 2.0,
        );
        let fit = Fit {
            camera,
            scale: low,
            origin,
        };
        (fit, (area.right - area.left, area.bottom - area.top))
    }

    /// The edge of the floor along x (0) or y (1) that lies in front: where it begins.
    fn front(&self, axis: usize, camera: &Camera) -> Place {
        let other = 1 - axis;
        let mut start = [0.0; 3];
        start[other] = camera.near(other);
        start
    }

    /// The leftmost corner of the floor: over it stands the axis of heights.
    fn key_corner(&self, camera: &Camera) -> Place {
        let corners = [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]];
        let leftmost = corners
            .map(|[u, v]| [u, v, 0.0])
            .into_iter()
            .min_by(|a, b| camera.see(*a).0.total_cmp(&camera.see(*b).0));
        leftmost.expect("a floor has corners")
    }

    fn ticks(&self, axis: usize, form: Form) -> Vec<Tick> {
        self.axes[axis].ticks(form.pick(4, 3) + usize::from(axis == 2))
    }

    /// Tick labels and names of the axes, without that of the heights.
    fn texts(&self, form: Form, camera: &Camera) -> Vec<EdgeText> {
        let size = form.text_px();
        let mut texts = Vec::new();
        let corner = self.key_corner(camera);
        for tick in self.ticks(2, form) {
            let mut place = corner;
            place[2] = self.axes[2].position(tick.value);
            texts.push(EdgeText {
                place,
                offset: (-TICK_GAP - KEY_PX, 0.36 * size),
                anchor: Anchor::End,
                markup: tick.label,
                tick: true,
            });
        }
        for axis in [0, 1] {
            let start = self.front(axis, camera);
            let (nx, ny) = self.outward(axis, camera);
            let anchor = if nx.abs() < 0.25 {
                Anchor::Middle
            } else if nx < 0.0 {
                Anchor::End
            } else {
                Anchor::Start
            };
            let offset =
                |distance: f64| (distance * nx, distance * ny + 0.36 * size + 0.3 * size * ny);
            let at = |along: f64| {
                let mut place = start;
                place[axis] = along;
                place
            };
            let mut widest: f64 = 0.0;
            for tick in self.ticks(axis, form) {
                widest = widest.max(text::width(&tick.label, size));
                texts.push(EdgeText {
                    place: at(self.axes[axis].position(tick.value)),
                    offset: offset(TICK_GAP),
                    anchor,
                    markup: tick.label,
                    tick: true,
                });
            }
            // far enough out to clear the tick labels beside it in the slanted row
            let clear = TICK_GAP + 7.0 + (widest * nx.abs()).max(1.2 * size * ny.abs());
            texts.push(EdgeText {
                place: at(0.5),
                offset: offset(clear),
                anchor,
                markup: self.axes[axis].title.clone(),
                tick: false,
            });
        }
        texts
    }

    /// The direction away from the floor at its front edge along x or y, as seen; of length 1.
    fn outward(&self, axis: usize, camera: &Camera) -> Point {
        let start = self.front(axis, camera);
        let mut out = start;
        out[1 - axis] += if start[1 - axis] > 0.5 { 1.0 } else { -1.0 };
        let (a, b) = (camera.see(start), camera.see(out));
        let length = (b.0 - a.0).hypot(b.1 - a.1);
        ((b.0 - a.0) / length, (b.1 - a.1) / length)
    }

    /// Floor and back walls with their grid lines.
    fn walls(&self, form: Form, fit: &Fit) -> Vec<Shape> {
        let far = [0, 1].map(|axis| 1.0 - fit.camera.near(axis));
        let mut lines: Vec<[Place; 2]> = Vec::new();
        for axis in [0, 1] {
            let other = 1 - axis;
            let positions = self.ticks(axis, form);
            let positions = positions.iter().map(|t| self.axes[axis].position(t.value));
            for p in positions.chain([0.0, 1.0]) {
                let place = |q: f64, w: f64| {
                    let mut place = [0.0, 0.0, w];
                    place[axis] = p;
                    place[other] = q;
                    place
                };
                // across the floor, then up the wall
                lines.push([place(0.0, 0.0), place(1.0, 0.0)]);
                lines.push([place(far[other], 0.0), place(far[other], 1.0)]);
            }
        }
        let heights = self.ticks(2, form);
        let heights = heights.iter().map(|t| self.axes[2].position(t.value));
        for w in heights.chain([1.0]) {
            lines.push([[0.0, far[1], w], [1.0, far[1], w]]);
            lines.push([[far[0], 0.0, w], [far[0], 1.0, w]]);
        }
        let drawn = |[a, b]: [Place; 2]| line(fit.px(a), fit.px(b), Ink::Grid);
        lines.into_iter().map(drawn).collect()
    }

    /// The three edges with ticks, and the key to the bands.
    fn edges(&self, form: Form, fit: &Fit) -> Vec<Shape> {
        let mut shapes = Vec::new();
        for axis in [0, 1] {
            let start = self.front(axis, &fit.camera);
            let mut end = start;
            end[axis] = 1.0;
            shapes.push(line(fit.px(start), fit.px(end), Ink::Axis));
            let (nx, ny) = self.outward(axis, &fit.camera);
            for tick in self.ticks(axis, form) {
                let mut place = start;
                place[axis] = self.axes[axis].position(tick.value);
                let (x, y) = fit.px(place);
                shapes.push(line((x, y), (x + 4.0 * nx, y + 4.0 * ny), Ink::Axis));
            }
        }
        let corner = self.key_corner(&fit.camera);
        let at = |w: f64| fit.px([corner[0], corner[1], w]);
        let levels = self.bands.levels().iter().copied();
        let ends: Vec<f64> = [0.0].into_iter().chain(levels).chain([1.0]).collect();
        for (k, pair) in ends.windows(2).enumerate() {
            let (low, high) = (pair[0].clamp(0.0, 1.0), pair[1].clamp(0.0, 1.0));
            if low < high {
                let ((x, bottom), (_, top)) = (at(low), at(high));
                shapes.push(Shape::Fill {
                    points: vec![
                        (x - KEY_PX, bottom),
                        (x, bottom),
                        (x, top),
                        (x - KEY_PX, top),
                    ],
                    ink: self.bands.ink(k),
                    opacity: 1.0,
                });
            }
        }
        shapes.push(line(at(0.0), at(1.0), Ink::Axis));
        shapes
    }

    /// Lines over the surface along x and y, from border to border.
    fn mesh_lines(&self) -> Vec<Vec<Place>> {
        let points = 120;
        let mut lines = Vec::new();
        for k in 0..self.mesh {
            let fixed = k as f64 / (self.mesh - 1) as f64;
            for axis in [0, 1] {
                let place = |i: usize| {
                    let mut place = [0.0; 3];
                    place[axis] = i as f64 / points as f64;
                    place[1 - axis] = fixed;
                    place[2] = self.grid.interpolate(place[0], place[1]);
                    place
                };
                lines.push((0..=points).map(place).collect());
            }
        }
        lines
    }

    /// Draws what can be seen of a line, and nothing of the rest.
    fn visible(&self, fit: &Fit, places: Vec<Place>, stroke: Stroke, shapes: &mut Vec<Shape>) {
        for part in stretches(&places, |p| fit.camera.hides(&self.grid, p, SLACK)) {
            if !part.hidden && part.places.len() > 1 {
                let points: Vec<Point> = part.places.iter().map(|p| fit.px(*p)).collect();
                shapes.push(Shape::Line {
                    points: clip::simplify(&points, 1.5 * TOLERANCE_PX),
                    stroke,
                });
            }
        }
    }

    fn draw(
        &self,
        mark: &SpaceMark,
        fit: &Fit,
        shapes: &mut Vec<Shape>,
        obstacles: &mut Obstacles,
    ) {
        // lifted clear of the surface: what lies on its upper side is not seen from below
        let hidden = |[u, v, w]: Place| {
            let lifted = [u, v, w + 2.0 * SLACK];
            fit.camera.hides(&self.grid, lifted, SLACK)
        };
        match mark {
            SpaceMark::Line {
                places,
                stroke,
                headed,
            } => {
                let tip = if *headed {
                    places.last().copied()
                } else {
                    None
                };
                let mut lines = Vec::new();
                for part in stretches(places, hidden) {
                    let points: Vec<Point> = part.places.iter().map(|p| fit.px(*p)).collect();
                    if points.len() < 2 {
                        continue;
                    }
                    let mut points = clip::simplify(&points, TOLERANCE_PX / stroke.width.min(1.5));
                    if tip.is_some() && part.places.last().copied() == tip {
                        cut_for_head(&mut points);
                    }
                    obstacles.lines.push((points.clone(), 1.0));
                    if part.hidden {
                        let faint = stroke.dash(Dash::Dotted).opacity(0.6);
                        lines.push(Shape::Line {
                            points,
                            stroke: faint,
                        });
                    } else {
                        shapes.push(casing(&points, *stroke));
                        lines.push(Shape::Line {
                            points,
                            stroke: *stroke,
                        });
                    }
                }
                shapes.append(&mut lines);
                if let (Some(tip), [.., before, _]) = (tip, places.as_slice()) {
                    // over a few points, so that one crease does not turn the head
                    let before = places.len().checked_sub(4).map_or(*before, |i| places[i]);
                    let (from, to) = (fit.px(before), fit.px(tip));
                    push_head(from, to, arrow::HEAD_PX, stroke.ink, shapes, obstacles);
                }
            }
            SpaceMark::Dots {
                places,
                dot,
                radius,
                ink,
            } => {
                for place in places {
                    let center = fit.px(*place);
                    obstacles.boxes.push(point_box(center, *radius));
                    if hidden(*place) {
                        shapes.push(Shape::Disc {
                            center,
                            radius: *radius,
                            ink: *ink,
                            rim: Rim::None,
                            opacity: 0.45,
                        });
                    } else {
                        shapes.extend(dot_shapes(center, *dot, *radius, *ink));
                    }
                }
            }
        }
    }
}

/// Takes the length of an arrowhead off the end of a line.
fn cut_for_head(points: &mut Vec<Point>) {
    let Some(&tip) = points.last() else {
        return;
    };
    let within = |p: &Point| (p.0 - tip.0).hypot(p.1 - tip.1) <= 0.75 * arrow::HEAD_PX;
    while points.len() > 1 && points.last().is_some_and(within) {
        points.pop();
    }
    if let Some(&from) = points.last() {
        points.push(arrow::shaft_end(from, tip, arrow::HEAD_PX));
    }
}

fn line(from: Point, to: Point, ink: Ink) -> Shape {
    Shape::Line {
        points: vec![from, to],
        stroke: Stroke::solid(ink).width(1.0),
    }
}

fn written(at: Point, anchor: Anchor, markup: &str, size: f64) -> Shape {
    Shape::Text {
        at,
        anchor,
        markup: markup.to_owned(),
        ink: Ink::Muted,
        size,
        bold: false,
        halo: false,
    }
}

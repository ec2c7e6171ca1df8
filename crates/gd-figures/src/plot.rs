//! From a panel to shapes: margins, grid and ticks, marks, labels.

use crate::Point;
use crate::arrow;
use crate::axis::Tick;
use crate::clip::{self, Rect};
use crate::label::{self, Label, Obstacles, Side};
use crate::layout::{Margins, Tile};
use crate::panel::{Dot, Mark, Panel};
use crate::shape::{Anchor, Rim, Shape};
use crate::style::{Form, Ink, MESH, Stroke};
use crate::text;

/// Deviation, in css px, that a thinned curve of width 1 may have: under what the eye can see.
pub(crate) const TOLERANCE_PX: f64 = 0.2;

/// Space between an axis and its tick labels; below, more: the labels of both axes meet at
/// the corner.
const TICK_GAP: f64 = 6.0;
const TICK_DROP: f64 = 8.5;
const LEAST_RIGHT: f64 = 8.0;
/// Keeps the name of the y axis off a tick label at the very top of it.
const Y_TITLE_LIFT: f64 = 4.0;

impl Tile for Panel {
    fn window_height(&self, form: Form, outer_width: f64, usual: f64) -> f64 {
        if self.equal {
            let margins = self.margins(form, outer_width, usual);
            let width = outer_width - margins.left - margins.right;
            return (width * (self.y.hi - self.y.lo) / (self.x.hi - self.x.lo)).round();
        }
        self.heights
            .map_or(usual, |(wide, narrow)| form.pick(wide, narrow))
    }

    fn is_rigid(&self) -> bool {
        self.equal
    }

    fn margins(&self, form: Form, outer_width: f64, height: f64) -> Margins {
        let size = form.text_px();
        let wide = |tick: &Tick| text::width(&tick.label, size);
        let widths = self.y_ticks(height).iter().map(wide).fold(0.0, f64::max);
        let left = (widths + TICK_GAP).ceil().max(14.0);
        // how far the last tick's label reaches over the end of the axis
        let width = outer_width - left - LEAST_RIGHT;
        let reach = self.x_ticks(width, size).last().map_or(0.0, |tick| {
            wide(tick) / 2.0 - width * (1.0 - self.x.position(tick.value))
        });
        let title = if self.title.is_empty() {
            0.0
        } else {
            1.55 * form.title_px()
        };
        let y_title = if self.y.title.is_empty() {
            0.0
        } else {
            1.85 * size + Y_TITLE_LIFT
        };
        let x_title = if self.x.title.is_empty() {
            0.0
        } else {
            1.35 * size
        };
        Margins {
            left,
            top: title + y_title + 5.0,
            right: LEAST_RIGHT.max(reach.ceil() + 1.0),
            bottom: TICK_DROP + size + x_title + 3.0,
        }
    }

    fn shapes(&self, form: Form, window: Rect, top: f64, left: f64) -> Vec<Shape> {
        let mut shapes = self.frame(form, &window, top, left);
        let mut obstacles = Obstacles::default();
        for mark in &self.marks {
            self.draw(mark, &window, &mut shapes, &mut obstacles);
        }
        let to_px = |p: &Point| self.place(*p, &window);
        let mut labels: Vec<Label> = Vec::new();
        for name in &self.names {
            let anchors = name.anchors.iter().map(to_px);
            let anchors: Vec<Point> = anchors.filter(|p| window.grow(1.0).contains(*p)).collect();
            assert!(
                !anchors.is_empty(),
                "the label “{}” names nothing inside the window of its panel",
                name.markup
            );
            labels.push(Label {
                markup: name.markup.clone(),
                ink: name.ink,
                anchors,
                sides: name.sides.clone(),
                gap: name.gap,
            });
        }
        for (markup, ink) in &self.notes {
            labels.push(corner_label(markup, *ink, &window));
        }
        shapes.extend(label::place(&labels, &window, &obstacles, form.text_px()));
        shapes
    }
}

impl Panel {
    fn y_ticks(&self, height: f64) -> Vec<Tick> {
        self.y.ticks((height / 34.0) as usize)
    }

    /// As many x ticks as stand well apart.
    fn x_ticks(&self, width: f64, size: f64) -> Vec<Tick> {
        let mut count = ((width / 28.0) as usize).clamp(2, 11);
        loop {
            let ticks = self.x.ticks(count);
            let place = |tick: &Tick| width * self.x.position(tick.value);
            let wide = |tick: &Tick| text::width(&tick.label, size);
            let apart = ticks.windows(2).all(|pair| {
                let room = place(&pair[1]) - place(&pair[0]);
                room > (wide(&pair[0]) + wide(&pair[1])) / 2.0 + 15.0
            });
            if apart || count == 2 {
                return ticks;
            }
            count -= 1;
        }
    }

    /// A data point in css px.
    fn place(&self, (x, y): Point, window: &Rect) -> Point {
        (
            window.left + self.x.position(x) * (window.right - window.left),
            window.bottom - self.y.position(y) * (window.bottom - window.top),
        )
    }

    /// Grid, axis lines, tick labels and titles.
    fn frame(&self, form: Form, window: &Rect, top: f64, left: f64) -> Vec<Shape> {
        let size = form.text_px();
        let mut lines = Vec::new();
        let mut labels = Vec::new();
        let line = |a, b, ink| Shape::Line {
            points: vec![a, b],
            stroke: Stroke::solid(ink).width(1.0),
        };
        let written = |at, anchor, markup: &str, ink| Shape::Text {
            at,
            anchor,
            markup: markup.to_owned(),
            ink,
            size,
            bold: false,
            halo: false,
        };
        for tick in self.y_ticks(window.bottom - window.top) {
            let (_, y) = self.place((self.x.lo, tick.value), window);
            lines.push(line((window.left, y), (window.right, y), Ink::Grid));
            let at = (window.left - TICK_GAP, y + 0.36 * size);
            labels.push(written(at, Anchor::End, &tick.label, Ink::Muted));
        }
        let base = window.bottom + TICK_DROP + 0.8 * size;
        for tick in self.x_ticks(window.right - window.left, size) {
            let (x, _) = self.place((tick.value, self.y.lo), window);
            lines.push(line((x, window.top), (x, window.bottom), Ink::Grid));
            labels.push(written((x, base), Anchor::Middle, &tick.label, Ink::Muted));
        }
        let corner = (window.left, window.bottom);
        lines.push(line((window.left, window.top), corner, Ink::Axis));
        lines.push(line(corner, (window.right, window.bottom), Ink::Axis));
        if !self.x.title.is_empty() {
            let at = (window.right, base + 1.35 * size);
            labels.push(written(at, Anchor::End, &self.x.title, Ink::Muted));
        }
        if !self.y.title.is_empty() {
            let at = (left, window.top - 1.05 * size - Y_TITLE_LIFT);
            labels.push(written(at, Anchor::Start, &self.y.title, Ink::Muted));
        }
        if !self.title.is_empty() {
            labels.push(Shape::Text {
                at: (left, top + form.title_px()),
                anchor: Anchor::Start,
                markup: self.title.clone(),
                ink: Ink::Text,
                size: form.title_px(),
                bold: true,
                halo: false,
            });
        }
        lines.extend(labels);
        lines
    }

    fn draw(&self, mark: &Mark, window: &Rect, shapes: &mut Vec<Shape>, obstacles: &mut Obstacles) {
        match mark {
            Mark::Curve {
                points,
                stroke,
                headed,
            } => {
                let points: Vec<Point> = points.iter().map(|p| self.place(*p, window)).collect();
                let pieces = clip::pieces(&points, window);
                // heavy lines are worse to cover than contours and reference lines
                let weight = if stroke.width < 1.5 { 0.5 } else { 1.0 };
                let last = pieces.len().saturating_sub(1);
                for (i, piece) in pieces.into_iter().enumerate() {
                    let mut piece = clip::simplify(&piece, TOLERANCE_PX / stroke.width.min(1.5));
                    if *headed && i == last && piece.len() > 1 {
                        let (from, tip) = (piece[piece.len() - 2], piece[piece.len() - 1]);
                        push_head(from, tip, arrow::HEAD_PX, stroke.ink, shapes, obstacles);
                        piece.pop();
                        piece.push(arrow::shaft_end(from, tip, arrow::HEAD_PX));
                    }
                    // labels may stand on the edge of a band
                    if *stroke != MESH {
                        obstacles.lines.push((piece.clone(), weight));
                    }
                    if self.cased && stroke.width >= 1.5 {
                        shapes.push(casing(&piece, *stroke));
                    }
                    shapes.push(Shape::Line {
                        points: piece,
                        stroke: *stroke,
                    });
                }
            }
            Mark::Area {
                points,
                ink,
                opacity,
            } => {
                let inside = |p: &Point| {
                    let (x, y) = self.place(*p, window);
                    (
                        x.clamp(window.left, window.right),
                        y.clamp(window.top, window.bottom),
                    )
                };
                let points = points.iter().map(inside).collect();
                shapes.push(Shape::Fill {
                    points,
                    ink: *ink,
                    opacity: *opacity,
                });
            }
            Mark::Region { rings, ink } => {
                for ring in rings {
                    let points: Vec<Point> = ring.iter().map(|p| self.place(*p, window)).collect();
                    shapes.extend(filled_ring(&points, *ink));
                }
            }
            Mark::Dots {
                points,
                dot,
                radius,
                ink,
            } => {
                let points = points.iter().map(|p| self.place(*p, window));
                for center in points.filter(|p| window.grow(0.5).contains(*p)) {
                    obstacles.boxes.push(point_box(center, *radius));
                    shapes.extend(dot_shapes(center, *dot, *radius, *ink));
                }
            }
            Mark::Head {
                from,
                tip,
                length,
                ink,
            } => {
                let (from, tip) = (self.place(*from, window), self.place(*tip, window));
                if window.contains(tip) {
                    push_head(from, tip, *length, *ink, shapes, obstacles);
                }
            }
            Mark::Arrows {
                pairs,
                clear,
                stroke,
            } => {
                let mut heads = Vec::new();
                for (from, to) in pairs {
                    let (from, to) = (self.place(*from, window), self.place(*to, window));
                    let Some((from, tip)) = window.clip(from, to) else {
                        continue;
                    };
                    let whole = (tip.0 - from.0).hypot(tip.1 - from.1);
                    let clear = if whole > 4.0 * clear { *clear } else { 0.0 };
                    let length = whole - clear;
                    let along = length / whole.max(f64::MIN_POSITIVE);
                    let tip = (
                        from.0 + along * (tip.0 - from.0),
                        from.1 + along * (tip.1 - from.1),
                    );
                    // shorter than this, an arrow is a blot under the next dot
                    if length < 2.5 {
                        continue;
                    }
                    let head = arrow::HEAD_PX.min(0.6 * length);
                    let points = vec![from, arrow::shaft_end(from, tip, head)];
                    obstacles.lines.push((points.clone(), 1.0));
                    if self.cased {
                        shapes.push(casing(&points, *stroke));
                    }
                    shapes.push(Shape::Line {
                        points,
                        stroke: *stroke,
                    });
                    push_head(from, tip, head, stroke.ink, &mut heads, obstacles);
                }
                shapes.append(&mut heads);
            }
        }
    }
}

/// A closed ring as a filled polygon, thinned; `None` where nothing of it can be seen.
pub(crate) fn filled_ring(points: &[Point], ink: Ink) -> Option<Shape> {
    let mut points = points.to_vec();
    points.push(*points.first()?);
    let mut points = clip::simplify(&points, TOLERANCE_PX);
    points.pop();
    (points.len() > 2).then_some(Shape::Fill {
        points,
        ink,
        opacity: 1.0,
    })
}

/// A rim in the colour of the page that parts a line from the colours below it.
pub(crate) fn casing(points: &[Point], stroke: Stroke) -> Shape {
    Shape::Line {
        points: points.to_vec(),
        stroke: Stroke::solid(Ink::Surface).width(stroke.width + 2.0),
    }
}

pub(crate) fn push_head(
    from: Point,
    tip: Point,
    length: f64,
    ink: Ink,
    shapes: &mut Vec<Shape>,
    obstacles: &mut Obstacles,
) {
    let points = arrow::head(from, tip, length);
    if !points.is_empty() {
        obstacles.boxes.push(point_box(tip, 0.5 * length));
        shapes.push(Shape::Fill {
            points,
            ink,
            opacity: 1.0,
        });
    }
}

pub(crate) fn point_box(center: Point, radius: f64) -> Rect {
    let (left, top) = center;
    Rect {
        left,
        top,
        right: left,
        bottom: top,
    }
    .grow(radius)
}

pub(crate) fn dot_shapes(center: Point, dot: Dot, radius: f64, ink: Ink) -> Vec<Shape> {
    let disc = |rim, opacity| {
        vec![Shape::Disc {
            center,
            radius,
            ink,
            rim,
            opacity,
        }]
    };
    let fill = |points, ink| Shape::Fill {
        points,
        ink,
        opacity: 1.0,
    };
    match dot {
        Dot::Disc => disc(Rim::Surface, 1.0),
        Dot::Speck => disc(Rim::None, 1.0),
        Dot::Haze => disc(Rim::None, 0.45),
        Dot::Ring => disc(Rim::Hollow, 1.0),
        Dot::Square => vec![
            fill(arrow::square(center, radius + 1.0), Ink::Surface),
            fill(arrow::square(center, radius), ink),
        ],
        Dot::Star => vec![
            fill(arrow::star(center, radius + 2.2), Ink::Surface),
            fill(arrow::star(center, radius), ink),
        ],
    }
}

pub(crate) fn corner_label(markup: &str, ink: Ink, window: &Rect) -> Label {
    Label {
        markup: markup.to_owned(),
        ink,
        anchors: vec![
            (window.right - 4.0, window.top),
            (window.left + 4.0, window.top),
            (window.right - 4.0, window.bottom),
            (window.left + 4.0, window.bottom),
        ],
        sides: vec![
            Side::BelowLeft,
            Side::BelowRight,
            Side::AboveLeft,
            Side::AboveRight,
        ],
        gap: 5.0,
    }
}

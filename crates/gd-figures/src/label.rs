//! Where labels go: beside what they name, inside the panel, off lines, dots and each other.

use crate::Point;
use crate::clip::Rect;
use crate::shape::{Anchor, Shape, text_box};
use crate::style::Ink;

/// On which side of its anchor a label stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Centred above.
    Above,
    /// Centred below.
    Below,
    /// To the left.
    Left,
    /// To the right.
    Right,
    /// Above, ending at the anchor.
    AboveLeft,
    /// Above, beginning at the anchor.
    AboveRight,
    /// Below, ending at the anchor.
    BelowLeft,
    /// Below, beginning at the anchor.
    BelowRight,
    /// On the anchor itself, for the heights of contour lines.
    On,
}

impl Side {
    /// All sides beside the anchor, in the order they are tried.
    pub const BESIDE: [Side; 8] = [
        Side::AboveRight,
        Side::AboveLeft,
        Side::Right,
        Side::Left,
        Side::BelowRight,
        Side::BelowLeft,
        Side::Above,
        Side::Below,
    ];

    /// Text position for an anchor and a distance.
    fn place(self, (x, y): Point, gap: f64, size: f64) -> (Point, Anchor) {
        let ascent = 0.8 * size;
        let descent = 0.22 * size;
        let up = y - gap - descent;
        let down = y + gap + ascent;
        let level = y + 0.36 * size;
        match self {
            Side::Above => ((x, up), Anchor::Middle),
            Side::Below => ((x, down), Anchor::Middle),
            Side::Left => ((x - gap - 2.0, level), Anchor::End),
            Side::Right => ((x + gap + 2.0, level), Anchor::Start),
            Side::AboveLeft => ((x - 0.5 * gap, up), Anchor::End),
            Side::AboveRight => ((x + 0.5 * gap, up), Anchor::Start),
            Side::BelowLeft => ((x - 0.5 * gap, down), Anchor::End),
            Side::BelowRight => ((x + 0.5 * gap, down), Anchor::Start),
            Side::On => ((x, level), Anchor::Middle),
        }
    }
}

/// A label that looks for its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// The text; symbols between asterisks.
    pub markup: String,
    /// Its ink.
    pub ink: Ink,
    /// Points, in css px, that it may stand beside; earlier ones are preferred.
    pub anchors: Vec<Point>,
    /// Sides that it may stand on; earlier ones are preferred.
    pub sides: Vec<Side>,
    /// Distance from the anchor.
    pub gap: f64,
}

/// What labels keep off.
#[derive(Clone, Debug, Default)]
pub struct Obstacles {
    /// Curves, each with its weight: how bad a px of it under a label is.
    pub lines: Vec<(Vec<Point>, f64)>,
    /// Dots, stars, heads of arrows.
    pub boxes: Vec<Rect>,
}

impl Obstacles {
    /// Whether a thin line runs through a label and no heavy one does: only a thin one may be cut.
    fn on_thin_line(&self, area: &Rect) -> bool {
        let crossed = |points: &[Point]| {
            points
                .windows(2)
                .any(|pair| area.clip(pair[0], pair[1]).is_some())
        };
        let mut hit = self
            .lines
            .iter()
            .filter(|(points, _)| crossed(points))
            .map(|(_, weight)| *weight)
            .peekable();
        hit.peek().is_some() && hit.all(|weight| weight < 1.0)
    }
}

/// Places the labels, the first one first, and returns them as shapes. A label that has to stand
/// on a thin line, as the height of a contour line does, cuts it: a halo would let the line
/// through between the letters.
pub fn place(labels: &[Label], window: &Rect, obstacles: &Obstacles, size: f64) -> Vec<Shape> {
    let mut taken: Vec<Rect> = Vec::new();
    let mut cuts = Vec::new();
    let mut texts = Vec::new();
    for label in labels {
        let mut best: Option<(f64, Point, Anchor, Rect)> = None;
        for (cost, at, anchor) in candidates(label, window, size) {
            // what is in the way only adds to the cost
            if best.as_ref().is_some_and(|(least, ..)| cost >= *least) {
                continue;
            }
            let area = text_box(at, anchor, &label.markup, size);
            let cost = cost + crowd(&area, &taken, obstacles);
            if best.as_ref().is_none_or(|(least, ..)| cost < *least) {
                best = Some((cost, at, anchor, area));
            }
        }
        let Some((_, at, anchor, area)) = best else {
            continue;
        };
        if obstacles.on_thin_line(&area) {
            cuts.push(Shape::Fill {
                points: corners(&area.grow(1.0)),
                ink: Ink::Surface,
                opacity: 1.0,
            });
        }
        taken.push(area);
        texts.push(Shape::Text {
            at,
            anchor,
            markup: label.markup.clone(),
            ink: label.ink,
            size,
            bold: false,
            halo: true,
        });
    }
    cuts.append(&mut texts);
    cuts
}

fn corners(area: &Rect) -> Vec<Point> {
    vec![
        (area.left, area.top),
        (area.right, area.top),
        (area.right, area.bottom),
        (area.left, area.bottom),
    ]
}

/// Every place a label may take, with the cost of its not being the preferred one. A place
/// that reaches over the border is moved inside, at a cost.
fn candidates(
    label: &Label,
    window: &Rect,
    size: f64,
) -> impl Iterator<Item = (f64, Point, Anchor)> {
    let inside = window.grow(-2.0);
    let anchors = label.anchors.iter().enumerate();
    anchors.flat_map(move |(i, &point)| {
        let sides = label.sides.iter().enumerate();
        sides.flat_map(move |(k, side)| {
            [1.0, 2.2, 4.0].into_iter().map(move |stretch| {
                let (at, anchor) = side.place(point, label.gap * stretch, size);
                let area = text_box(at, anchor, &label.markup, size);
                let dx = (inside.left - area.left).max(0.0) + (inside.right - area.right).min(0.0);
                let dy = (inside.top - area.top).max(0.0) + (inside.bottom - area.bottom).min(0.0);
                let cost = 0.4 * i as f64
                    + 3.0 * k as f64
                    + 8.0 * (stretch - 1.0)
                    + if dx != 0.0 || dy != 0.0 { 12.0 } else { 0.0 }
                    + 1.5 * dx.abs()
                    + 1.5 * dy.abs();
                (cost, (at.0 + dx, at.1 + dy), anchor)
            })
        })
    })
}

/// The cost of what already stands where a label would.
fn crowd(area: &Rect, taken: &[Rect], obstacles: &Obstacles) -> f64 {
    let roomy = area.grow(2.0);
    let labels = taken
        .iter()
        .filter(|other| other.grow(3.0).overlaps(&roomy))
        .count();
    let dots = obstacles
        .boxes
        .iter()
        .filter(|dot| dot.overlaps(&roomy))
        .count();
    let mut lines = 0.0;
    for (points, weight) in &obstacles.lines {
        for pair in points.windows(2) {
            if let Some((a, b)) = roomy.clip(pair[0], pair[1]) {
                lines += weight * (3.0 + (b.0 - a.0).hypot(b.1 - a.1));
            }
        }
    }
    1e4 * labels as f64 + 60.0 * dots as f64 + lines
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOW: Rect = Rect {
        left: 0.0,
        top: 0.0,
        right: 300.0,
        bottom: 200.0,
    };

    fn label(at: Point) -> Label {
        Label {
            markup: "最小值".to_owned(),
            ink: Ink::Data,
            anchors: vec![at],
            sides: Side::BESIDE.to_vec(),
            gap: 6.0,
        }
    }

    fn boxes(shapes: &[Shape]) -> Vec<Rect> {
        let area = |shape: &Shape| match shape {
            Shape::Text {
                at,
                anchor,
                markup,
                size,
                ..
            } => text_box(*at, *anchor, markup, *size),
            _ => panic!("only labels"),
        };
        shapes.iter().map(area).collect()
    }

    #[test]
    fn labels_stay_inside_and_apart() {
        let labels: Vec<Label> = [(1.0, 1.0), (2.0, 3.0), (299.0, 199.0), (298.0, 190.0)]
            .map(label)
            .to_vec();
        let boxes = boxes(&place(&labels, &WINDOW, &Obstacles::default(), 12.0));
        for (i, a) in boxes.iter().enumerate() {
            assert!(WINDOW.encloses(a), "{a:?}");
            assert!(boxes[i + 1..].iter().all(|b| !a.overlaps(b)));
        }
    }

    #[test]
    fn a_label_leaves_a_curve_free() {
        // a falling line: above right is free, on it is not
        let obstacles = Obstacles {
            lines: vec![(vec![(0.0, 0.0), (300.0, 200.0)], 1.0)],
            boxes: Vec::new(),
        };
        let boxes = boxes(&place(&[label((150.0, 100.0))], &WINDOW, &obstacles, 12.0));
        assert!(boxes[0].clip((0.0, 0.0), (300.0, 200.0)).is_none());
    }

    #[test]
    fn a_label_cuts_a_thin_line_but_no_heavy_one() {
        let cut = |weight| {
            let obstacles = Obstacles {
                lines: vec![(vec![(0.0, 100.0), (300.0, 100.0)], weight)],
                boxes: Vec::new(),
            };
            let mut height = label((150.0, 100.0));
            height.sides = vec![Side::On];
            let shapes = place(&[height], &WINDOW, &obstacles, 12.0);
            matches!(shapes[0], Shape::Fill { .. })
        };
        assert!(cut(0.5) && !cut(1.0));
    }
}

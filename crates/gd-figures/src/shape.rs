//! What a picture is made of before it becomes SVG: shapes in css px, y downwards.

use crate::Point;
use crate::clip::Rect;
use crate::style::{Form, Ink, Stroke};
use crate::text;

/// A finished picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    /// Which form it is.
    pub form: Form,
    /// Its width in css px.
    pub width: f64,
    /// Its height in css px.
    pub height: f64,
    /// Its shapes, from back to front.
    pub shapes: Vec<Shape>,
}

/// Which point of a line of text its position means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Its left end.
    Start,
    /// Its middle.
    Middle,
    /// Its right end.
    End,
}

/// What surrounds a dot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rim {
    /// Nothing.
    None,
    /// A thin rim in the colour of the page, which parts neighbours.
    Surface,
    /// A rim in the ink; the dot itself has the colour of the page.
    Hollow,
}

/// One mark. Every shape becomes exactly one element of plotters' SVG.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// An open polyline.
    Line {
        /// Its corners.
        points: Vec<Point>,
        /// Its look.
        stroke: Stroke,
    },
    /// A filled polygon.
    Fill {
        /// Its corners.
        points: Vec<Point>,
        /// Its ink.
        ink: Ink,
        /// Its opacity, 0 to 1.
        opacity: f64,
    },
    /// A dot.
    Disc {
        /// Its middle.
        center: Point,
        /// Its radius.
        radius: f64,
        /// Its ink.
        ink: Ink,
        /// What surrounds it.
        rim: Rim,
        /// Its opacity, 0 to 1; only for discs without a rim, whose overlaps do not add up.
        opacity: f64,
    },
    /// A line of text.
    Text {
        /// The anchor on the baseline.
        at: Point,
        /// What `at` means.
        anchor: Anchor,
        /// The text; symbols between asterisks.
        markup: String,
        /// Its ink.
        ink: Ink,
        /// Its size.
        size: f64,
        /// Semibold, for titles.
        bold: bool,
        /// A rim in the colour of the page keeps lines below it off the letters.
        halo: bool,
    },
}

/// The box of a line of text by the estimate of its width.
pub fn text_box(at: Point, anchor: Anchor, markup: &str, size: f64) -> Rect {
    let width = text::width(markup, size);
    let left = match anchor {
        Anchor::Start => at.0,
        Anchor::Middle => at.0 - width / 2.0,
        Anchor::End => at.0 - width,
    };
    Rect {
        left,
        top: at.1 - 0.88 * size,
        right: left + width,
        bottom: at.1 + 0.2 * size,
    }
}

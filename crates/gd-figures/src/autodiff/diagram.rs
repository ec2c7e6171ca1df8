//! A computation graph as boxes and arrows, with the numbers of one sweep forwards and one back.

use gd_core::autodiff::scalar::Node;

use crate::Point;
use crate::arrow;
use crate::shape::{Anchor, Drawing, Shape};
use crate::style::{Form, Ink, Stroke};
use crate::text;

/// A graph, record by record as on the tape.
pub struct Graph {
    /// What stands in the first line of each box.
    pub titles: Vec<&'static str>,
    /// The records.
    pub nodes: Vec<Node<f64>>,
    /// The derivative of the last record by each.
    pub adjoints: Vec<f64>,
    /// The letter of the last record.
    pub output: &'static str,
}

/// Where the boxes are, by form.
pub struct Places<'a> {
    /// The middles of the boxes.
    pub middles: &'a [Point],
    /// The width of a box.
    pub width: f64,
    /// The height of the boxes alone.
    pub height: f64,
}

const LINE: f64 = 17.0;
const BOX_HEIGHT: f64 = 3.0 * LINE + 7.0;

impl Graph {
    /// Draws it; the key to the colours stands below.
    pub fn draw(&self, form: Form, places: &Places<'_>) -> Drawing {
        let mut shapes = Vec::new();
        let mean = |coordinate: fn(&Point) -> f64| {
            places.middles.iter().map(coordinate).sum::<f64>() / places.middles.len() as f64
        };
        let center = (mean(|p| p.0), mean(|p| p.1));
        for (to, node) in self.nodes.iter().enumerate() {
            let mut inputs: Vec<(usize, f64)> = node.inputs.into_iter().flatten().collect();
            // a square by x·x has its input twice: one arrow, with both slopes added
            if let [(a, first), (b, second)] = inputs[..]
                && a == b
            {
                inputs = vec![(a, first + second)];
            }
            for (from, slope) in inputs {
                let ends = [from, to].map(|i| places.middles[i]);
                edge(form, ends, center, places.width, slope, &mut shapes);
            }
        }
        for (i, &middle) in places.middles.iter().enumerate() {
            self.record(form, i, middle, places.width, &mut shapes);
        }
        let size = form.text_px();
        let adjoint = format!("红：伴随 ∂*{}*/∂*v*，反向算", self.output);
        let key = [
            ("蓝：值，前向算", Ink::Data),
            (adjoint.as_str(), Ink::Path),
            ("箭头旁：局部导数", Ink::Muted),
        ];
        let mut at = (form.pick(8.0, 4.0), places.height + 14.0 + size);
        for (markup, ink) in key {
            shapes.push(written(form, at, Anchor::Start, markup, ink));
            match form {
                Form::Wide => at.0 += text::width(markup, size) + 28.0,
                Form::Narrow => at.1 += LINE,
            }
        }
        Drawing {
            form,
            width: form.width(),
            height: places.height + 18.0 + form.pick(1.0, 3.0) * LINE,
            shapes,
        }
    }

    fn record(&self, form: Form, i: usize, (x, y): Point, width: f64, shapes: &mut Vec<Shape>) {
        let (half, up) = (width / 2.0, BOX_HEIGHT / 2.0);
        let corners = vec![
            (x - half, y - up),
            (x + half, y - up),
            (x + half, y + up),
            (x - half, y + up),
            (x - half, y - up),
        ];
        let is_leaf = self.nodes[i].inputs[0].is_none();
        shapes.push(Shape::Line {
            points: corners,
            stroke: Stroke::thin(if is_leaf { Ink::Muted } else { Ink::Axis }).width(if is_leaf {
                1.8
            } else {
                1.0
            }),
        });
        let value = text::fixed(self.nodes[i].value, 3);
        let adjoint = text::fixed(self.adjoints[i], 3);
        let lines = [
            (self.titles[i], Ink::Text),
            (&value, Ink::Data),
            (&adjoint, Ink::Path),
        ];
        for (k, (markup, ink)) in lines.into_iter().enumerate() {
            let baseline = y - up + LINE * (k as f64 + 1.0) - 0.5;
            shapes.push(written(form, (x, baseline), Anchor::Middle, markup, ink));
        }
    }
}

/// An arrow from box to box, with its slope beside it.
fn edge(
    form: Form,
    [from, to]: [Point; 2],
    center: Point,
    width: f64,
    slope: f64,
    shapes: &mut Vec<Shape>,
) {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    // how much of the way lies in a box
    let inside = (width / 2.0 / dx.abs()).min(BOX_HEIGHT / 2.0 / dy.abs());
    let along = |t: f64| (from.0 + t * dx, from.1 + t * dy);
    let length = dx.hypot(dy);
    let (start, tip) = (
        along(inside + 2.0 / length),
        along(1.0 - inside - 2.0 / length),
    );
    shapes.push(Shape::Line {
        points: vec![start, arrow::shaft_end(start, tip, arrow::HEAD_PX)],
        stroke: Stroke::solid(Ink::Muted).width(1.3),
    });
    shapes.push(Shape::Fill {
        points: arrow::head(start, tip, arrow::HEAD_PX),
        ink: Ink::Muted,
        opacity: 1.0,
    });
    let size = form.text_px();
    let middle = along(0.5);
    let (at, anchor) = if dy.abs() < 0.2 * dx.abs() {
        ((middle.0, middle.1 - 6.0), Anchor::Middle)
    } else if dx.abs() < 0.2 * dy.abs() {
        ((middle.0 + 7.0, middle.1 + 0.36 * size), Anchor::Start)
    } else {
        // on the side that faces away from the middle of the graph
        let away = dy * (middle.0 - center.0) - dx * (middle.1 - center.1);
        let (x, y) = (dy / length * away.signum(), -dx / length * away.signum());
        let anchor = if x > 0.0 { Anchor::Start } else { Anchor::End };
        let baseline = middle.1 + 6.0 * y + (0.36 + 0.44 * y) * size;
        ((middle.0 + 6.0 * x, baseline), anchor)
    };
    shapes.push(written(
        form,
        at,
        anchor,
        &text::fixed(slope, 3),
        Ink::Muted,
    ));
}

fn written(form: Form, at: Point, anchor: Anchor, markup: &str, ink: Ink) -> Shape {
    Shape::Text {
        at,
        anchor,
        markup: markup.to_owned(),
        ink,
        size: form.text_px(),
        bold: false,
        halo: false,
    }
}

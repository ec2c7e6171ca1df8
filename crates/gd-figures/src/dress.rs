//! Rewrites the elements that plotters wrote: looks it does not know, and half the bytes.

use std::fmt::Write as _;

use crate::shape::{Drawing, Rim, Shape};
use crate::style::Ink;
use crate::svg::SCALE;
use crate::text;

/// Rewrites plotters' elements in step with the shapes they were drawn from.
pub(crate) fn dress(out: &mut String, raw: &str, drawing: &Drawing) {
    // a text's content stands on lines of its own; only lines that open an element count
    let mut elements = raw
        .lines()
        .skip(1)
        .filter(|l| l.starts_with('<') && !l.starts_with("</"));
    let mut group = Group::default();
    for shape in &drawing.shapes {
        let element = elements.next().expect("one element for each shape");
        match shape {
            Shape::Line { stroke, .. } => {
                let mut look = format!(
                    "stroke=\"{}\" stroke-width=\"{}\"",
                    attribute(element, "stroke").to_lowercase(),
                    attribute(element, "stroke-width"),
                );
                let pattern = stroke.dash.pattern().iter();
                let pattern: Vec<String> = pattern
                    .map(|px| format!("{}", (px * SCALE).round()))
                    .collect();
                if !pattern.is_empty() {
                    let _ = write!(look, " stroke-dasharray=\"{}\"", pattern.join(" "));
                }
                if stroke.opacity < 1.0 {
                    let _ = write!(look, " opacity=\"{}\"", stroke.opacity);
                }
                group.add(out, Kind::Path, look, &path_data(element, false));
            }
            Shape::Fill { opacity, .. } => {
                let mut look = format!("fill=\"{}\"", attribute(element, "fill").to_lowercase());
                if *opacity < 1.0 {
                    let _ = write!(look, " opacity=\"{opacity}\"");
                }
                group.add(out, Kind::Path, look, &path_data(element, true));
            }
            Shape::Disc {
                radius,
                rim,
                opacity,
                ..
            } => {
                let ink = attribute(element, "fill").to_lowercase();
                let surface = format!("#{:06x}", Ink::Surface.light());
                let [x, y, r] = ["cx", "cy", "r"].map(|name| attribute(element, name));
                let (fill, rim, width) = match rim {
                    Rim::None => {
                        // a line of no length whose round caps are the dot
                        let width = (2.0 * radius * SCALE).round();
                        let mut look = format!("stroke=\"{ink}\" stroke-width=\"{width}\"");
                        if *opacity < 1.0 {
                            let _ = write!(look, " opacity=\"{opacity}\"");
                        }
                        group.add(out, Kind::Path, look, &format!("M{x} {y}h0"));
                        continue;
                    }
                    Rim::Surface => (ink, surface, 1.0),
                    Rim::Hollow => (surface, ink, 1.6),
                };
                let look = format!(
                    "fill=\"{fill}\" stroke=\"{rim}\" stroke-width=\"{}\"",
                    (width * SCALE).round()
                );
                let body = format!("circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\"");
                group.add(out, Kind::Circle, look, &body);
            }
            Shape::Text {
                markup,
                size,
                bold,
                halo,
                ..
            } => {
                let mut look = format!("fill=\"{}\"", attribute(element, "fill").to_lowercase());
                match attribute(element, "text-anchor") {
                    "start" => {}
                    anchor => {
                        let _ = write!(look, " text-anchor=\"{anchor}\"");
                    }
                }
                if *size != drawing.form.text_px() {
                    let _ = write!(look, " font-size=\"{}\"", size * SCALE);
                }
                if *bold {
                    look.push_str(" font-weight=\"600\"");
                }
                if *halo {
                    let _ = write!(
                        look,
                        " stroke=\"#{:06x}\" stroke-width=\"{}\" paint-order=\"stroke\"",
                        Ink::Surface.light(),
                        3.5 * SCALE
                    );
                }
                let [x, y] = ["x", "y"].map(|name| attribute(element, name));
                let body = format!("x=\"{x}\" y=\"{y}\">{}", spans(markup));
                group.add(out, Kind::Text, look, &body);
            }
        }
    }
    group.close(out);
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Kind {
    #[default]
    Nothing,
    Path,
    Circle,
    Text,
}

/// Neighbours of one kind and one look: they become one path, or share their attributes.
#[derive(Default)]
struct Group {
    kind: Kind,
    look: String,
    bodies: Vec<String>,
}

impl Group {
    fn add(&mut self, out: &mut String, kind: Kind, look: String, body: &str) {
        if self.kind != kind || self.look != look {
            self.close(out);
            self.kind = kind;
            self.look = look;
        }
        self.bodies.push(body.to_owned());
    }

    fn close(&mut self, out: &mut String) {
        let Group { kind, look, bodies } = std::mem::take(self);
        match (kind, bodies.as_slice()) {
            (Kind::Nothing, _) | (_, []) => {}
            (Kind::Path, bodies) => {
                let _ = write!(out, "<path {look} d=\"{}\"/>", bodies.concat());
            }
            (Kind::Circle, [one]) => {
                let _ = write!(out, "<{one} {look}/>");
            }
            (Kind::Text, [one]) => {
                let _ = write!(out, "<text {look} {one}</text>");
            }
            (Kind::Circle, many) => {
                let _ = write!(out, "<g {look}><{}/></g>", many.join("/><"));
            }
            (Kind::Text, many) => {
                let texts = many.join("</text><text ");
                let _ = write!(out, "<g {look}><text {texts}</text></g>");
            }
        }
    }
}

/// The value of an attribute of one element.
pub(crate) fn attribute<'a>(element: &'a str, name: &str) -> &'a str {
    let start = element
        .find(&format!(" {name}=\""))
        .map(|at| at + name.len() + 3);
    let start = start.expect("the element has this attribute");
    let length = element[start..].find('"').unwrap_or(0);
    &element[start..start + length]
}

/// Path data with relative steps, half as long as the points attribute of plotters.
fn path_data(element: &str, closed: bool) -> String {
    let mut data = String::new();
    let mut last: Option<(i64, i64)> = None;
    for pair in attribute(element, "points").split_ascii_whitespace() {
        let (x, y) = pair.split_once(',').expect("plotters writes x,y");
        let [x, y] = [x, y].map(|v| v.parse::<i64>().expect("plotters writes integers"));
        match last {
            None => {
                let _ = write!(data, "M{x}");
                number(&mut data, y);
                data.push('l');
            }
            Some(at) if at == (x, y) => continue,
            Some(at) => {
                number(&mut data, x - at.0);
                number(&mut data, y - at.1);
            }
        }
        last = Some((x, y));
    }
    if data.ends_with('l') {
        data.push_str("0 0");
    }
    if closed {
        data.push('z');
    }
    data
}

/// Appends a number; a minus sign separates as well as a space does.
fn number(data: &mut String, n: i64) {
    if n >= 0 && !data.ends_with('l') {
        data.push(' ');
    }
    let _ = write!(data, "{n}");
}

fn spans(markup: &str) -> String {
    let mut out = String::new();
    for run in text::runs(markup) {
        let content = text::escape(&run.text);
        if run.italic {
            let _ = write!(
                out,
                "<tspan font-style=\"italic\" font-family=\"var(--gd-math,serif)\">{content}</tspan>"
            );
        } else {
            out.push_str(&content);
        }
    }
    out
}

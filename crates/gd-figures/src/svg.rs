//! From shapes to SVG: plotters draws them, then the output is made small and follows the theme.
//!
//! plotters' SVG backend knows integer pixels, plain colours and solid lines. So it draws on a
//! canvas [`SCALE`] times larger, which makes curves smooth, and since every shape becomes
//! exactly one element, the elements are rewritten in step with the shapes: dashes, halos and
//! italics are added, equal neighbours share their attributes, colours become CSS variables.

use plotters::coord::Shift;
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use crate::dress::{attribute, dress};
use crate::shape::{Anchor, Drawing, Shape};
use crate::style::{self, Form, Ink};
use crate::text;

/// Units of the canvas per css px.
pub const SCALE: f64 = 16.0;
/// Margin of a picture in a file of its own, in css px.
const MARGIN_PX: f64 = 12.0;

/// The fonts of a picture that is a file of its own.
const FONTS: &str = "system-ui,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif";

type Canvas<'a> = DrawingArea<SVGBackend<'a>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;

/// The drawing as one line of SVG to be put into a page: no id, no style element, colours
/// through the variables of [`style::theme_css`].
pub fn inline(drawing: &Drawing) -> String {
    let mut svg = root(drawing);
    dress(&mut svg, &draw(drawing), drawing);
    svg.push_str("</svg>");
    recolour(&svg)
}

/// The same picture as a file of its own: with a namespace, its own light and dark colours,
/// fonts and background.
pub fn standalone(inline: &str) -> String {
    let css = format!(
        "svg{{{}--gd-math:'Times New Roman',serif;\
         font-family:{FONTS}}}\
         @media(prefers-color-scheme:dark){{svg{{{}}}}}",
        style::variables(false),
        style::variables(true),
    );
    let end = inline.find('>').map_or(0, |end| end + 1);
    let (head, shapes) = inline.split_at(end);
    let size = |name| attribute(head, name).parse::<f64>().unwrap_or_default();
    let (width, height) = (size("width"), size("height"));
    // on a page the text around a picture keeps its distance; a file needs a margin
    let edge = -MARGIN_PX * SCALE;
    let (full_width, full_height) = (width + 2.0 * MARGIN_PX, height + 2.0 * MARGIN_PX);
    let head = head
        .replacen("<svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"", 1)
        .replacen(
            &format!("width=\"{width}\""),
            &format!("width=\"{full_width}\""),
            1,
        )
        .replacen(
            &format!("height=\"{height}\""),
            &format!("height=\"{full_height}\""),
            1,
        )
        .replacen(
            &format!("\"0 0 {} {}\"", width * SCALE, height * SCALE),
            &format!(
                "\"{edge} {edge} {} {}\"",
                full_width * SCALE,
                full_height * SCALE
            ),
            1,
        );
    let surface = Ink::Surface.paint();
    format!(
        "{head}<style>{css}</style><rect x=\"{edge}\" y=\"{edge}\" width=\"100%\" \
         height=\"100%\" fill=\"{surface}\"/>{shapes}\n"
    )
}

/// The picture as a file for programs that know no CSS variables and choose no fonts: the light
/// theme in plain colours, all text in the font family given.
pub fn plain(inline: &str, family: &str) -> String {
    let mut plain = String::with_capacity(inline.len());
    let standalone = standalone(inline)
        .replacen("<svg ", &format!("<svg font-family=\"{family}\" "), 1)
        .replace("var(--gd-math,serif)", family);
    let mut rest = standalone.as_str();
    while let Some(start) = rest.find("=\"var(--gd-") {
        let (head, tail) = rest.split_at(start + 2);
        plain.push_str(head);
        let end = tail.find(')').unwrap_or(tail.len());
        plain.push_str(tail[..end].rsplit(',').next().unwrap_or_default());
        rest = &tail[(end + 1).min(tail.len())..];
    }
    plain.push_str(rest);
    plain
}

fn root(drawing: &Drawing) -> String {
    let (width, height) = (drawing.width.ceil(), drawing.height.ceil());
    format!(
        "<svg class=\"gd-figure gd-{}\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {} {}\" fill=\"none\" stroke-linecap=\"round\" \
         stroke-linejoin=\"round\" font-size=\"{}\">",
        match drawing.form {
            Form::Wide => "wide",
            Form::Narrow => "narrow",
        },
        width * SCALE,
        height * SCALE,
        drawing.form.text_px() * SCALE,
    )
}

/// What plotters makes of the shapes: one element a shape.
fn draw(drawing: &Drawing) -> String {
    let (width, height) = (drawing.width.ceil(), drawing.height.ceil());
    let pixels = ((width * SCALE) as u32, (height * SCALE) as u32);
    let mut raw = String::new();
    {
        let area: DrawingArea<_, Shift> =
            SVGBackend::with_string(&mut raw, pixels).into_drawing_area();
        // css px, y downwards, onto the larger canvas
        let area = area.apply_coord_spec(Cartesian2d::<RangedCoordf64, RangedCoordf64>::new(
            0.0..width,
            0.0..height,
            (0..pixels.0 as i32, 0..pixels.1 as i32),
        ));
        for shape in &drawing.shapes {
            let drawn = draw_shape(&area, shape);
            drawn.expect("drawing into a string cannot fail");
        }
        area.present().expect("drawing into a string cannot fail");
    }
    raw
}

fn draw_shape(
    area: &Canvas<'_>,
    shape: &Shape,
) -> Result<(), DrawingAreaErrorKind<std::io::Error>> {
    match shape {
        Shape::Line { points, stroke } => {
            let width = (stroke.width * SCALE).round() as u32;
            let style = rgb(stroke.ink).stroke_width(width);
            area.draw(&PathElement::new(points.clone(), style))
        }
        Shape::Fill { points, ink, .. } => {
            area.draw(&Polygon::new(points.clone(), rgb(*ink).filled()))
        }
        Shape::Disc {
            center,
            radius,
            ink,
            ..
        } => {
            let radius = (radius * SCALE).round() as i32;
            area.draw(&Circle::new(*center, radius, rgb(*ink).filled()))
        }
        Shape::Text {
            at,
            anchor,
            markup,
            ink,
            size,
            ..
        } => {
            let h_pos = match anchor {
                Anchor::Start => HPos::Left,
                Anchor::Middle => HPos::Center,
                Anchor::End => HPos::Right,
            };
            let font = ("sans-serif", size * SCALE).into_font();
            let style = font.color(&rgb(*ink)).pos(Pos::new(h_pos, VPos::Bottom));
            area.draw(&Text::new(text::plain(markup), *at, style))
        }
    }
}

fn rgb(ink: Ink) -> RGBColor {
    let [_, r, g, b] = ink.light().to_be_bytes();
    RGBColor(r, g, b)
}

/// Turns the light colours of the palette into variables that fall back to them.
fn recolour(svg: &str) -> String {
    Ink::ALL.iter().fold(svg.to_owned(), |svg, ink| {
        svg.replace(
            &format!("\"#{:06x}\"", ink.light()),
            &format!("\"{}\"", ink.paint()),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Point;
    use crate::shape::Rim;
    use crate::style::{Dash, Stroke};

    fn sample() -> Drawing {
        let line = |points: &[Point], stroke| Shape::Line {
            points: points.to_vec(),
            stroke,
        };
        let mut shapes = vec![
            line(&[(1.0, 2.0), (3.0, 4.0), (2.0, 5.5)], Stroke::truth()),
            line(&[(10.0, 2.0), (30.0, 2.0)], Stroke::truth()),
        ];
        for ink in Ink::ALL {
            shapes.push(Shape::Disc {
                center: (9.0, 9.0),
                radius: 3.0,
                ink,
                rim: Rim::Surface,
                opacity: 1.0,
            });
            shapes.push(line(&[(0.0, 0.0), (5.0, 5.0)], Stroke::thin(ink)));
        }
        shapes.push(Shape::Text {
            at: (20.0, 20.0),
            anchor: Anchor::End,
            markup: "损失 *L* < 1".to_owned(),
            ink: Ink::Data,
            size: Form::Wide.text_px(),
            bold: false,
            halo: true,
        });
        Drawing {
            form: Form::Wide,
            width: 100.0,
            height: 50.0,
            shapes,
        }
    }

    #[test]
    fn equal_neighbours_become_one_path() {
        let svg = inline(&sample());
        assert!(svg.contains("M16 32l32 32-16 24M160 32l320 0"), "{svg}");
        let dash = Dash::Dashed.pattern().len();
        assert_eq!((dash, svg.matches("stroke-dasharray").count()), (2, 1));
    }

    #[test]
    fn no_colour_is_left_outside_a_variable() {
        let svg = inline(&sample());
        let hexes = svg.match_indices('#').map(|(at, _)| &svg[..at]);
        for before in hexes {
            let variable = before.rfind("var(--gd-").map(|start| &before[start..]);
            assert!(variable.is_some_and(|v| v.ends_with(',')), "…{before}#");
        }
        for ink in Ink::ALL {
            assert!(svg.contains(&ink.paint()), "{ink:?}");
        }
    }

    #[test]
    fn inline_form_is_one_line_without_ids_or_styles() {
        let svg = inline(&sample());
        assert!(!svg.contains(['\n']) && !svg.contains("id=") && !svg.contains("<style"));
        assert!(svg.contains("viewBox=\"0 0 1600 800\"") && svg.contains("width=\"100\""));
        assert!(svg.contains(">损失 <tspan font-style=\"italic\""));
        assert!(svg.contains("</tspan> &lt; 1</text>"));
    }

    #[test]
    fn the_file_form_brings_its_colours_along() {
        let svg = standalone(&inline(&sample()));
        let document = roxmltree::Document::parse(&svg).unwrap();
        let root = document.root_element();
        assert_eq!(
            root.tag_name().namespace(),
            Some("http://www.w3.org/2000/svg")
        );
        assert_eq!(root.attribute("width"), Some("124"));
        assert_eq!(root.attribute("viewBox"), Some("-192 -192 1984 1184"));
        assert!(svg.contains("prefers-color-scheme:dark") && svg.contains("<rect "));
    }
}

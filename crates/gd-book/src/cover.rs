//! The picture that stands for the whole book, in messengers and on the cover: gradient descent in
//! a ravine, computed like every other picture here.

use crate::raster;
use anyhow::Result;
use gd_core::objective::Quadratic;
use gd_core::observer::Trajectory;
use gd_core::optim::Sgd;
use gd_core::{Descent, minimize};
use gd_figures::text::escape;
use ndarray::array;
use std::fmt::Write;

const NIGHT: &str = "#10233f";
const CONTOUR: &str = "#5bb4f0";
const PATH: &str = "#ff8a5c";
const GOAL: &str = "#4fc79a";
const TEXT: &str = "#f4f6fa";

/// Width and height that messengers show whole.
const SHARED: (f64, f64) = (1200.0, 630.0);
/// Width and height of a cover on an e-book shelf.
const COVER: (f64, f64) = (1200.0, 1600.0);

/// The picture for links to the book. It holds no text, so it needs no font.
pub fn shared_png() -> Result<Vec<u8>> {
    raster::png(&picture(SHARED, (0.5, 0.5), ""), 1.0)
}

/// The cover with the title; needs a Chinese font.
pub fn cover_png(title: &str) -> Result<Vec<u8>> {
    let family = raster::chinese_font()?;
    let (head, tail) = title.split_once('：').unwrap_or((title, ""));
    let words = format!(
        "<g fill=\"{TEXT}\" font-family=\"{family}\" text-anchor=\"middle\">\
         <text x=\"600\" y=\"330\" font-size=\"170\" font-weight=\"700\">{}</text>\
         <text x=\"600\" y=\"450\" font-size=\"64\">{}</text></g>",
        escape(head),
        escape(tail),
    );
    raster::png(&picture(COVER, (0.5, 0.64), &words), 1.0)
}

/// Contours of ½(x² + 9y²) and the path that plain gradient descent takes on it, with the minimum
/// at the given fraction of the width and height.
fn picture((width, height): (f64, f64), centre: (f64, f64), words: &str) -> String {
    let curvatures = [1.0, 9.0];
    let mut path = Trajectory::new();
    let mut solver = Descent::new(Sgd::plain(), 0.2);
    let mut start = array![-4.3, 1.15];
    minimize(
        &Quadratic::diagonal(&curvatures),
        &mut solver,
        &mut start,
        14,
        &mut path,
    );

    let unit = 118.0;
    let (x0, y0) = (width * centre.0, height * centre.1);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" fill=\"none\" \
         stroke-linejoin=\"round\" stroke-linecap=\"round\">\
         <rect width=\"{width}\" height=\"{height}\" fill=\"{NIGHT}\"/>"
    );
    for radius in 1..=14 {
        let radius = f64::from(radius) * 0.55;
        let level = radius * radius / 2.0;
        let [rx, ry] = curvatures.map(|curvature: f64| (2.0 * level / curvature).sqrt() * unit);
        let faint = (1.05 - 0.07 * radius).clamp(0.3, 1.0) * 0.7;
        let _ = write!(
            svg,
            "<ellipse cx=\"{x0}\" cy=\"{y0}\" rx=\"{rx:.1}\" ry=\"{ry:.1}\" stroke=\"{CONTOUR}\" \
             stroke-opacity=\"{faint:.2}\" stroke-width=\"3\"/>"
        );
    }
    let points: Vec<(f64, f64)> = path
        .points
        .iter()
        .map(|point| (x0 + unit * point[0], y0 - unit * point[1]))
        .collect();
    let line: Vec<String> = points
        .iter()
        .map(|(x, y)| format!("{x:.1},{y:.1}"))
        .collect();
    let _ = write!(
        svg,
        "<circle cx=\"{x0}\" cy=\"{y0}\" r=\"15\" fill=\"{GOAL}\"/>\
         <polyline points=\"{}\" stroke=\"{PATH}\" stroke-width=\"8\"/>",
        line.join(" ")
    );
    for (x, y) in points {
        let _ = write!(
            svg,
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"11\" fill=\"{PATH}\"/>"
        );
    }
    svg + words + "</svg>"
}

//! Rows of small grey images, each with lines of text below.

use ndarray::ArrayRef1;

use crate::shape::{Anchor, Drawing, Shape};
use crate::style::{Form, Ink, Stroke};

/// Side of an image, in pixels.
const SIDE: usize = 8;
/// Greys that are told apart, of the sixteen: fewer make smaller files.
const GREYS: usize = 8;
const LINE: f64 = 16.0;

/// An image of 64 pixels from 0 to 16, and what stands below it.
pub struct Picture {
    /// Row by row from the top left.
    pub pixels: Vec<f64>,
    /// Lines of text.
    pub lines: Vec<String>,
}

impl Picture {
    /// The image in a row of the digits.
    pub fn new(pixels: &ArrayRef1<f64>, lines: Vec<String>) -> Self {
        Self {
            pixels: pixels.to_vec(),
            lines,
        }
    }
}

/// Arranges the pictures in rows of ten or, on phones, five.
pub fn arrange(form: Form, pictures: &[Picture]) -> Drawing {
    let columns = form.pick(10, 5);
    let pitch = form.width() / columns as f64;
    let cell = form.pick(7.0, 6.5);
    let lines = pictures.iter().map(|p| p.lines.len()).max().unwrap_or(0);
    let row_height = SIDE as f64 * cell + lines as f64 * LINE + 14.0;
    // squares of each grey, so that each grey is one path
    let mut squares: Vec<Vec<Shape>> = vec![Vec::new(); GREYS + 1];
    let mut frames = Vec::new();
    let mut texts = Vec::new();
    for (k, picture) in pictures.iter().enumerate() {
        let middle = pitch * ((k % columns) as f64 + 0.5);
        let left = middle - SIDE as f64 * cell / 2.0;
        let top = row_height * (k / columns) as f64 + 2.0;
        for (i, row) in picture.pixels.chunks(SIDE).enumerate() {
            let greys: Vec<usize> = row
                .iter()
                .map(|v| (v * GREYS as f64 / 16.0).round() as usize)
                .collect();
            // neighbours of one grey are one bar
            let mut j = 0;
            for run in greys.chunk_by(|a, b| a == b) {
                if run[0] > 0 {
                    let (x, y) = (left + cell * j as f64, top + cell * i as f64);
                    let (right, bottom) = (x + cell * run.len() as f64, y + cell);
                    squares[run[0]].push(Shape::Fill {
                        points: vec![(x, y), (right, y), (right, bottom), (x, bottom)],
                        ink: Ink::Text,
                        opacity: run[0] as f64 / GREYS as f64,
                    });
                }
                j += run.len();
            }
        }
        let (right, bottom) = (left + SIDE as f64 * cell, top + SIDE as f64 * cell);
        frames.push(Shape::Line {
            points: vec![
                (left, top),
                (right, top),
                (right, bottom),
                (left, bottom),
                (left, top),
            ],
            stroke: Stroke::solid(Ink::Grid).width(1.0),
        });
        for (n, line) in picture.lines.iter().enumerate() {
            texts.push(Shape::Text {
                at: (middle, bottom + LINE * (n as f64 + 1.0)),
                anchor: Anchor::Middle,
                markup: line.clone(),
                ink: if n == 0 { Ink::Text } else { Ink::Path },
                size: form.text_px(),
                bold: false,
                halo: false,
            });
        }
    }
    let rows = pictures.len().div_ceil(columns) as f64;
    Drawing {
        form,
        width: form.width(),
        height: rows * row_height,
        shapes: frames
            .into_iter()
            .chain(squares.into_iter().flatten())
            .chain(texts)
            .collect(),
    }
}

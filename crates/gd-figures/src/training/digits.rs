//! What the handwritten digits look like: the first of each.

use gd_core::data;

use crate::training::image::{Picture, arrange};
use crate::{Drawing, Experiment, Figure, Form, Table, Values};

/// `training-digits`.
pub struct Digits;

/// One image of each digit, and how many there are of all.
pub struct Data {
    pictures: Vec<Picture>,
    images: usize,
}

impl Experiment for Digits {
    const NAME: &'static str = "training-digits";
    type Data = Data;

    fn data() -> Data {
        let digits = data::digits::<f64>();
        let first = |digit: usize| {
            let row = digits.labels.iter().position(|&label| label == digit);
            let row = digits.x.row(row.expect("there are all ten digits"));
            Picture::new(&row, vec![digit.to_string()])
        };
        Data {
            pictures: (0..digits.classes()).map(first).collect(),
            images: digits.len(),
        }
    }

    fn values(data: &Data) -> Values {
        Values::new()
            .count("images", data.images)
            .count("pixels", data.pictures[0].pixels.len())
            .count("classes", data.pictures.len())
    }
}

impl Figure for Digits {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["digit", "pixel", "ink"]);
        for (digit, picture) in data.pictures.iter().enumerate() {
            for (pixel, &ink) in picture.pixels.iter().enumerate() {
                table.row([digit.into(), pixel.into(), ink.into()]);
            }
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        arrange(form, &data.pictures)
    }
}

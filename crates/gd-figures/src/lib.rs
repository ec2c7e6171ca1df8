//! Every figure of the book, and every number that only the prose needs.
//!
//! An [`Experiment`] computes with gd-core: `data()` is pure, `values()` names the numbers that
//! the prose takes from it. A [`Figure`] is an experiment with a picture: `table()` gives its
//! data as CSV, and `draw()`, which computes nothing, draws it in a wide and a narrow form.
//! [`all`] lists them in the order of the book.
//!
//! | module | what |
//! |---|---|
//! | [`style`] | inks, strokes, type sizes, the CSS of both themes |
//! | [`text`] | widths of Chinese and Latin text, superscripts |
//! | [`axis`] | scales and ticks |
//! | [`clip`], [`arrow`], [`contour`] | geometry: windows, arrowheads, lines of equal height |
//! | [`label`] | where labels go |
//! | [`panel`], `plot`, [`layout`] | a panel; its shapes; panels on the page |
//! | [`shape`], [`svg`], `dress` | a drawing; the same as SVG, drawn by plotters; made small |
//! | [`run`] | runs of gd-core, recorded |
//! | [`table`], [`value`] | CSV; named values |
//!
//! Then one module a chapter, in it one a figure: `learning-rate-steps` is
//! `learning_rate::steps`.

use std::time::{Duration, Instant};

pub mod arrow;
pub mod axis;
pub mod clip;
pub mod contour;
mod dress;
pub mod label;
pub mod layout;
pub mod panel;
mod plot;
pub mod run;
pub mod shape;
pub mod style;
pub mod svg;
pub mod table;
pub mod text;
pub mod value;

pub mod batches;
pub mod contour_path;
pub mod critical_points;
pub mod downhill;
pub mod errata;
pub mod first_program;
pub mod four_rates;
pub mod learning_rate;
pub mod line_fit;
pub mod parabola_fit;

pub use shape::Drawing;
pub use style::Form;
pub use table::Table;
pub use value::{Value, Values};

/// A point: x, y.
pub type Point = (f64, f64);

/// Something computed for the book.
pub trait Experiment {
    /// `<chapter>-<thing>`, in kebab-case, without digits.
    const NAME: &'static str;
    /// What it computes.
    type Data;
    /// Computes it: pure, and the same on every machine.
    fn data() -> Self::Data;
    /// The numbers that the prose takes from it.
    fn values(data: &Self::Data) -> Values;
}

/// An experiment with a picture.
pub trait Figure: Experiment {
    /// The drawn data.
    fn table(data: &Self::Data) -> Table;
    /// Draws it.
    fn draw(data: &Self::Data, form: Form) -> Drawing;
}

/// A picture in both forms, with its data.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// Inline SVG for pages wide enough.
    pub wide: String,
    /// Inline SVG for phones.
    pub narrow: String,
    /// The drawn data as CSV.
    pub csv: String,
}

/// What running an entry gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Output {
    /// The name of the entry.
    pub name: &'static str,
    /// The named values; every key begins with the name and a dot.
    pub values: Vec<(String, Value)>,
    /// The picture, if the entry has one.
    pub picture: Option<Picture>,
}

/// Whether an entry draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Only values.
    Numbers,
    /// Values and a picture.
    Figure,
}

/// An experiment in the registry.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// Its name.
    pub name: &'static str,
    /// Whether it draws.
    pub kind: Kind,
    run: fn() -> (Output, Duration),
}

impl Entry {
    /// The entry of an experiment without a picture.
    pub fn numbers<T: Experiment>() -> Self {
        Entry {
            name: T::NAME,
            kind: Kind::Numbers,
            run: || {
                let output = Output {
                    name: T::NAME,
                    values: T::values(&T::data()).named(T::NAME),
                    picture: None,
                };
                (output, Duration::ZERO)
            },
        }
    }

    /// The entry of a figure.
    pub fn figure<T: Figure>() -> Self {
        Entry {
            name: T::NAME,
            kind: Kind::Figure,
            run: || {
                let data = T::data();
                let values = T::values(&data).named(T::NAME);
                let start = Instant::now();
                let picture = Picture {
                    wide: svg::inline(&T::draw(&data, Form::Wide)),
                    narrow: svg::inline(&T::draw(&data, Form::Narrow)),
                    csv: T::table(&data).to_csv(),
                };
                let drawing = start.elapsed();
                let output = Output {
                    name: T::NAME,
                    values,
                    picture: Some(picture),
                };
                (output, drawing)
            },
        }
    }

    /// Like [`run`](Self::run), with the time that the drawing took: both forms and the CSV,
    /// without the computing of the data.
    pub fn run_timed(&self) -> (Output, Duration) {
        (self.run)()
    }

    /// Computes the data once and draws both forms.
    pub fn run(&self) -> Output {
        self.run_timed().0
    }
}

/// Every entry, in the order of the book.
pub fn all() -> Vec<Entry> {
    vec![
        Entry::figure::<downhill::walk::Walk>(),
        Entry::figure::<first_program::descent::Descent>(),
        Entry::figure::<learning_rate::three_rates::ThreeRates>(),
        Entry::figure::<learning_rate::divergence::Divergence>(),
        Entry::figure::<learning_rate::steps::Steps>(),
        Entry::figure::<line_fit::data::Data>(),
        Entry::figure::<line_fit::training::Training>(),
        Entry::figure::<line_fit::landscape::Landscape>(),
        Entry::figure::<batches::convergence::Convergence>(),
        Entry::figure::<batches::noise_floor::NoiseFloor>(),
        Entry::figure::<batches::gradient_noise::GradientNoise>(),
        Entry::figure::<critical_points::three_starts::ThreeStarts>(),
        Entry::figure::<critical_points::saddle::SaddlePaths>(),
        Entry::figure::<critical_points::share::Share>(),
        Entry::figure::<four_rates::curves::Curves>(),
        Entry::figure::<parabola_fit::result::Parabola>(),
        Entry::figure::<contour_path::descent::ContourPath>(),
        Entry::numbers::<errata::stationary::Stationary>(),
        Entry::numbers::<errata::optimizers::Optimizers>(),
    ]
}

/// The entry of this name.
pub fn find(name: &str) -> Option<Entry> {
    all().into_iter().find(|entry| entry.name == name)
}

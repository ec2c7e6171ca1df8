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
//! | [`bands`] | heights as colours |
//! | [`surface`], `surface_plot`; `camera`, `relief` | a surface in space; how it is seen |
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
pub mod bands;
mod camera;
pub mod clip;
pub mod contour;
mod dress;
pub mod label;
pub mod layout;
pub mod panel;
mod plot;
mod relief;
pub mod run;
pub mod shape;
pub mod style;
pub mod surface;
mod surface_plot;
pub mod svg;
pub mod table;
pub mod text;
pub mod value;

pub mod adam;
pub mod adaptive;
pub mod architecture;
pub mod autodiff;
pub mod batches;
pub mod clinic;
pub mod contour_path;
pub mod convexity;
pub mod critical_points;
pub mod derivative;
pub mod downhill;
pub mod errata;
pub mod first_program;
pub mod four_rates;
pub mod initialization;
pub mod learning_rate;
pub mod line_fit;
pub mod momentum;
pub mod parabola_fit;
pub mod race;
pub mod schedules;
pub mod steepest;
pub mod training;
pub mod update_rule;

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
    /// Whether it takes seconds: the build begins with these, and says so.
    pub is_heavy: bool,
    run: fn() -> (Output, Duration),
}

impl Entry {
    /// The entry of an experiment without a picture.
    pub fn numbers<T: Experiment>() -> Self {
        Entry {
            name: T::NAME,
            kind: Kind::Numbers,
            is_heavy: false,
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
            is_heavy: false,
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

    /// The same entry, marked as one that takes more than a second or so.
    pub fn heavy(self) -> Self {
        Entry {
            is_heavy: true,
            ..self
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
        Entry::figure::<derivative::secants::Secants>(),
        Entry::figure::<derivative::cuts::Cuts>(),
        Entry::figure::<derivative::error::DifferenceError>(),
        Entry::figure::<steepest::hills::Hills>(),
        Entry::figure::<steepest::fan::Fan>(),
        Entry::figure::<steepest::ravine::Ravine>(),
        Entry::figure::<update_rule::walk::Walk>(),
        Entry::figure::<update_rule::promise::Promise>(),
        Entry::figure::<update_rule::basins::Basins>(),
        Entry::figure::<update_rule::contour::Contour>(),
        Entry::figure::<update_rule::simultaneous::Simultaneous>(),
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
        Entry::figure::<convexity::two_lands::TwoLands>(),
        Entry::figure::<convexity::chords::Chords>(),
        Entry::figure::<convexity::promises::Promises>(),
        Entry::figure::<convexity::parabolas::Parabolas>(),
        Entry::figure::<convexity::bound::Bound>(),
        Entry::figure::<convexity::ravine::Ravine>(),
        Entry::figure::<convexity::rate::Rate>(),
        Entry::figure::<convexity::scaling::Scaling>(),
        Entry::figure::<critical_points::three_starts::ThreeStarts>(),
        Entry::figure::<critical_points::saddle::SaddlePaths>(),
        Entry::figure::<critical_points::share::Share>(),
        Entry::figure::<architecture::surfaces::Surfaces>().heavy(),
        Entry::figure::<architecture::roughness::Roughness>().heavy(),
        Entry::figure::<architecture::depth::Depth>().heavy(),
        Entry::numbers::<architecture::scale::Scale>().heavy(),
        Entry::figure::<momentum::ravine::Ravine>(),
        Entry::figure::<momentum::memory::Memory>(),
        Entry::figure::<momentum::race::Race>(),
        Entry::figure::<momentum::overshoot::Overshoot>(),
        Entry::figure::<momentum::stability::Stability>(),
        Entry::figure::<momentum::look_ahead::LookAhead>(),
        Entry::figure::<momentum::pits::Pits>(),
        Entry::figure::<momentum::basins::Basins>(),
        Entry::numbers::<momentum::cycle::Cycle>(),
        Entry::numbers::<momentum::noise::Noise>(),
        Entry::figure::<adaptive::ravine::Ravine>(),
        Entry::figure::<adaptive::effective_rate::EffectiveRate>(),
        Entry::figure::<adaptive::long_slope::LongSlope>(),
        Entry::figure::<adaptive::settle::Settle>(),
        Entry::figure::<adaptive::sparse::Sparse>(),
        Entry::figure::<adaptive::rotated::Rotated>(),
        Entry::numbers::<adam::first_steps::FirstSteps>(),
        Entry::figure::<adam::bias::Bias>(),
        Entry::figure::<adam::decay::Decay>(),
        Entry::figure::<adam::reddi::Reddi>(),
        Entry::figure::<adam::family::Family>(),
        Entry::figure::<adam::orthogonal::Orthogonal>(),
        Entry::figure::<adam::race::Race>(),
        Entry::figure::<schedules::decay::Decay>().heavy(),
        Entry::figure::<schedules::shapes::Shapes>(),
        Entry::figure::<schedules::plateau::Plateau>(),
        Entry::figure::<schedules::race::Race>().heavy(),
        Entry::figure::<schedules::warm_up::WarmUp>().heavy(),
        Entry::figure::<race::unfair::Unfair>().heavy(),
        Entry::figure::<race::profiles::Profiles>().heavy(),
        Entry::figure::<race::paths::Paths>().heavy(),
        Entry::figure::<race::sensitivity::Sensitivity>().heavy(),
        Entry::numbers::<race::pull::Pull>(),
        Entry::numbers::<race::tiny::Tiny>(),
        Entry::figure::<autodiff::graph::NeuronGraph>(),
        Entry::figure::<autodiff::two_paths::TwoPaths>(),
        Entry::figure::<autodiff::cost::Cost>(),
        Entry::figure::<training::boundary::Boundary>(),
        Entry::figure::<training::loss::Loss>(),
        Entry::figure::<training::width::Width>().heavy(),
        Entry::figure::<training::overfitting::Overfitting>().heavy(),
        Entry::figure::<training::digits::Digits>(),
        Entry::figure::<training::mistakes::Mistakes>().heavy(),
        Entry::figure::<training::edge::Edge>().heavy(),
        Entry::figure::<initialization::basins::Basins>(),
        Entry::figure::<initialization::symmetry::Symmetry>(),
        Entry::figure::<initialization::signal::Signal>(),
        Entry::figure::<initialization::activations::Activations>(),
        Entry::figure::<initialization::training::TrainingRuns>().heavy(),
        Entry::figure::<clinic::too_large::TooLarge>(),
        Entry::figure::<clinic::too_small::TooSmall>(),
        Entry::figure::<clinic::wrong_sign::WrongSign>(),
        Entry::figure::<clinic::stale::Stale>(),
        Entry::figure::<clinic::scale::Scale>(),
        Entry::figure::<clinic::dead::Dead>(),
        Entry::figure::<clinic::vanishing::Vanishing>(),
        Entry::figure::<clinic::gradients::Gradients>(),
        Entry::figure::<clinic::exploding::Exploding>().heavy(),
        Entry::figure::<clinic::cliff::Cliff>(),
        Entry::figure::<clinic::order::Order>(),
        Entry::figure::<clinic::overfitting::Overfitting>(),
        Entry::figure::<clinic::quiz::Quiz>(),
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

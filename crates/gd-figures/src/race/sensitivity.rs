//! How exactly the learning rate has to be hit.

use super::{METHODS, Result, race};
use crate::axis::Axis;
use crate::panel::{Dot, Panel};
use crate::style::{Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

/// The land that is drawn: the ravine.
const DRAWN: usize = 1;
/// How many rates of the grid there are to a factor of ten.
const PER_DECADE: f64 = 4.0;
/// Where the axis of steps begins: the fastest needs six.
const LEAST: f64 = 4.0;

/// `race-sensitivity`.
pub struct Sensitivity;

impl Experiment for Sensitivity {
    const NAME: &'static str = "race-sensitivity";
    type Data = &'static super::Race;

    fn data() -> Self::Data {
        race()
    }

    fn values(race: &Self::Data) -> Values {
        let mut values = Values::new();
        for (land, results) in race.lands.iter().zip(&race.results) {
            for (method, result) in METHODS.iter().zip(results) {
                let key = format!("{}.{}", land.key, method.key);
                let (low, high) = result.good();
                values = values
                    .number(format!("{key}.low"), low)
                    .number(format!("{key}.high"), high)
                    .number(format!("{key}.width"), high / low);
            }
        }
        values
    }
}

impl Figure for Sensitivity {
    fn table(race: &Self::Data) -> Table {
        let mut table = Table::new(&["land", "method", "lr", "median_score"]);
        for (land, results) in race.lands.iter().zip(&race.results) {
            for (method, result) in METHODS.iter().zip(results) {
                for &(lr, score) in &result.tried {
                    table.row([land.key.into(), method.key.into(), lr.into(), score.into()]);
                }
            }
        }
        table
    }

    fn draw(race: &Self::Data, form: Form) -> Drawing {
        let panels: Vec<Panel> = METHODS
            .iter()
            .zip(&race.results[DRAWN])
            .enumerate()
            .map(|(m, (method, result))| panel(m, method.name, result))
            .collect();
        layout::arrange_small(form, &panels)
    }
}

fn panel(m: usize, name: &str, result: &Result) -> Panel {
    let steps = if m == 0 { "步数" } else { "" };
    let lr = if m + 1 == METHODS.len() {
        "学习率 *η*"
    } else {
        ""
    };
    let most = super::land::MOST as f64;
    let mut panel = Panel::new(
        Axis::log(lr, 1e-4, 10.0).ticks_at(&[1e-4, 1e-2, 1.0]),
        Axis::log(steps, LEAST, most).ticks_at(&[10.0, 100.0, 1000.0]),
    )
    .title(name)
    .height(110.0, 100.0);
    // half a step of the grid on both sides, so that a single rate has a width too
    let half = 10f64.powf(0.5 / PER_DECADE);
    let (low, high) = result.good();
    let (low, high) = ((low / half).max(1e-4), (high * half).min(10.0));
    panel.area(
        &[(low, LEAST), (high, LEAST), (high, most), (low, most)],
        Ink::Truth,
        0.18,
    );
    let points: Vec<Point> = result.tried.clone();
    // where a run does not arrive the curve has a gap
    panel.curve(&points, Stroke::solid(Ink::Data));
    let arrived: Vec<Point> = points.iter().copied().filter(|p| p.1.is_finite()).collect();
    panel.dots(&arrived, Dot::Speck, 1.8, Ink::Data);
    panel
}

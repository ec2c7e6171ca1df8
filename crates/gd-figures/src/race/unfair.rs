//! The same lands with one learning rate for all, and with everyone's own.

use super::{COMMON, METHODS, median, race};
use crate::axis::Axis;
use crate::label::Side;
use crate::panel::{Dot, Panel};
use crate::style::{Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Table, Values, layout};

/// The lands that are drawn: the ravine and the network.
const DRAWN: [usize; 2] = [1, 7];
/// Where a run that does not arrive is drawn.
const NEVER: f64 = 8000.0;

/// `race-unfair`.
pub struct Unfair;

impl Experiment for Unfair {
    const NAME: &'static str = "race-unfair";
    type Data = &'static super::Race;

    fn data() -> Self::Data {
        race()
    }

    fn values(race: &Self::Data) -> Values {
        let mut values = Values::new().number("lr", COMMON);
        for l in DRAWN {
            let key = race.lands[l].key;
            let order = |score: &dyn Fn(usize) -> f64| {
                let mut order: Vec<usize> = (0..METHODS.len()).collect();
                order.sort_by(|&a, &b| score(a).total_cmp(&score(b)));
                order
            };
            let common = order(&|m| median(&race.results[l][m].common));
            let tuned = order(&|m| race.results[l][m].median());
            for (m, method) in METHODS.iter().enumerate() {
                let place = |order: &[usize]| order.iter().position(|&one| one == m);
                values = values
                    .count(
                        format!("{key}.{}.common-place", method.key),
                        place(&common).map_or(0, |place| place + 1),
                    )
                    .count(
                        format!("{key}.{}.tuned-place", method.key),
                        place(&tuned).map_or(0, |place| place + 1),
                    );
            }
        }
        values
    }
}

impl Figure for Unfair {
    fn table(race: &Self::Data) -> Table {
        let mut table = Table::new(&[
            "land",
            "method",
            "steps_common_lr",
            "own_lr",
            "steps_own_lr",
        ]);
        for l in DRAWN {
            for (method, result) in METHODS.iter().zip(&race.results[l]) {
                table.row([
                    race.lands[l].key.into(),
                    method.key.into(),
                    median(&result.common).into(),
                    result.lr.into(),
                    result.median().into(),
                ]);
            }
        }
        table
    }

    fn draw(race: &Self::Data, form: Form) -> Drawing {
        let names: Vec<&str> = METHODS.iter().map(|method| method.name).collect();
        let panels = DRAWN.map(|l| {
            let mut panel = Panel::new(
                Axis::log("步数（对数轴）", 5.0, 1.2e4).ticks_at(&[10.0, 100.0, 1000.0]),
                Axis::named("", &names).reversed(),
            )
            .title(race.lands[l].name)
            .height(220.0, 210.0);
            for (m, result) in race.results[l].iter().enumerate() {
                let row = m as f64;
                let common = median(&result.common).min(NEVER);
                let own = result.median().min(NEVER);
                panel.arrow((common, row), (own, row), Stroke::thin(Ink::Contour));
                panel.dots(&[(common, row)], Dot::Ring, 4.2, Ink::Path);
                panel.dots(&[(own, row)], Dot::Disc, 4.0, Ink::Data);
            }
            panel
        });
        let [ravine, mut net] = panels;
        net.label((7.0, 0.0), "● 各自调好", Ink::Data, &[Side::Right]);
        net.label((7.0, 1.0), "○ 都用 0.01", Ink::Path, &[Side::Right]);
        layout::arrange(form, &[ravine, net])
    }
}

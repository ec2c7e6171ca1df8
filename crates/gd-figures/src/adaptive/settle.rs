//! On the ravine with constant learning rates: who comes to rest.

use gd_core::Optimizer;
use gd_core::objective::Quadratic;
use gd_core::optim::{Adadelta, Adagrad, RmsProp, Sgd};

use super::{BEST_PLAIN, START};
use crate::axis::Axis;
use crate::label::Side;
use crate::panel::Panel;
use crate::run::{by_step, descend, end, largest};
use crate::style::Stroke;
use crate::{Drawing, Experiment, Figure, Form, Table, Values, layout};

const SHOWN: usize = 3_200;
/// In the first of these, two of the four are still on their way down.
const EARLY: usize = 500;
/// Where RMSprop ends, with a few rates, after this many steps.
const LONG: usize = 20_000;
/// Steps of Adadelta, whose swing grows.
const LONGER: usize = 60_000;
const RATES: [(&str, f64); 3] = [("tenth", 0.1), ("hundredth", 0.01), ("thousandth", 0.001)];

/// `adaptive-settle`.
pub struct Settle;

/// One method.
pub struct Run {
    key: &'static str,
    name: &'static str,
    /// The largest coordinate by step.
    sizes: Vec<f64>,
}

/// The runs, and how far from 0 RMSprop's coordinates end.
pub struct Data {
    runs: Vec<Run>,
    hovers: Vec<f64>,
    /// The largest coordinate of Adadelta after [`LONGER`] steps.
    adadelta: f64,
}

impl Experiment for Settle {
    const NAME: &'static str = "adaptive-settle";
    type Data = Data;

    fn data() -> Data {
        let f = Quadratic::ravine();
        let run = |key, name, rule: Box<dyn Optimizer<f64>>, lr| Run {
            key,
            name,
            sizes: descend(&f, rule, lr, &START, SHOWN)
                .points
                .iter()
                .map(|x| largest(x))
                .collect(),
        };
        Data {
            runs: vec![
                run("plain", "普通", Box::new(Sgd::plain()), BEST_PLAIN),
                run("adagrad", "Adagrad", Box::<Adagrad<f64>>::default(), 1.0),
                run("rms-prop", "RMSprop", Box::<RmsProp<f64>>::default(), 0.01),
                run("adadelta", "Adadelta", Box::<Adadelta<f64>>::default(), 1.0),
            ],
            hovers: RATES
                .iter()
                .map(|(_, lr)| largest(&end(&f, RmsProp::default(), *lr, &START, LONG)))
                .collect(),
            adadelta: largest(&end(&f, Adadelta::default(), 1.0, &START, LONGER)),
        }
    }

    fn values(data: &Data) -> Values {
        let mut values = Values::new()
            .count("long", LONG)
            .count("longer", LONGER)
            .number("adadelta.longer", data.adadelta);
        for ((key, lr), hover) in RATES.iter().zip(&data.hovers) {
            values = values
                .number(format!("rms-prop.{key}.ends-at"), *hover)
                .number(format!("rms-prop.{key}.ends-at-over-lr"), hover / lr);
        }
        data.runs.iter().fold(values, |values, run| {
            let tail = &run.sizes[SHOWN - 200..];
            let most = tail.iter().fold(0.0_f64, |most, size| most.max(*size));
            let lowest = run.sizes.iter().copied().fold(f64::INFINITY, f64::min);
            values
                .number(format!("{}.last-worst", run.key), most)
                .number(format!("{}.lowest", run.key), lowest)
        })
    }
}

impl Figure for Settle {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["method", "step", "largest_coordinate"]);
        for run in &data.runs {
            for (t, &size) in run.sizes.iter().enumerate().step_by(5) {
                table.row([run.key.into(), t.into(), size.into()]);
            }
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let panel = |title: String, last: usize, names: [Option<(usize, Side)>; 4]| {
            let mut panel = Panel::new(
                Axis::linear("步数 *t*", 0.0, last as f64),
                Axis::log("最大的坐标", 1e-8, 50.0),
            )
            .title(title)
            .height(270.0, 240.0);
            for (i, run) in data.runs.iter().enumerate() {
                let Some((step, side)) = names[i] else {
                    continue;
                };
                let curve = by_step(&run.sizes[..=last]);
                let stroke = Stroke::series(i);
                panel.curve(&curve, stroke);
                panel.label_off(curve[step], run.name, stroke.ink, &[side; 2], 6.0);
            }
            panel
        };
        let early = panel(
            format!("头 {EARLY} 步"),
            EARLY,
            [
                Some((400, Side::BelowLeft)),
                Some((75, Side::Right)),
                Some((330, Side::Below)),
                Some((400, Side::Above)),
            ],
        );
        // the other two have left the window for good
        let late = panel(
            format!("一直到 {SHOWN} 步"),
            SHOWN,
            [
                None,
                None,
                Some((SHOWN - 500, Side::Below)),
                Some((SHOWN - 500, Side::Above)),
            ],
        );
        layout::arrange(form, &[early, late])
    }
}

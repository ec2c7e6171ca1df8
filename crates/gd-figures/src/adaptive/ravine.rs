//! The first steps in the ravine ½(x² + 50y²): plain descent, Adagrad and RMSprop.

use gd_core::objective::Quadratic;
use gd_core::optim::{Adagrad, RmsProp, Sgd};
use gd_core::{Objective, Optimizer};
use ndarray::array;

use super::{BEST_PLAIN, START, steps_on_ravine};
use crate::axis::Axis;
use crate::contour::{Grid, log_levels};
use crate::label::Side;
use crate::panel::{Dot, Panel};
use crate::run::descend;
use crate::style::{Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

const STEPS: usize = 25;
const ADAGRAD_LR: f64 = 1.0;
const RMS_PROP_LR: f64 = 0.1;
const MOST: usize = 2_000;
/// Learning rates tried for Adagrad: every tenth up to 10.
const RATES: i32 = 100;

/// `adaptive-ravine`.
pub struct Ravine;

/// The map, a path for each method, and what Adagrad needs.
pub struct Data {
    map: Grid,
    paths: [(&'static str, Vec<Point>); 3],
    plain: usize,
    adagrad: usize,
    /// The fewest steps over all learning rates, and the rate.
    fewest: (usize, f64),
}

impl Experiment for Ravine {
    const NAME: &'static str = "adaptive-ravine";
    type Data = Data;

    fn data() -> Data {
        let f = Quadratic::ravine();
        let path = |rule: Box<dyn Optimizer<f64>>, lr| -> Vec<Point> {
            let run = descend(&f, rule, lr, &START, STEPS);
            let xs = run.coordinate(0).into_iter();
            xs.zip(run.coordinate(1)).collect()
        };
        let rates = (1..=RATES).map(|k| f64::from(k) / 10.0);
        let runs =
            rates.filter_map(|lr| Some((steps_on_ravine(Adagrad::default(), lr, MOST)?, lr)));
        Data {
            map: Grid::sample((-4.6, 1.4), (-1.5, 1.5), 61, 61, |x, y| {
                f.value(&array![x, y])
            }),
            paths: [
                ("plain", path(Box::new(Sgd::plain()), BEST_PLAIN)),
                ("adagrad", path(Box::<Adagrad<f64>>::default(), ADAGRAD_LR)),
                (
                    "rms-prop",
                    path(Box::<RmsProp<f64>>::default(), RMS_PROP_LR),
                ),
            ],
            plain: steps_on_ravine(Sgd::plain(), BEST_PLAIN, MOST).expect("it converges"),
            adagrad: steps_on_ravine(Adagrad::default(), ADAGRAD_LR, MOST).expect("it converges"),
            fewest: runs
                .min_by_key(|(steps, _)| *steps)
                .expect("some rate converges"),
        }
    }

    fn values(data: &Data) -> Values {
        let values = Values::new()
            .count("steps", STEPS)
            .number("adagrad.lr", ADAGRAD_LR)
            .number("rms-prop.lr", RMS_PROP_LR)
            .count("plain.steps-to-millionth", data.plain)
            .count("adagrad.steps-to-millionth", data.adagrad)
            .count("adagrad.fewest", data.fewest.0)
            .number("adagrad.best-lr", data.fewest.1);
        data.paths.iter().fold(values, |values, (key, path)| {
            values
                .number(format!("{key}.first.x"), path[1].0)
                .number(format!("{key}.first.y"), path[1].1)
                .number(format!("{key}.x"), path[STEPS].0)
        })
    }
}

impl Figure for Ravine {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["method", "step", "x", "y"]);
        for (method, path) in &data.paths {
            for (t, &(x, y)) in path.iter().enumerate() {
                table.row([(*method).into(), t.into(), x.into(), y.into()]);
            }
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let titles = ["普通梯度下降", "Adagrad", "RMSprop"];
        let panel = |((_, path), title): (&(&str, Vec<Point>), &str)| {
            let mut panel = Panel::new(
                Axis::linear("沿着峡谷 *x*", -4.6, 1.4).ticks_at(&[-4.0, -2.0, 0.0]),
                Axis::linear("横过峡谷 *y*", -1.5, 1.5).ticks_at(&[-1.0, 0.0, 1.0]),
            )
            .title(title)
            .height(190.0, 170.0);
            let levels = log_levels(0.5, 40.0, 6);
            panel.contours(&data.map, &levels, Stroke::thin(Ink::Contour));
            panel.curve(path, Stroke::solid(Ink::Path).width(1.2));
            panel.dots(path, Dot::Disc, 2.4, Ink::Path);
            panel.dots(&path[..1], Dot::Ring, 4.0, Ink::Path);
            panel.dots(&path[STEPS..], Dot::Disc, 3.4, Ink::Path);
            // last, so that it shows where a path ends on it
            panel.dots(&[(0.0, 0.0)], Dot::Star, 6.5, Ink::Truth);
            panel.label(path[0], "起点", Ink::Path, &[Side::Above, Side::Left]);
            let end = format!("{STEPS} 步后");
            panel.label(
                path[STEPS],
                &end,
                Ink::Path,
                &[Side::Below, Side::BelowLeft],
            );
            panel
        };
        let panels: Vec<Panel> = data.paths.iter().zip(titles).map(panel).collect();
        layout::arrange(form, &panels)
    }
}

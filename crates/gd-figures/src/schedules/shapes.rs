//! Every schedule as a small picture.

use gd_core::batch::{Sampler, Sampling};
use gd_core::optim::Sgd;
use ndarray::array;

use super::{KINDS, Rate, train};
use crate::axis::Axis;
use crate::batches::Problem;
use crate::panel::Panel;
use crate::style::{Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

/// Updates of the pictured run.
const UPDATES: usize = 2100;
/// A number of updates between two points of a curve that the steps fall on.
const EVERY: usize = 5;
/// The seed of the run whose loss the one that looks at it looks at.
const SEED: u64 = 1;

/// `schedules-shapes`.
pub struct Shapes;

/// For every schedule, parts of the run and of the peak.
pub struct Data {
    curves: Vec<Vec<Point>>,
}

fn curve(rate: Rate) -> Vec<Point> {
    let part = |t: usize| t as f64 / UPDATES as f64;
    match rate {
        Rate::Pure(schedule) => {
            let steps = (0..UPDATES).step_by(EVERY).chain([UPDATES - 1]);
            // a jump is drawn upright
            let mut curve: Vec<Point> = Vec::new();
            for t in steps {
                let lr = schedule.at(t);
                if let Some(&(_, before)) = curve.last()
                    && (lr - before).abs() > 0.3 * before.max(lr)
                    && (lr - before).abs() > 0.004
                {
                    curve.push((part(t), before));
                }
                curve.push((part(t), lr));
            }
            curve
        }
        rate @ Rate::Plateau(..) => {
            // a real run: without a loss to look at it has no shape
            let problem = Problem::lesson();
            let sampler = Sampler::new(100, Sampling::OneSample, SEED);
            let mut curve: Vec<Point> = Vec::new();
            train(
                &problem.model,
                Sgd::plain(),
                rate,
                sampler,
                &mut array![0.0, 0.0],
                UPDATES - 1,
                |now| {
                    if let Some(&(_, before)) = curve.last()
                        && before != now.lr
                    {
                        curve.push((part(now.t), before));
                    }
                    curve.push((part(now.t), now.lr));
                },
            );
            let peak = curve[0].1;
            curve.iter().map(|&(t, lr)| (t, lr / peak)).collect()
        }
    }
}

impl Experiment for Shapes {
    const NAME: &'static str = "schedules-shapes";
    type Data = Data;

    fn data() -> Data {
        let curves = KINDS.iter().map(|kind| {
            let peak = if kind.key == "plateau" { 0.02 } else { 1.0 };
            curve((kind.make)(peak, UPDATES))
        });
        Data {
            curves: curves.collect(),
        }
    }

    fn values(data: &Data) -> Values {
        let values = Values::new().count("kinds", KINDS.len());
        let curves = KINDS.iter().zip(&data.curves);
        curves.fold(values, |values, (kind, curve)| {
            let first = curve[0].1;
            let last = curve[curve.len() - 1].1;
            values
                .number(format!("{}.first", kind.key), first)
                .number(format!("{}.last", kind.key), last)
        })
    }
}

impl Figure for Shapes {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["schedule", "part_of_run", "part_of_peak"]);
        for (kind, curve) in KINDS.iter().zip(&data.curves) {
            for &(t, lr) in curve.iter().step_by(curve.len().div_ceil(200)) {
                table.row([kind.key.into(), t.into(), lr.into()]);
            }
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let panels: Vec<Panel> = KINDS
            .iter()
            .zip(&data.curves)
            .enumerate()
            .map(|(i, (kind, curve))| {
                // all axes are alike; the first and the last picture name them
                let rate = if i == 0 { "*η* / 峰值" } else { "" };
                let time = if i + 1 == KINDS.len() {
                    "*t* / *T*"
                } else {
                    ""
                };
                let mut panel = Panel::new(
                    Axis::linear(time, 0.0, 1.0).ticks_at(&[0.0, 0.5, 1.0]),
                    Axis::linear(rate, 0.0, 1.06).ticks_at(&[0.0, 0.5, 1.0]),
                )
                .title(kind.name)
                .height(74.0, 70.0);
                panel.curve(curve, Stroke::solid(Ink::Path));
                panel
            })
            .collect();
        layout::arrange_small(form, &panels)
    }
}

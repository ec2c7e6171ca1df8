//! Three batch sizes on the line fit: by updates, and by samples seen.

use gd_core::batch::Sampling;

use crate::axis::Axis;
use crate::batches::Problem;
use crate::label::Side;
use crate::panel::Panel;
use crate::style::{Dash, Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

const LR: f64 = 0.01;
const UPDATES: usize = 200;
/// Updates of the single-sample method in the second panel.
const SAMPLES: usize = 20_000;
const SEED: u64 = 42;
/// Runs over whose first touches the median is taken.
const RUNS: u64 = 101;

/// `batches-convergence`.
pub struct Convergence;

/// One method.
pub struct Method {
    key: &'static str,
    name: &'static str,
    batch: usize,
    /// Height above the minimum after each of the first 200 updates.
    by_update: Vec<f64>,
    /// Samples seen and height above the minimum, thinned evenly on a log axis.
    by_sample: Vec<Point>,
    /// Updates to within 1 % of the least-squares loss: the median of the first touches.
    touch: usize,
}

/// The methods and the heights they are measured by.
pub struct Data {
    methods: Vec<Method>,
    exact_loss: f64,
}

impl Experiment for Convergence {
    const NAME: &'static str = "batches-convergence";
    type Data = Data;

    fn data() -> Data {
        let problem = Problem::lesson();
        let within = 0.01 * problem.exact_loss;
        let methods = [
            ("full", "全批量", 100, Sampling::Full),
            (
                "mini",
                "小批量 32",
                32,
                Sampling::WithoutReplacement { size: 32 },
            ),
            ("single", "单样本", 1, Sampling::OneSample),
        ];
        let methods = methods.map(|(key, name, batch, sampling)| {
            let mut by_update = Vec::new();
            let mut by_sample = Vec::new();
            let mut due = 1.0;
            problem.run(
                sampling,
                LR,
                SEED,
                (SAMPLES / batch).max(UPDATES),
                |t, excess| {
                    if t <= UPDATES {
                        by_update.push(excess);
                    }
                    let seen = (t * batch) as f64;
                    if t > 0 && seen >= due && seen <= SAMPLES as f64 {
                        by_sample.push((seen, excess));
                        due = seen * 1.07;
                    }
                    true
                },
            );
            // the full batch draws nothing, so one run is all there is
            let runs = if batch == 100 { 1 } else { RUNS };
            let mut touches: Vec<usize> = (0..runs)
                .map(|seed| {
                    let mut touch = 0;
                    problem.run(sampling, LR, seed, 5_000, |t, excess| {
                        touch = t;
                        excess > within
                    });
                    touch
                })
                .collect();
            touches.sort_unstable();
            let touch = touches[touches.len() / 2];
            Method {
                key,
                name,
                batch,
                by_update,
                by_sample,
                touch,
            }
        });
        Data {
            methods: methods.into(),
            exact_loss: problem.exact_loss,
        }
    }

    fn values(data: &Data) -> Values {
        let values = Values::new()
            .number("lr", LR)
            .count("updates", UPDATES)
            .count("runs", RUNS as usize)
            .number("least-squares-loss", data.exact_loss);
        data.methods.iter().fold(values, |values, method| {
            let key = method.key;
            values
                .count(format!("{key}.updates-to-one-percent"), method.touch)
                .count(
                    format!("{key}.samples-to-one-percent"),
                    method.touch * method.batch,
                )
                .count(
                    format!("{key}.epochs-in-200-updates"),
                    UPDATES * method.batch / 100,
                )
                .number(
                    format!("{key}.final-loss"),
                    data.exact_loss + method.by_update[UPDATES],
                )
        })
    }
}

impl Figure for Convergence {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["batch_size", "update", "samples", "excess_loss"]);
        for method in &data.methods {
            let (size, batch) = (method.batch, method.batch as f64);
            for (t, &excess) in method.by_update.iter().enumerate() {
                table.row([size.into(), t.into(), (t * size).into(), excess.into()]);
            }
            for &(seen, excess) in &method.by_sample {
                if seen / batch > UPDATES as f64 {
                    table.row([
                        size.into(),
                        (seen / batch).into(),
                        seen.into(),
                        excess.into(),
                    ]);
                }
            }
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let height = || Axis::log("*L* − min *L*（损失高出最低多少）", 1e-4, 100.0);
        let mut updates = Panel::new(Axis::linear("更新次数", 0.0, UPDATES as f64), height())
            .title("按更新次数比");
        let mut samples = Panel::new(Axis::log("看过的样本数", 1.0, SAMPLES as f64), height())
            .title("按看过的样本数比");
        let strokes = [
            Stroke::series(0),
            Stroke::series(1),
            Stroke::series(2).dash(Dash::Solid).width(1.2),
        ];
        let bound = 0.01 * data.exact_loss;
        updates.rule_y(bound, Stroke::thin(Ink::Truth).dash(Dash::Dashed), "");
        samples.rule_y(bound, Stroke::thin(Ink::Truth).dash(Dash::Dashed), "");
        // the noisy one goes below the others
        for i in [2, 0, 1] {
            let method = &data.methods[i];
            let curve: Vec<Point> = method
                .by_update
                .iter()
                .enumerate()
                .map(|(t, &excess)| (t as f64, excess))
                .collect();
            updates.curve(&curve, strokes[i]);
            samples.curve(&method.by_sample, strokes[i]);
            // the two calm curves part only at the end
            let (from, side) = [
                (60, [Side::AboveRight, Side::Above]),
                (186, [Side::BelowLeft, Side::Below]),
                (130, [Side::AboveLeft, Side::Above]),
            ][i];
            updates.label(curve[from], method.name, strokes[i].ink, &side);
            samples.along(
                &method.by_sample,
                [0.2, 0.4, 0.3][i],
                method.name,
                strokes[i].ink,
            );
        }
        updates.label((30.0, bound), "高出 1%", Ink::Truth, &[Side::Below]);
        samples.label((6.0, bound), "高出 1%", Ink::Truth, &[Side::Below]);
        layout::arrange(form, &[updates, samples])
    }
}

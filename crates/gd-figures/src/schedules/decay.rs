//! Robbins and Monro's two conditions: one learning rate that keeps both, and three that do not.

use gd_core::batch::Sampling;
use gd_core::linalg;

use crate::axis::Axis;
use crate::batches::Problem;
use crate::label::Side;
use crate::panel::Panel;
use crate::style::Stroke;
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

/// As many as the noise-floor figure of the chapter before.
const UPDATES: usize = 40_000;
/// Runs over which the height above the minimum is averaged; more would only smooth the curves.
const RUNS: u64 = 24;
/// η₀ of all.
const FIRST: f64 = 0.01;
/// After how many updates the decaying ones have fallen to η₀/2 or η₀/√2.
const TAU: f64 = 100.0;
/// The factor of the one that falls too fast: its sum is η₀/(1 − γ) = 0.5.
const GAMMA: f64 = 0.98;
/// Ratio of neighbouring update numbers at which a point is drawn.
const SPACING: f64 = 1.12;

/// `schedules-decay`.
pub struct Decay;

/// One learning rate.
pub struct Curve {
    key: &'static str,
    name: &'static str,
    /// The number of updates and the mean height above the minimum.
    points: Vec<Point>,
    /// Σηₜ and Σηₜ² over the run.
    sums: [f64; 2],
    /// Mean height over the last tenth of the run.
    last: f64,
}

/// The curves, the lowest loss, and what an exercise asks for.
pub struct Data {
    curves: Vec<Curve>,
    /// Mean heights near the end with the inverse rate and a tenth of its numerator.
    timid: f64,
    /// 2c·λmin of the inverse rate c/t: below 1 it decides how slowly the height falls.
    margin: f64,
    exact_loss: f64,
}

type Rate = fn(usize) -> f64;

const RATES: [(&str, &str, Rate); 4] = [
    ("constant", "常数", |_| FIRST),
    ("inverse", "反比 1/*t*", |t| {
        FIRST / (1.0 + t as f64 / TAU)
    }),
    ("root", "平方根反比 1/√*t*", |t| {
        FIRST / (1.0 + t as f64 / TAU).sqrt()
    }),
    ("fast", "指数，缩得太快", |t| {
        FIRST * GAMMA.powi(i32::try_from(t).unwrap_or(i32::MAX))
    }),
];

impl Experiment for Decay {
    const NAME: &'static str = "schedules-decay";
    type Data = Data;

    fn data() -> Data {
        let problem = Problem::lesson();
        let curves = RATES.map(|(key, name, rate)| {
            let mut sums = vec![0.0; UPDATES + 1];
            for seed in 0..RUNS {
                problem.run(Sampling::OneSample, rate, seed, UPDATES, |t, excess| {
                    sums[t] += excess;
                    true
                });
            }
            let mean = |range: std::ops::Range<usize>| {
                let n = range.len() as f64;
                sums[range].iter().sum::<f64>() / (n * RUNS as f64)
            };
            let mut points = Vec::new();
            let mut from = 1;
            while from < UPDATES {
                let to = ((from as f64 * SPACING).ceil() as usize).clamp(from + 1, UPDATES + 1);
                points.push(((from + to - 1) as f64 / 2.0, mean(from..to)));
                from = to;
            }
            let rates = || (0..UPDATES).map(rate);
            Curve {
                key,
                name,
                points,
                sums: [rates().sum(), rates().map(|lr| lr * lr).sum()],
                last: mean(UPDATES * 9 / 10..UPDATES + 1),
            }
        });
        let mut timid = 0.0;
        let late = UPDATES * 9 / 10;
        for seed in 0..RUNS {
            let rate = |t: usize| 0.1 * FIRST / (1.0 + t as f64 / TAU);
            problem.run(Sampling::OneSample, rate, seed, UPDATES, |t, excess| {
                if t >= late {
                    timid += excess / (RUNS as f64 * (UPDATES + 1 - late) as f64);
                }
                true
            });
        }
        Data {
            curves: curves.into(),
            timid,
            margin: 2.0 * FIRST * TAU * linalg::symmetric_eigenvalues(&problem.hessian)[0],
            exact_loss: problem.exact_loss,
        }
    }

    fn values(data: &Data) -> Values {
        let values = Values::new()
            .count("updates", UPDATES)
            .count("runs", RUNS as usize)
            .number("first", FIRST)
            .number("tau", TAU)
            .number("gamma", GAMMA)
            .number("longest-way", FIRST / (1.0 - GAMMA))
            .number("timid.last", data.timid)
            .number("timid.excess", data.timid / data.exact_loss)
            .number("timid.margin", data.margin / 10.0)
            .number("margin", data.margin);
        data.curves.iter().fold(values, |values, curve| {
            let key = curve.key;
            values
                .number(format!("{key}.last"), curve.last)
                .number(format!("{key}.excess"), curve.last / data.exact_loss)
                .number(format!("{key}.sum"), curve.sums[0])
                .number(format!("{key}.sum-of-squares"), curve.sums[1])
        })
    }
}

impl Figure for Decay {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["learning_rate", "update", "mean_excess_loss"]);
        for curve in &data.curves {
            for &(t, excess) in &curve.points {
                table.row([curve.key.into(), t.into(), excess.into()]);
            }
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let mut panel = Panel::new(
            Axis::log("更新次数 *t*", 1.0, UPDATES as f64),
            Axis::log("损失高出最低多少", 1e-4, 30.0).percent(),
        )
        .height(280.0, 260.0);
        let share = |&(t, excess): &Point| (t, excess / data.exact_loss);
        let lines: Vec<Vec<Point>> = data
            .curves
            .iter()
            .map(|curve| curve.points.iter().map(share).collect())
            .collect();
        for (i, line) in lines.iter().enumerate() {
            panel.curve(line, Stroke::series(i));
        }
        let prefer = [0.93, 0.0, 0.86, 0.95];
        for (i, (curve, line)) in data.curves.iter().zip(&lines).enumerate() {
            let ink = Stroke::series(i).ink;
            if curve.key == "inverse" {
                // below it all is free, above it are the others
                let late = line.iter().find(|p| p.0 > 3e3).expect("it is that long");
                panel.label_off(*late, curve.name, ink, &[Side::BelowLeft; 2], 5.0);
            } else {
                panel.along(line, prefer[i], curve.name, ink);
            }
        }
        layout::arrange(form, &[panel])
    }
}

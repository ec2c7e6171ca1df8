//! Every schedule with its own best peak, on a line and on a small network.

use gd_core::batch::{Sampler, Sampling};
use gd_core::data::two_moons;
use gd_core::init::Initializer;
use gd_core::model::{EmpiricalRisk, Mlp, Target};
use gd_core::optim::Sgd;
use gd_core::{Objective, Optimizer};
use ndarray::Array1;

use super::{KINDS, Kind, mean_and_spread, train};
use crate::axis::Axis;
use crate::batches::Problem;
use crate::panel::{Dot, Panel};
use crate::style::{Dash, Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Table, Values, layout};

/// Runs by which the peak is chosen, seeds 0, 1, …, and runs that are reported, with other seeds.
/// Those of the line cost microseconds and scatter much, those of the network milliseconds.
const LINE_RUNS: (u64, u64) = (24, 48);
const NET_RUNS: (u64, u64) = (4, 12);
/// The first seed of those.
const FRESH: u64 = 100;
/// Rates of both grids are this many to a factor of ten.
const PER_DECADE: i32 = 4;

/// Updates of the line fit: 21 passes over 100 samples, one at a time.
const LINE_UPDATES: usize = 2100;
/// log₁₀ of the first rate times `PER_DECADE`, and how many there are: 0.00056 to 0.056. Above,
/// single samples make the run explode.
const LINE_GRID: (i32, i32) = (-13, 9);

/// Updates of the network: nearly ten passes in batches of 16. With more, all schedules come to
/// one end.
const NET_UPDATES: usize = 336;
const NET_SAMPLES: usize = 600;
const NET_BATCH: usize = 16;
/// 0.032 to 3.2.
const NET_GRID: (i32, i32) = (-6, 9);

/// `schedules-race`.
pub struct Race;

/// One schedule on one problem.
#[derive(Clone, Debug)]
pub struct Result {
    /// The best peak of the grid.
    peak: f64,
    /// Whether it is the first or the last of the grid: then the grid is too short.
    at_edge: bool,
    mean: f64,
    spread: [f64; 2],
}

/// The results on both problems, in the order of `KINDS`.
pub struct Data {
    line: Vec<Result>,
    net: Vec<Result>,
    exact_loss: f64,
    parameters: usize,
}

fn grid((first, count): (i32, i32)) -> Vec<f64> {
    let exponents = first..first + count;
    exponents
        .map(|k| 10f64.powf(f64::from(k) / f64::from(PER_DECADE)))
        .collect()
}

/// Chooses the peak by the tuning seeds and measures with fresh ones.
fn tuned((tuning, runs): (u64, u64), rates: &[f64], score: impl Fn(f64, u64) -> f64) -> Result {
    let mean = |peak: f64| (0..tuning).map(|seed| score(peak, seed)).sum::<f64>();
    let best = rates
        .iter()
        .enumerate()
        .map(|(i, &peak)| (mean(peak), i))
        .min_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, i)| i)
        .expect("the grid is not empty");
    let scores: Vec<f64> = (FRESH..FRESH + runs)
        .map(|seed| score(rates[best], seed))
        .collect();
    let (mean, spread) = mean_and_spread(&scores);
    Result {
        peak: rates[best],
        at_edge: best == 0 || best + 1 == rates.len(),
        mean,
        spread,
    }
}

fn line(problem: &Problem, kind: &Kind, peak: f64, seed: u64) -> f64 {
    let mut theta = Array1::zeros(2);
    let finite = train(
        &problem.model,
        Sgd::plain(),
        (kind.make)(peak, LINE_UPDATES),
        Sampler::new(100, Sampling::OneSample, seed),
        &mut theta,
        LINE_UPDATES,
        |_| {},
    );
    let excess = problem.model.value(&theta) / problem.exact_loss - 1.0;
    if finite && excess.is_finite() {
        excess
    } else {
        f64::INFINITY
    }
}

/// Two moons that overlap, and a network of two hidden layers.
fn network() -> EmpiricalRisk<f64> {
    let moons = two_moons(NET_SAMPLES, 0.25, 42);
    let target = Target::BinaryCrossEntropy(moons.labels);
    EmpiricalRisk::new(Mlp::new(&[2, 16, 16, 1]), moons.x, target)
}

fn rule() -> impl Optimizer<f64> {
    Sgd::default().momentum(0.9)
}

fn net(risk: &EmpiricalRisk<f64>, kind: &Kind, peak: f64, seed: u64) -> f64 {
    let start = Initializer::XavierNormal { gain: 1.0 };
    let mut theta = risk.net().init(start, seed);
    let sampling = Sampling::Epochs { size: NET_BATCH };
    let finite = train(
        risk,
        rule(),
        (kind.make)(peak, NET_UPDATES),
        Sampler::new(NET_SAMPLES, sampling, seed),
        &mut theta,
        NET_UPDATES,
        |_| {},
    );
    let loss = risk.value(&theta);
    if finite && loss.is_finite() {
        loss
    } else {
        f64::INFINITY
    }
}

impl Experiment for Race {
    const NAME: &'static str = "schedules-race";
    type Data = Data;

    fn data() -> Data {
        let problem = Problem::lesson();
        let risk = network();
        let on_line = |kind| {
            tuned(LINE_RUNS, &grid(LINE_GRID), |peak, seed| {
                line(&problem, kind, peak, seed)
            })
        };
        let on_net = |kind| {
            tuned(NET_RUNS, &grid(NET_GRID), |peak, seed| {
                net(&risk, kind, peak, seed)
            })
        };
        Data {
            line: KINDS.iter().map(on_line).collect(),
            net: KINDS.iter().map(on_net).collect(),
            exact_loss: problem.exact_loss,
            parameters: risk.dim(),
        }
    }

    fn values(data: &Data) -> Values {
        let (line_rates, net_rates) = (grid(LINE_GRID), grid(NET_GRID));
        let mut values = Values::new()
            .count("line.tuning-runs", LINE_RUNS.0 as usize)
            .count("line.runs", LINE_RUNS.1 as usize)
            .count("net.tuning-runs", NET_RUNS.0 as usize)
            .count("net.runs", NET_RUNS.1 as usize)
            .count("line.updates", LINE_UPDATES)
            .count("line.rates", line_rates.len())
            .number("line.least-rate", line_rates[0])
            .number("line.greatest-rate", line_rates[line_rates.len() - 1])
            .number("line.lowest-loss", data.exact_loss)
            .count("net.updates", NET_UPDATES)
            .count("net.samples", NET_SAMPLES)
            .count("net.batch", NET_BATCH)
            .count("net.parameters", data.parameters)
            .count("net.rates", net_rates.len())
            .number("net.least-rate", net_rates[0])
            .number("net.greatest-rate", net_rates[net_rates.len() - 1]);
        for (problem, results) in [("line", &data.line), ("net", &data.net)] {
            for (kind, result) in KINDS.iter().zip(results) {
                let key = format!("{problem}.{}", kind.key);
                values = values
                    .number(format!("{key}.peak"), result.peak)
                    .number(format!("{key}.mean"), result.mean)
                    .number(format!("{key}.low"), result.spread[0])
                    .number(format!("{key}.high"), result.spread[1]);
            }
            let best =
                (0..KINDS.len()).min_by(|&a, &b| results[a].mean.total_cmp(&results[b].mean));
            let best = best.expect("there are schedules");
            values = values
                .text(format!("{problem}.best"), KINDS[best].name)
                .number(
                    format!("{problem}.gain"),
                    results[0].mean / results[best].mean,
                )
                .count(
                    format!("{problem}.at-edge"),
                    results.iter().filter(|result| result.at_edge).count(),
                );
        }
        values
    }
}

impl Figure for Race {
    fn table(data: &Data) -> Table {
        let columns = [
            "problem",
            "schedule",
            "peak",
            "mean",
            "lowest_tenth",
            "highest_tenth",
        ];
        let mut table = Table::new(&columns);
        for (problem, results) in [("line", &data.line), ("net", &data.net)] {
            for (kind, result) in KINDS.iter().zip(results) {
                table.row([
                    problem.into(),
                    kind.key.into(),
                    result.peak.into(),
                    result.mean.into(),
                    result.spread[0].into(),
                    result.spread[1].into(),
                ]);
            }
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let names: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
        let panel = |title: &str, axis: Axis, results: &[Result]| {
            let rows = Axis::named("", &names).reversed();
            let mut panel = Panel::new(axis, rows).title(title).height(330.0, 300.0);
            panel.curve(
                &[
                    (results[0].mean, -1.0),
                    (results[0].mean, KINDS.len() as f64),
                ],
                Stroke::thin(Ink::Muted).dash(Dash::Dashed),
            );
            for (i, result) in results.iter().enumerate() {
                let row = i as f64;
                panel.curve(
                    &[(result.spread[0], row), (result.spread[1], row)],
                    Stroke::solid(Ink::Data).width(1.6),
                );
                panel.dots(&[(result.mean, row)], Dot::Disc, 4.0, Ink::Data);
            }
            panel
        };
        let (lo, hi) = bounds(&data.line);
        let line = panel(
            "直线拟合，每步一个样本",
            Axis::log("损失高出最低多少", lo, hi).percent(),
            &data.line,
        );
        let (lo, hi) = bounds(&data.net);
        let net = panel(
            "小网络，每步 16 个样本",
            Axis::linear(
                "训练损失",
                (lo * 100.0).floor() / 100.0,
                (hi * 100.0).ceil() / 100.0,
            ),
            &data.net,
        );
        layout::arrange(form, &[line, net])
    }
}

/// What holds all spreads, with a margin.
fn bounds(results: &[Result]) -> (f64, f64) {
    let lo = results
        .iter()
        .fold(f64::INFINITY, |lo, r| lo.min(r.spread[0]));
    let hi = results.iter().fold(0.0, |hi: f64, r| hi.max(r.spread[1]));
    (lo * 0.8, hi * 1.25)
}

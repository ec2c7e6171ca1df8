//! Where warm-up saves a run, and where it does nothing.

use gd_core::autodiff::Activation;
use gd_core::batch::{Sampler, Sampling};
use gd_core::data::spirals;
use gd_core::init::Initializer;
use gd_core::model::{EmpiricalRisk, Mlp, Target};
use gd_core::numeric;
use gd_core::objective::FnObjective;
use gd_core::optim::{Adam, Sgd};
use gd_core::schedule::{CosineAnnealing, Sequential};
use gd_core::{Objective, Optimizer};
use ndarray::{Array1, ArrayRef1};

use super::{Rate, train, warm_up};
use crate::axis::Axis;
use crate::label::Side;
use crate::panel::{Dot, Panel};
use crate::style::{Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

/// Enough for all runs that succeed to have done so; with the other sizes, seconds in all.
const UPDATES: usize = 500;
const WARM: usize = 50;
const SEEDS: u64 = 8;
const SAMPLES: usize = 200;
const BATCH: usize = 20;
const WIDTH: usize = 16;
const HIDDEN: usize = 6;
const PEAKS: [f64; 5] = [0.05, 0.075, 0.1, 0.15, 0.2];
/// A run that ends above this has learnt little: guessing gives ln 2 = 0.693.
const FAILED: f64 = 0.3;
/// Where losses are drawn that are higher or not finite.
const CEILING: f64 = 1.0;
/// Peak at which the steepness of the land is measured.
const LOOK: f64 = 0.1;
/// Iterations of the power method; the eigenvalue is drawn in no picture, so two digits do.
const ITERATIONS: usize = 60;

/// `schedules-warm-up`.
pub struct WarmUp;

/// Final losses by peak and seed.
struct Losses {
    without: Vec<Vec<f64>>,
    with: Vec<Vec<f64>>,
}

/// Starts of two sizes, and what the land is like there.
pub struct Data {
    he: Losses,
    double: Losses,
    /// Median sharpness over seeds at the start and after the warm-up: He, double.
    sharpness: [[f64; 2]; 2],
    /// Median final loss of Adam from He's start: without, with.
    adam: [f64; 2],
}

fn risk() -> EmpiricalRisk<f64> {
    let data = spirals(SAMPLES, 0.05, 42);
    let sizes: Vec<usize> = [2].into_iter().chain([WIDTH; HIDDEN]).chain([1]).collect();
    let net = Mlp::new(&sizes).activation(Activation::Relu);
    EmpiricalRisk::new(net, data.x, Target::BinaryCrossEntropy(data.labels))
}

/// He's standard deviations times `factor`, layer by layer.
fn start(risk: &EmpiricalRisk<f64>, factor: f64, seed: u64) -> Array1<f64> {
    risk.net().init(Initializer::HeNormal, seed) * factor
}

fn rate(peak: f64, warm: usize) -> Rate {
    if warm == 0 {
        return Rate::pure(CosineAnnealing::new(peak, UPDATES));
    }
    let cosine = CosineAnnealing::new(peak, UPDATES - warm);
    Rate::pure(Sequential::new(warm_up(peak, warm)).then(warm, cosine))
}

fn trained(
    risk: &EmpiricalRisk<f64>,
    rule: impl Optimizer<f64>,
    factor: f64,
    (peak, warm): (f64, usize),
    seed: u64,
    updates: usize,
) -> Array1<f64> {
    let mut theta = start(risk, factor, seed);
    let sampler = Sampler::new(SAMPLES, Sampling::Epochs { size: BATCH }, seed);
    train(
        risk,
        rule,
        rate(peak, warm),
        sampler,
        &mut theta,
        updates,
        |_| {},
    );
    theta
}

fn loss(risk: &EmpiricalRisk<f64>, theta: &Array1<f64>) -> f64 {
    let loss = risk.value(theta);
    if loss.is_nan() { f64::INFINITY } else { loss }
}

/// The greatest eigenvalue of the Hessian. The power method finds the one greatest in size; added to
/// the whole spectrum, that size makes the greatest one the one greatest in size.
fn greatest_curvature(risk: &EmpiricalRisk<f64>, theta: &Array1<f64>) -> f64 {
    let direction = Array1::from_elem(theta.len(), 1.0);
    let sharpness = |problem: &dyn Objective<f64>| {
        numeric::sharpness(problem, theta, &direction, 1e-4, ITERATIONS).eigenvalue
    };
    let size = sharpness(risk).abs();
    let shifted = FnObjective::new(
        theta.len(),
        |x: &ArrayRef1<f64>| risk.value(x) + 0.5 * size * (&x.view() - theta).pow2().sum(),
        |x: &ArrayRef1<f64>, grad: &mut ArrayRef1<f64>| {
            risk.gradient(x, grad);
            grad.scaled_add(size, &(&x.view() - theta));
        },
    );
    sharpness(&shifted) - size
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    (values[(values.len() - 1) / 2] + values[values.len() / 2]) / 2.0
}

impl Experiment for WarmUp {
    const NAME: &'static str = "schedules-warm-up";
    type Data = Data;

    fn data() -> Data {
        let risk = risk();
        let losses = |factor| {
            let ends = |warm| {
                let by_seed = |&peak: &f64| -> Vec<f64> {
                    let end =
                        |seed| trained(&risk, Sgd::plain(), factor, (peak, warm), seed, UPDATES);
                    (0..SEEDS).map(|seed| loss(&risk, &end(seed))).collect()
                };
                PEAKS.iter().map(by_seed).collect()
            };
            Losses {
                without: ends(0),
                with: ends(WARM),
            }
        };
        let sharpness = |factor| {
            [0, WARM].map(|updates| {
                median((0..SEEDS).map(|seed| {
                    let theta = trained(&risk, Sgd::plain(), factor, (LOOK, WARM), seed, updates);
                    greatest_curvature(&risk, &theta)
                }))
            })
        };
        let adam = [0, WARM].map(|warm| {
            median((0..SEEDS).map(|seed| {
                let end = trained(&risk, Adam::default(), 1.0, (0.01, warm), seed, UPDATES);
                loss(&risk, &end)
            }))
        });
        Data {
            he: losses(1.0),
            double: losses(1.75),
            sharpness: [sharpness(1.0), sharpness(1.75)],
            adam,
        }
    }

    fn values(data: &Data) -> Values {
        let mut values = Values::new()
            .count("updates", UPDATES)
            .count("warm", WARM)
            .count("seeds", SEEDS as usize)
            .count("batch", BATCH)
            .number("look", LOOK)
            .number("limit", 2.0 / LOOK)
            .number("failed-above", FAILED)
            .number("adam.without", data.adam[0])
            .number("adam.with", data.adam[1]);
        for (key, losses, sharpness) in [
            ("he", &data.he, data.sharpness[0]),
            ("double", &data.double, data.sharpness[1]),
        ] {
            values = values
                .number(format!("{key}.sharpness.start"), sharpness[0])
                .number(format!("{key}.sharpness.warm"), sharpness[1]);
            for (way, ends) in [("without", &losses.without), ("with", &losses.with)] {
                let failed = |ends: &Vec<f64>| ends.iter().filter(|l| **l > FAILED).count();
                values = values
                    .count(format!("{key}.{way}.failed"), ends.iter().map(failed).sum())
                    .count(format!("{key}.{way}.runs"), PEAKS.len() * SEEDS as usize);
                for (peak, ends) in PEAKS.iter().zip(ends) {
                    let name = peak.to_string().replace('.', "-");
                    values = values
                        .count(format!("{key}.{way}.lr-{name}.failed"), failed(ends))
                        .number(
                            format!("{key}.{way}.lr-{name}.median"),
                            median(ends.iter().copied()),
                        );
                }
            }
        }
        values
    }
}

impl Figure for WarmUp {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["start", "warm_up", "peak", "seed", "final_loss"]);
        for (start, losses) in [("He", &data.he), ("double", &data.double)] {
            for (warm, ends) in [(0, &losses.without), (WARM, &losses.with)] {
                for (&peak, ends) in PEAKS.iter().zip(ends) {
                    for (seed, &end) in ends.iter().enumerate() {
                        table.row([
                            start.into(),
                            warm.into(),
                            peak.into(),
                            seed.into(),
                            end.into(),
                        ]);
                    }
                }
            }
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let panel = |title: &str, losses: &Losses| {
            let mut panel = Panel::new(
                Axis::log("最大学习率 *η*", 0.042, 0.24).ticks_at(&PEAKS),
                Axis::log("500 步后的损失", 2e-4, 1.6),
            )
            .title(title)
            .height(250.0, 230.0);
            panel.rule_y(
                std::f64::consts::LN_2,
                Stroke::thin(Ink::Muted).dash(crate::style::Dash::Dashed),
                "瞎猜 ln 2",
            );
            let dots = |ends: &[Vec<f64>], shift: f64| -> Vec<Point> {
                let by_peak = PEAKS.iter().zip(ends);
                by_peak
                    .flat_map(|(peak, ends)| {
                        ends.iter().map(move |end| (peak * shift, end.min(CEILING)))
                    })
                    .collect()
            };
            panel.dots(&dots(&losses.without, 0.965), Dot::Ring, 3.0, Ink::Path);
            panel.dots(&dots(&losses.with, 1.035), Dot::Disc, 3.2, Ink::Data);
            panel.label((0.052, 0.00035), "○ 不预热", Ink::Path, &[Side::Right]);
            panel.label((0.095, 0.00035), "● 预热 50 步", Ink::Data, &[Side::Right]);
            panel
        };
        let he = panel("合适的起点：预热与否差不多", &data.he);
        let double = panel("太大的起点：学习率一大，不预热就失败", &data.double);
        layout::arrange(form, &[he, double])
    }
}

//! The edge of stability (Cohen et al. 2021, arXiv:2103.00065): full-batch descent drives the
//! sharpness up to 2/η and keeps it there.

use std::ops::ControlFlow;

use gd_core::data::spirals;
use gd_core::init::Initializer;
use gd_core::model::{EmpiricalRisk, Mlp, Target};
use gd_core::numeric::sharpness;
use gd_core::optim::Sgd;
use gd_core::schedule::MultiStepLr;
use gd_core::{Descent, Objective, Schedule, Snapshot, minimize};
use ndarray::{Array1, Array2, ArrayRef1};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use crate::axis::Axis;
use crate::label::Side;
use crate::panel::Panel;
use crate::style::{Dash, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

const SAMPLES: usize = 100;
const SIZES: [usize; 4] = [2, 20, 20, 1];
const STEPS: usize = 4000;
/// Steps between two looks at the sharpness: it moves slowly, and a look costs some ten gradients,
/// since it starts from the direction of the last. One per cent of a residual is one in ten thousand
/// of the eigenvalue.
const EVERY: usize = 20;
const RATES: [(&str, f64); 3] = [("small", 0.05), ("middle", 0.1), ("large", 0.2)];
/// Starts and data sets; the first is the one drawn.
const SEEDS: u64 = 3;

/// `training-edge`.
pub struct Edge;

/// One run.
pub struct Run {
    key: &'static str,
    lr: f64,
    /// After every update.
    losses: Vec<f64>,
    /// Every [`EVERY`] updates.
    sharpness: Vec<f64>,
}

/// The runs of the chapter.
pub struct Data {
    /// By start, then by learning rate.
    starts: Vec<Vec<Run>>,
    /// The largest rate, and after half of the steps the smallest.
    switched: Run,
    parameters: usize,
}

/// Half the mean squared error: with it the limit of a quadratic is the 2/η of the literature.
struct Half(EmpiricalRisk<f64>);

impl Objective<f64> for Half {
    fn dim(&self) -> usize {
        self.0.dim()
    }

    fn value(&self, theta: &ArrayRef1<f64>) -> f64 {
        self.0.value(theta) / 2.0
    }

    fn gradient(&self, theta: &ArrayRef1<f64>, grad: &mut ArrayRef1<f64>) {
        self.0.gradient(theta, grad);
        *grad *= 0.5;
    }
}

fn run(key: &'static str, lr: f64, schedule: impl Schedule<f64>, seed: u64) -> Run {
    let data = spirals(SAMPLES, 0.05, seed);
    let signs = Array2::from_shape_fn((SAMPLES, 1), |(i, _)| 2.0 * data.labels[i] as f64 - 1.0);
    let net = Mlp::new(&SIZES);
    let mut theta = Array1::zeros(net.dim());
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    for layer in 0..net.layers() {
        let std = (net.sizes()[layer] as f64).sqrt().recip();
        Initializer::Normal { std }.fill(net.weights_mut(&mut theta, layer), &mut rng);
    }
    let mut direction = Array2::zeros((1, net.dim()));
    Initializer::Normal { std: 1.0 }.fill(direction.view_mut(), &mut rng);
    let mut direction = direction.row(0).to_owned();

    let risk = Half(EmpiricalRisk::new(
        net,
        data.x,
        Target::MeanSquaredError(signs),
    ));
    let (mut losses, mut curvatures) = (Vec::new(), Vec::new());
    let mut record = |now: &Snapshot<'_, f64>| {
        losses.push(risk.value(now.x));
        if now.step.is_multiple_of(EVERY) {
            let sharp = sharpness(&risk, now.x, &direction, 1e-2, 30);
            curvatures.push(sharp.eigenvalue);
            direction = sharp.eigenvector;
        }
        ControlFlow::Continue(())
    };
    let mut solver = Descent::new(Sgd::plain(), schedule);
    minimize(&risk, &mut solver, &mut theta, STEPS, &mut record);
    Run {
        key,
        lr,
        losses,
        sharpness: curvatures,
    }
}

impl Run {
    fn limit(&self) -> f64 {
        2.0 / self.lr
    }

    /// The first look at which the sharpness is above 2/η, as a step.
    fn crossing(&self) -> Option<usize> {
        let first = self.sharpness.iter().position(|s| *s > self.limit());
        first.map(|look| look * EVERY)
    }

    fn second_half(&self) -> &[f64] {
        &self.sharpness[self.sharpness.len() / 2..]
    }

    fn mean(&self) -> f64 {
        self.second_half().iter().sum::<f64>() / self.second_half().len() as f64
    }

    /// Updates after which the loss is higher than before.
    fn rises(&self) -> usize {
        let pairs = self.losses.windows(2);
        pairs.filter(|pair| pair[1] > pair[0]).count()
    }
}

impl Experiment for Edge {
    const NAME: &'static str = "training-edge";
    type Data = Data;

    fn data() -> Data {
        // the smallest rate, which does not reach its limit, only from the first start
        let rates = |seed| RATES.into_iter().skip(usize::from(seed > 0));
        let start = |seed| {
            rates(seed)
                .map(|(key, lr)| run(key, lr, lr, seed))
                .collect()
        };
        let [(_, small), _, (key, large)] = RATES;
        let switch = MultiStepLr::new(large, [STEPS / 2]).gamma(small / large);
        Data {
            starts: (0..SEEDS).map(start).collect(),
            switched: run(key, large, switch, 0),
            parameters: Mlp::new(&SIZES).dim(),
        }
    }

    fn values(data: &Data) -> Values {
        let mut values = Values::new()
            .count("samples", SAMPLES)
            .count("steps", STEPS)
            .count("parameters", data.parameters)
            .count("entries", data.parameters * data.parameters)
            .count("seeds", SEEDS as usize);
        for run in &data.starts[0] {
            let key = run.key;
            let half = run.second_half().iter();
            let most = |run: &Run| run.sharpness.iter().fold(0.0_f64, |m, &s| m.max(s));
            values = values
                .number(format!("{key}.lr"), run.lr)
                .number(format!("{key}.limit"), run.limit())
                .number(format!("{key}.start"), run.sharpness[0])
                .number(format!("{key}.most"), most(run))
                .number(format!("{key}.mean"), run.mean())
                .number(
                    format!("{key}.half.least"),
                    half.clone().fold(f64::INFINITY, |m, &s| m.min(s)),
                )
                .number(format!("{key}.half.most"), half.fold(0.0, |m, &s| s.max(m)))
                .count(format!("{key}.rises"), run.rises())
                .number(format!("{key}.loss.final"), run.losses[STEPS]);
            if let Some(step) = run.crossing() {
                values = values
                    .count(format!("{key}.crossing"), step)
                    .number(format!("{key}.loss.crossing"), run.losses[step]);
            }
            for (seed, runs) in data.starts.iter().enumerate() {
                if let Some(run) = runs.iter().find(|run| run.key == key) {
                    values = values.number(format!("{key}.seed-{}.mean", seed + 1), run.mean());
                }
            }
        }
        let after = &data.switched.losses[STEPS / 2..];
        let rises = after.windows(2).filter(|pair| pair[1] > pair[0]).count();
        let looks = &data.switched.sharpness;
        values
            .count("switch.step", STEPS / 2)
            .number("switch.before", looks[STEPS / 2 / EVERY])
            .number("switch.final", looks[STEPS / EVERY])
            .count("switch.rises", rises)
    }
}

impl Figure for Edge {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["lr", "step", "loss", "sharpness"]);
        for run in &data.starts[0] {
            for (look, &sharpness) in run.sharpness.iter().enumerate() {
                let step = look * EVERY;
                table.row([
                    run.lr.into(),
                    step.into(),
                    run.losses[step].into(),
                    sharpness.into(),
                ]);
            }
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let drawn = data.starts[0]
            .iter()
            .flat_map(|run| run.losses.iter().step_by(EVERY));
        let highest = drawn.fold(1.0_f64, |m, &l| m.max(1.2 * l));
        let steps = || {
            Axis::linear("更新次数", 0.0, STEPS as f64)
                .ticks_at(&[0.0, 1000.0, 2000.0, 3000.0, 4000.0])
        };
        let mut sharp = Panel::new(steps(), Axis::linear("锐度（最大的曲率）", 0.0, 44.0));
        let mut loss = Panel::new(steps(), Axis::log("损失 *L*", 3e-3, highest));
        for (k, run) in data.starts[0].iter().enumerate() {
            let stroke = Stroke::series(k).dash(Dash::Solid).width(1.5);
            let limit = Stroke::thin(stroke.ink).dash(Dash::Dashed);
            let name = format!("2/{} = {}", run.lr, run.limit());
            sharp.rule_y(run.limit(), limit, &name);
            let looks = run.sharpness.iter().enumerate();
            let curve: Vec<Point> = looks.map(|(i, &s)| ((i * EVERY) as f64, s)).collect();
            sharp.curve(&curve, stroke);
            let losses = run.losses.iter().enumerate().step_by(EVERY);
            let losses: Vec<Point> = losses.map(|(i, &l)| (i as f64, l)).collect();
            loss.curve(&losses, stroke);
            let name = format!("*η* = {}", run.lr);
            let side = [Side::AboveRight, Side::AboveRight, Side::BelowLeft][k];
            loss.label(losses[[60, 110, 90][k]], &name, stroke.ink, &[side]);
            if k == 0 {
                sharp.label(curve[150], &name, stroke.ink, &[Side::Above]);
            }
        }
        layout::arrange(form, &[sharp, loss])
    }
}

//! Twenty ReLU layers with weights √2 times too large: clipped, and started right.

use gd_core::autodiff::Activation;
use gd_core::init::Initializer;
use gd_core::observer::GradientNorms;
use gd_core::optim::Sgd;
use gd_core::solver::Clipped;
use gd_core::{Descent, Objective, minimize};

use super::{CURED, Course, SICK, course, narrow, spirals};
use crate::axis::Axis;
use crate::label::Side;
use crate::panel::Panel;
use crate::run::by_step;
use crate::style::{Dash, Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

const DEPTH: usize = 20;
const LR: f64 = 0.05;
const MAX_NORM: f64 = 1.0;
/// The networks learn in some hundred updates.
const STEPS: usize = 800;
const SEEDS: u64 = 5;

/// `clinic-exploding`.
pub struct Exploding;

/// The runs by seed, and the gradient norms of one of them before they are clipped.
pub struct Data {
    sick: Vec<Course>,
    clipped: Vec<(Course, f64)>,
    he: Vec<(Course, f64)>,
    /// The sick networks at a tenth of the rate.
    tenth: Vec<(Course, f64)>,
    norms: Vec<f64>,
    /// ‖∇L‖ at the start of each sick run.
    first: Vec<f64>,
}

impl Experiment for Exploding {
    const NAME: &'static str = "clinic-exploding";
    type Data = Data;

    fn data() -> Data {
        let risk = spirals(200, narrow(DEPTH).activation(Activation::Relu));
        let descent = || Descent::new(Sgd::plain(), LR);
        let he = |seed| risk.net().init::<f64>(Initializer::HeNormal, seed);
        let large = |seed| he(seed) * std::f64::consts::SQRT_2;
        let judged = |run: Course| {
            let accuracy = risk.accuracy(&run.theta);
            (run, accuracy)
        };
        let mut norms = GradientNorms::new();
        let mut clipped = Clipped::norm(descent(), MAX_NORM);
        minimize(&risk, &mut clipped, &mut large(0), STEPS, &mut norms);
        let first = |seed| {
            let theta = large(seed);
            let mut grad = theta.clone();
            risk.gradient(&theta, &mut grad);
            grad.dot(&grad).sqrt()
        };
        Data {
            sick: (0..SEEDS)
                .map(|seed| course(&risk, descent(), large(seed), STEPS))
                .collect(),
            clipped: (0..SEEDS)
                .map(|seed| {
                    course(
                        &risk,
                        Clipped::norm(descent(), MAX_NORM),
                        large(seed),
                        STEPS,
                    )
                })
                .map(judged)
                .collect(),
            he: (0..SEEDS)
                .map(|seed| course(&risk, descent(), he(seed), STEPS))
                .map(judged)
                .collect(),
            tenth: (0..SEEDS)
                .map(|seed| {
                    course(
                        &risk,
                        Descent::new(Sgd::plain(), LR / 10.0),
                        large(seed),
                        STEPS,
                    )
                })
                .map(judged)
                .collect(),
            norms: norms.values,
            first: (0..SEEDS).map(first).collect(),
        }
    }

    fn values(data: &Data) -> Values {
        let at = |run: &Course| run.diverged_at().unwrap_or(STEPS);
        let failed = data
            .sick
            .iter()
            .filter(|run| run.diverged_at().is_some())
            .count();
        let learnt = |runs: &[(Course, f64)]| runs.iter().filter(|run| run.1 > 0.95).count();
        Values::new()
            .count("depth", DEPTH)
            .number("lr", LR)
            .number("max-norm", MAX_NORM)
            .count("steps", STEPS)
            .count("seeds", SEEDS as usize)
            .count("sick-diverged", failed)
            .count("sick-last-at", data.sick.iter().map(at).max().unwrap_or(0))
            .number(
                "first-norm-least",
                data.first.iter().copied().fold(f64::INFINITY, f64::min),
            )
            .number(
                "first-norm-most",
                data.first.iter().copied().fold(0.0, f64::max),
            )
            .number("first-norm", data.norms[0])
            .count("tenth-learnt", learnt(&data.tenth))
            .count(
                "tenth-diverged",
                data.tenth
                    .iter()
                    .filter(|run| run.0.diverged_at().is_some())
                    .count(),
            )
            .count("clipped-learnt", learnt(&data.clipped))
            .count("he-learnt", learnt(&data.he))
            .number("clipped", data.clipped[0].0.last())
            .number("he", data.he[0].0.last())
    }
}

impl Figure for Exploding {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["run", "step", "loss"]);
        for (name, run) in [
            ("sick", &data.sick[0]),
            ("clipped", &data.clipped[0].0),
            ("he", &data.he[0].0),
        ] {
            for (step, &loss) in run.loss.iter().enumerate().step_by(5) {
                table.row([name.into(), step.into(), loss.into()]);
            }
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let mut loss = Panel::new(
            // the sick run goes straight up: off the axis
            Axis::linear("更新次数", -25.0, STEPS as f64)
                .ticks_at(&[0.0, 200.0, 400.0, 600.0, 800.0]),
            Axis::log("训练损失", 1e-4, 1e6),
        )
        .title("症状");
        let points =
            |run: &Course| -> Vec<Point> { by_step(&run.loss).into_iter().step_by(5).collect() };
        let sick: Vec<Point> = data.sick[0]
            .loss
            .iter()
            .take_while(|loss| **loss < 1e6)
            .copied()
            .enumerate()
            .map(|(t, loss)| (t as f64, loss))
            .collect();
        // it leaves the window within a few updates: the arrow shows where to
        let end = (sick.len() as f64, 1e6);
        loss.headed(&[&sick[..], &[end]].concat(), SICK);
        loss.label((12.0, 2e5), "病：几步就溢出", SICK.ink, &[Side::Right]);
        let clipped = points(&data.clipped[0].0);
        loss.curve(&clipped, CURED);
        loss.along(&clipped, 0.55, "治：裁剪到 1", CURED.ink);
        let he = points(&data.he[0].0);
        let stroke = Stroke::solid(Ink::Fourth).dash(Dash::Dotted);
        loss.curve(&he, stroke);
        loss.along(&he, 0.8, "治本：He", stroke.ink);
        let mut norms = Panel::new(
            Axis::linear("更新次数", 0.0, STEPS as f64),
            Axis::log("‖∇*L*‖，裁剪之前", 1e-2, 1e5),
        )
        .title("化验：梯度有多长");
        let curve: Vec<Point> = by_step(&data.norms).into_iter().step_by(3).collect();
        norms.curve(&curve, Stroke::thin(Ink::Data));
        norms.along(&curve, 0.3, "裁剪的那次训练", Ink::Data);
        norms.rule_y(MAX_NORM, Stroke::truth(), "上限 1");
        layout::arrange(form, &[loss, norms])
    }
}

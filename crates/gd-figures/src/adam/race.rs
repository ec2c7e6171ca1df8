//! Where Adam is not the faster one: a round bowl and an aligned ravine, both quadratic.

use gd_core::Optimizer;
use gd_core::objective::Quadratic;
use gd_core::optim::{Adam, Sgd};

use crate::axis::Axis;
use crate::label::Side;
use crate::panel::Panel;
use crate::run::{by_step, descend, largest, steps_until_settled};
use crate::style::Stroke;
use crate::{Drawing, Experiment, Figure, Form, Table, Values, layout};

/// Adam's learning rates: 0.02, 0.04, … up to 2.
const RATES: i32 = 100;
const MOST: usize = 1_000;
const SHOWN: usize = 400;
/// Updates for which the settled Adam is watched whether it leaves again.
const LONG: usize = 20_000;

/// `adam-race`.
pub struct Race;

/// One land: the largest coordinate by step, and steps to 10⁻⁶ for good.
pub struct Land {
    key: &'static str,
    title: &'static str,
    /// Plain at its best, momentum at its best, Adam at the best of the rates.
    runs: Vec<(&'static str, Vec<f64>, usize, f64)>,
    /// Adam's first update outside again, if there is one within [`LONG`].
    leaves: f64,
    /// The fewest steps of Adam with β₁ = 0.
    no_momentum: usize,
}

fn settled(
    f: &Quadratic<f64>,
    rule: impl Optimizer<f64>,
    lr: f64,
    start: [f64; 2],
) -> Option<usize> {
    steps_until_settled(f, rule, lr, &start, MOST, |x| largest(x) < 1e-6)
}

/// The fewest steps over all rates, and the rate.
fn fewest(f: &Quadratic<f64>, adam: impl Fn() -> Adam<f64>, start: [f64; 2]) -> (usize, f64) {
    let rates = (1..=RATES).map(|k| f64::from(k) / 50.0);
    rates
        .filter_map(|lr| Some((settled(f, adam(), lr, start)?, lr)))
        .min_by_key(|(steps, _)| *steps)
        .expect("some rate converges")
}

impl Land {
    /// `plain` and `heavy_ball` are their learning rates and momenta.
    fn new(key: &'static str, title: &'static str, curvatures: [f64; 2], start: [f64; 2]) -> Self {
        let f = Quadratic::diagonal(&curvatures);
        let sizes = |rule: Box<dyn Optimizer<f64>>, lr| -> Vec<f64> {
            let run = descend(&f, rule, lr, &start, SHOWN);
            run.points.iter().map(|x| largest(x)).collect()
        };
        let (low, high) = (curvatures[0].sqrt(), curvatures[1].sqrt());
        let plain_lr = 2.0 / (curvatures[0] + curvatures[1]);
        let ball_lr = (2.0 / (high + low)).powi(2);
        let momentum = ((high - low) / (high + low)).powi(2);
        let ball = || Box::new(Sgd::default().momentum(momentum));
        let plain = || Box::new(Sgd::plain());
        let adam = || Box::new(Adam::default());
        let (adam_steps, adam_lr) = fewest(&f, Adam::default, start);
        let (no_momentum, _) = fewest(&f, || Adam::default().betas(0.0, 0.999), start);
        let long = descend(&f, Adam::default(), adam_lr, &start, LONG).points;
        let outside = long[MOST..].iter().position(|x| largest(x) >= 1e-6);
        let steps =
            |rule: Box<dyn Optimizer<f64>>, lr| settled(&f, rule, lr, start).expect("it converges");
        Land {
            key,
            title,
            runs: vec![
                (
                    "plain",
                    sizes(plain(), plain_lr),
                    steps(plain(), plain_lr),
                    plain_lr,
                ),
                (
                    "heavy-ball",
                    sizes(ball(), ball_lr),
                    steps(ball(), ball_lr),
                    ball_lr,
                ),
                ("adam", sizes(adam(), adam_lr), adam_steps, adam_lr),
            ],
            leaves: outside.map_or(f64::INFINITY, |t| (t + MOST) as f64),
            no_momentum,
        }
    }
}

impl Experiment for Race {
    const NAME: &'static str = "adam-race";
    type Data = [Land; 2];

    fn data() -> [Land; 2] {
        [
            Land::new("bowl", "碗 *x*² + 2*y*²", [2.0, 4.0], [4.0, 3.0]),
            Land::new("ravine", "峡谷，*κ* = 50", [1.0, 50.0], [-4.0, 1.0]),
        ]
    }

    fn values(data: &[Land; 2]) -> Values {
        let ravine = Quadratic::diagonal(&[1.0, 50.0]);
        let (steps, _) = fewest(&ravine, Adam::default, [-1.0, 1.0]);
        let mut values = Values::new()
            .count("most", MOST)
            .count("ravine.near.adam.steps", steps);
        for land in data {
            values = values
                .number(format!("{}.adam.leaves", land.key), land.leaves)
                .count(format!("{}.no-momentum.steps", land.key), land.no_momentum);
            for (method, _, steps, lr) in &land.runs {
                values = values
                    .count(format!("{}.{method}.steps", land.key), *steps)
                    .number(format!("{}.{method}.lr", land.key), *lr);
            }
        }
        values
    }
}

impl Figure for Race {
    fn table(data: &[Land; 2]) -> Table {
        let mut table = Table::new(&["land", "method", "step", "largest_coordinate"]);
        for land in data {
            for (method, sizes, ..) in &land.runs {
                for (t, &size) in sizes.iter().enumerate() {
                    if size > 1e-9 {
                        table.row([land.key.into(), (*method).into(), t.into(), size.into()]);
                    }
                }
            }
        }
        table
    }

    fn draw(data: &[Land; 2], form: Form) -> Drawing {
        let panel = |land: &Land| {
            let mut panel = Panel::new(
                Axis::linear("步数 *t*", 0.0, SHOWN as f64),
                Axis::log("最大的坐标", 1e-8, 10.0),
            )
            .title(land.title)
            .height(240.0, 220.0);
            for (i, (method, sizes, ..)) in land.runs.iter().enumerate() {
                let curve = by_step(sizes);
                let stroke = Stroke::series(i);
                panel.curve(&curve, stroke);
                let name = ["普通", "重球", "Adam"][i];
                let heights = if land.key == "bowl" {
                    [1e-2, 3e-6, 1e-4]
                } else {
                    [1e-3, 1e-6, 3e-6]
                };
                let at = curve
                    .iter()
                    .rfind(|p| p.1 > heights[i])
                    .expect("it begins above");
                let right = [Side::Right, Side::AboveRight];
                let below = [Side::Left, Side::BelowLeft];
                let side = if land.key == "ravine" && *method == "adam" {
                    below
                } else {
                    right
                };
                panel.label_off(*at, name, stroke.ink, &side, 5.0);
            }
            panel
        };
        let panels: Vec<Panel> = data.iter().map(panel).collect();
        layout::arrange(form, &panels)
    }
}

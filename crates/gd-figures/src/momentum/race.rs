//! The distance to the minimum of the ravine, step by step, for five choices.

use gd_core::objective::Quadratic;
use gd_core::optim::Sgd;

use super::{
    CURVATURES, START, best_heavy_ball, best_plain, heavy_ball, nesterov, nesterovs_choice,
    steps_on_ravine,
};
use crate::axis::Axis;
use crate::label::Side;
use crate::panel::Panel;
use crate::run::{by_step, descend, largest, steps_until_settled};
use crate::style::{Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Table, Values, layout};

const SHOWN: usize = 400;
/// Learning rates tried for the usual momentum 0.9: up to the limit 2(1 + μ)/L = 0.076.
const RATES: usize = 150;
/// From 0.002 on: smaller rates crawl.
const LEAST_RATE: usize = 4;
const RATE_STEP: f64 = 0.0005;

/// `momentum-race`.
pub struct Race;

/// One of the runs.
pub struct Runner {
    key: &'static str,
    name: &'static str,
    /// The name where there is less room.
    short: &'static str,
    lr: f64,
    momentum: f64,
    steps: usize,
    /// How far from the minimum, by step.
    distances: Vec<f64>,
}

/// The runs, and what momentum 0.9 can do at its best.
pub struct Data {
    runners: Vec<Runner>,
    fewest_usual: usize,
    most_usual: usize,
    /// The fewest steps of Nesterov over a grid of rates and momenta.
    fewest_nesterov: usize,
}

/// The fewest steps of Nesterov with rates from 0.015 to 0.035 and momenta from 0.6 to 0.85.
fn fewest_nesterov() -> usize {
    let rates = (30..=70).map(|k| f64::from(k) * 0.0005);
    let tried = rates.flat_map(|lr| (60..=85).map(move |k| (lr, f64::from(k) / 100.0)));
    tried
        .filter_map(|(lr, momentum)| {
            let inside = |x: &ndarray::ArrayRef1<f64>| largest(x) < 1e-6;
            let f = Quadratic::ravine();
            steps_until_settled(&f, nesterov(momentum), lr, &START, 400, inside)
        })
        .min()
        .expect("some pair converges")
}

fn runner(
    [key, name, short]: [&'static str; 3],
    (lr, momentum): (f64, f64),
    rule: impl Fn(f64) -> Sgd<f64>,
) -> Runner {
    let run = descend(&Quadratic::ravine(), rule(momentum), lr, &START, SHOWN);
    let distance = |x: &ndarray::Array1<f64>| x[0].hypot(x[1]);
    Runner {
        key,
        name,
        short,
        lr,
        momentum,
        steps: steps_on_ravine(rule(momentum), lr),
        distances: run.points.iter().map(distance).collect(),
    }
}

/// Steps to 10⁻⁶ if the tuned heavy ball shrank x by √μ at every step from the first.
fn by_factor() -> f64 {
    let (_, momentum) = best_heavy_ball(CURVATURES);
    (START[0].abs() / 1e-6).ln() / -momentum.sqrt().ln()
}

impl Experiment for Race {
    const NAME: &'static str = "momentum-race";
    type Data = Data;

    fn data() -> Data {
        let rates = (LEAST_RATE..=RATES).map(|k| k as f64 * RATE_STEP);
        let usual: Vec<usize> = rates
            .map(|lr| steps_on_ravine(heavy_ball(0.9), lr))
            .collect();
        Data {
            runners: vec![
                runner(
                    ["plain", "普通，最好的 *η*", "普通"],
                    best_plain(CURVATURES),
                    heavy_ball,
                ),
                runner(
                    ["usual", "重球，*μ* = 0.9", "重球，0.9"],
                    (0.02, 0.9),
                    heavy_ball,
                ),
                runner(
                    ["nesterov", "Nesterov", "Nesterov"],
                    nesterovs_choice(CURVATURES),
                    nesterov,
                ),
                runner(
                    ["tuned", "重球，调到最好", "重球，调到最好"],
                    best_heavy_ball(CURVATURES),
                    heavy_ball,
                ),
            ],
            fewest_usual: usual.iter().copied().min().expect("there are rates"),
            most_usual: usual.iter().copied().max().expect("there are rates"),
            fewest_nesterov: fewest_nesterov(),
        }
    }

    fn values(data: &Data) -> Values {
        let values = Values::new()
            .count("usual.fewest", data.fewest_usual)
            .count("usual.most", data.most_usual)
            .number("usual.least-lr", LEAST_RATE as f64 * RATE_STEP)
            .number("usual.most-lr", RATES as f64 * RATE_STEP)
            .count("nesterov.fewest", data.fewest_nesterov)
            .number("tuned.by-factor", by_factor());
        data.runners.iter().fold(values, |values, runner| {
            let key = runner.key;
            values
                .number(format!("{key}.lr"), runner.lr)
                .number(format!("{key}.momentum"), runner.momentum)
                .count(format!("{key}.steps"), runner.steps)
        })
    }
}

impl Figure for Race {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["method", "lr", "momentum", "step", "distance"]);
        for runner in &data.runners {
            for (t, &distance) in runner.distances.iter().enumerate() {
                table.row([
                    runner.key.into(),
                    runner.lr.into(),
                    runner.momentum.into(),
                    t.into(),
                    distance.into(),
                ]);
            }
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let shown = SHOWN as f64;
        let mut panel = Panel::new(
            Axis::linear("步数 *t*", 0.0, shown),
            Axis::log("离最低点的距离", 1e-8, 10.0),
        )
        .height(300.0, 290.0);
        panel.curve(&[(0.0, 1e-6), (shown, 1e-6)], Stroke::thin(Ink::Muted));
        for (i, runner) in data.runners.iter().enumerate() {
            let curve = by_step(&runner.distances);
            let stroke = Stroke::series(i);
            panel.curve(&curve, stroke);
            let name = form.pick(runner.name, runner.short);
            if runner.key == "usual" {
                // its swings leave room below
                let at = form.pick((143.0, 8e-6), (163.0, 4e-6));
                panel.label_off(at, name, stroke.ink, &[Side::On], 0.0);
                continue;
            }
            if runner.key == "tuned" && form == Form::Narrow {
                panel.note("点线：重球，调到最好", stroke.ink);
                continue;
            }
            // where it comes down to this height
            let height = [1e-3, 0.0, 1e-7, 1e-7][i];
            let at = curve.iter().rfind(|p| p.1 >= height && p.0 < shown);
            let at = *at.expect("every curve begins above");
            let side = if runner.key == "tuned" {
                [Side::Left, Side::BelowLeft]
            } else {
                [Side::Right, Side::AboveRight]
            };
            panel.label_off(at, name, stroke.ink, &side, 4.0);
        }
        panel.label_off(
            (2.0, 1e-6),
            form.pick("目标 10⁻⁶", "目标"),
            Ink::Muted,
            &[Side::AboveRight; 2],
            3.0,
        );
        layout::arrange(form, &[panel])
    }
}

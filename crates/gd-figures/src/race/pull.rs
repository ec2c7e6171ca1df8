//! What keeps AdamW from the minimum of Rosenbrock's function: the same runs with and without decay.

use gd_core::Objective;
use gd_core::objective::Rosenbrock;
use gd_core::optim::AdamW;
use ndarray::Array1;

use super::land::{GOAL, LONG, MOST};
use super::rate;
use crate::run::descend;
use crate::{Experiment, Values};

const START: [f64; 2] = [-1.2, 1.0];
/// The second beta of Adam.
const BETA: f64 = 0.999;
/// What the runs are called, their rates on the grid, and their weight decay.
const RUNS: [(&str, usize, f64); 3] = [("adam", 10, 0.0), ("adam-w", 10, 0.01), ("slow", 8, 0.01)];

/// `race-pull`.
pub struct Pull;

/// One run.
pub struct Run {
    /// The first update with which it is below the goal.
    touch: Option<usize>,
    /// The last update of the long run with which it is above.
    above: Option<usize>,
    /// Where it is when the time is over, the slope there, and what the decay balances: the root
    /// of the running mean of its square times the decay times the parameter.
    at: Array1<f64>,
    slope: Array1<f64>,
    balance: Array1<f64>,
    height: f64,
    /// The least height of the long run.
    least: f64,
}

fn run(k: usize, decay: f64) -> Run {
    let f = Rosenbrock::new(2);
    let goal = GOAL * f.value(&Array1::from(START.to_vec()));
    let points = descend(
        &f,
        AdamW::default().weight_decay(decay),
        rate(k),
        &START,
        LONG,
    )
    .points;
    let slope_at = |x: &Array1<f64>| {
        let mut grad = Array1::zeros(2);
        f.gradient(x, &mut grad);
        grad
    };
    let mut second = Array1::<f64>::zeros(2);
    for x in &points[..MOST] {
        second = second * BETA + slope_at(x).powi(2) * (1.0 - BETA);
    }
    let unbiased = second / (1.0 - BETA.powi(MOST as i32));
    let at = points[MOST].clone();
    let heights = points.iter().map(|x| f.value(x));
    Run {
        touch: heights.clone().position(|height| height < goal),
        above: heights.clone().rposition(|height| height >= goal),
        slope: slope_at(&at),
        balance: unbiased.sqrt() * &at * -decay,
        height: f.value(&at),
        least: heights.fold(f64::INFINITY, f64::min),
        at,
    }
}

impl Experiment for Pull {
    const NAME: &'static str = "race-pull";
    type Data = Vec<Run>;

    fn data() -> Vec<Run> {
        let all = RUNS.iter();
        all.map(|&(_, k, decay)| run(k, decay)).collect()
    }

    fn values(data: &Vec<Run>) -> Values {
        let f = Rosenbrock::new(2);
        let goal = GOAL * f.value(&Array1::from(START.to_vec()));
        let mut values = Values::new().number("goal", goal).count("long", LONG);
        for ((key, k, _), run) in RUNS.iter().zip(data) {
            let touch = run.touch.map_or(f64::INFINITY, |t| t as f64);
            values = values
                .number(format!("{key}.lr"), rate(*k))
                .number(format!("{key}.touch"), touch)
                .count(format!("{key}.above"), run.above.unwrap_or(0))
                .number(format!("{key}.height"), run.height)
                .number(format!("{key}.height-in-goals"), run.height / goal)
                .number(format!("{key}.least"), run.least)
                .number(format!("{key}.x"), run.at[0])
                .number(format!("{key}.y"), run.at[1])
                .number(format!("{key}.slope-x"), run.slope[0])
                .number(format!("{key}.slope-y"), run.slope[1])
                .number(format!("{key}.balance-x"), run.balance[0])
                .number(format!("{key}.balance-y"), run.balance[1]);
        }
        values
    }
}

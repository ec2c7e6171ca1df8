//! The counterexample of Reddi, Kale and Kumar (2018), round by round.

use gd_core::Optimizer;
use gd_core::optim::Adam;
use ndarray::array;

use crate::axis::Axis;
use crate::label::Side;
use crate::panel::Panel;
use crate::style::{Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

const ROUNDS: usize = 100_000;
/// C in the paper: every third slope is C, the others −1.
const SLOPE: f64 = 3.0;
/// One point is drawn whenever t has grown by this factor.
const FACTOR: f64 = 1.05;

/// `adam-reddi`.
pub struct Reddi;

/// One rule: (t, x) at rounds that are whole turns of three.
pub struct Run {
    key: &'static str,
    name: &'static str,
    path: Vec<Point>,
}

/// From the middle, with steps α/√t and kept within [−1, 1].
fn run(mut rule: Adam<f64>) -> Vec<Point> {
    let mut x = array![0.0];
    let mut path = Vec::new();
    let mut next = 3.0;
    for t in 1..=ROUNDS {
        let slope = if t % 3 == 1 { SLOPE } else { -1.0 };
        rule.step(0.1 / (t as f64).sqrt(), &mut x, &array![slope]);
        x[0] = x[0].clamp(-1.0, 1.0);
        if t % 3 == 0 && t as f64 >= next {
            path.push((t as f64, x[0]));
            next *= FACTOR;
        }
    }
    path.push((ROUNDS as f64, x[0]));
    path
}

impl Experiment for Reddi {
    const NAME: &'static str = "adam-reddi";
    type Data = Vec<Run>;

    fn data() -> Vec<Run> {
        let paper = Adam::default().betas(0.0, 1.0 / (1.0 + SLOPE * SLOPE));
        vec![
            Run {
                key: "adam",
                name: "Adam（*β*₁ = 0，*β*₂ = 0.1）",
                path: run(paper.clone()),
            },
            Run {
                key: "amsgrad",
                name: "AMSGrad",
                path: run(paper.amsgrad(true)),
            },
        ]
    }

    fn values(data: &Vec<Run>) -> Values {
        let values = Values::new().count("rounds", ROUNDS);
        data.iter().fold(values, |values, run| {
            let last = run.path[run.path.len() - 1].1;
            values.number(format!("{}.final-x", run.key), last)
        })
    }
}

impl Figure for Reddi {
    fn table(data: &Vec<Run>) -> Table {
        let mut table = Table::new(&["method", "round", "x"]);
        for run in data {
            for &(t, x) in &run.path {
                table.row([run.key.into(), t.into(), x.into()]);
            }
        }
        table
    }

    fn draw(data: &Vec<Run>, form: Form) -> Drawing {
        let end = ROUNDS as f64;
        let mut panel = Panel::new(
            Axis::log("轮次 *t*", 3.0, end),
            Axis::linear("参数 *x*", -1.25, 1.25).ticks_at(&[-1.0, -0.5, 0.0, 0.5, 1.0]),
        )
        .height(240.0, 230.0);
        panel.curve(&[(3.0, -1.0), (end, -1.0)], Stroke::truth());
        for (i, run) in data.iter().enumerate() {
            let stroke = Stroke::series(i);
            panel.curve(&run.path, stroke);
            let at = run.path[run.path.len() / 3];
            let side = [Side::AboveLeft, Side::BelowLeft][i];
            panel.label_off(at, run.name, stroke.ink, &[side], 6.0);
        }
        panel.label_off((4.0, -1.0), "最优解", Ink::Truth, &[Side::AboveRight], 4.0);
        layout::arrange(form, &[panel])
    }
}

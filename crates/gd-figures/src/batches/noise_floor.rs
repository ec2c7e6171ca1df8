//! Single-sample descent with a constant learning rate hovers above the minimum.

use gd_core::batch::Sampling;
use gd_core::linalg;
use gd_core::objective::FiniteSum;
use ndarray::{Array1, Array2, array};

use crate::axis::Axis;
use crate::batches::Problem;
use crate::label::Side;
use crate::panel::Panel;
use crate::style::{Dash, Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

const UPDATES: usize = 40_000;
/// One point is drawn for the mean of this many updates.
const BLOCK: usize = 200;
const SEED: u64 = 42;

/// `batches-noise-floor`.
pub struct NoiseFloor;

/// A run with one learning rate.
pub struct Floor {
    key: &'static str,
    lr: f64,
    /// Update number and mean loss, block by block.
    blocks: Vec<Point>,
    /// Mean loss of the second half.
    measured: f64,
    /// How much of the second half is within 1 % of the lowest loss.
    within: f64,
    /// Mean loss in the long run, from the second-moment equation.
    exact: f64,
}

/// Both runs.
pub struct Data {
    floors: Vec<Floor>,
    exact_loss: f64,
}

/// The stationary mean loss of single-sample descent, exactly.
///
/// With e = θ − θ*, sample i gives e ← (I − ηHᵢ)e − ηgᵢ, where Hᵢ and gᵢ are its Hessian and its
/// gradient at θ*. The mean of e tends to 0, so its second moment S solves the linear equation
/// S = mean((I − ηHᵢ)S(I − ηHᵢ)) + η² mean(gᵢgᵢᵀ), and the mean loss is L* + ½ tr(HS).
fn stationary_loss(problem: &Problem, lr: f64) -> f64 {
    let n = problem.model.samples();
    let mut operator = Array2::eye(3);
    let mut noise = Array1::zeros(3);
    for (i, row) in problem.model.design().rows().into_iter().enumerate() {
        let (x, one) = (row[0], row[1]);
        let (a, b, d) = (
            1.0 - 2.0 * lr * x * x,
            -2.0 * lr * x * one,
            1.0 - 2.0 * lr * one * one,
        );
        // how (I − ηHᵢ)S(I − ηHᵢ) acts on (s₁₁, s₁₂, s₂₂)
        let action = array![
            [a * a, 2.0 * a * b, b * b],
            [a * b, a * d + b * b, b * d],
            [b * b, 2.0 * b * d, d * d]
        ];
        operator.scaled_add(-1.0 / n as f64, &action);
        let mut g = array![0.0, 0.0];
        problem.model.batch_gradient(&problem.exact, &[i], &mut g);
        let square = array![g[0] * g[0], g[0] * g[1], g[1] * g[1]];
        noise.scaled_add(lr * lr / n as f64, &square);
    }
    let s = linalg::least_squares(&operator, &noise);
    let h = &problem.hessian;
    problem.exact_loss + 0.5 * (h[[0, 0]] * s[0] + 2.0 * h[[0, 1]] * s[1] + h[[1, 1]] * s[2])
}

impl Experiment for NoiseFloor {
    const NAME: &'static str = "batches-noise-floor";
    type Data = Data;

    fn data() -> Data {
        let problem = Problem::lesson();
        let floors = [("large", 0.01), ("small", 0.001)].map(|(key, lr)| {
            let mut blocks = Vec::new();
            let (mut block, mut second_half, mut within) = (0.0, 0.0, 0.0);
            problem.run(Sampling::OneSample, lr, SEED, UPDATES, |t, excess| {
                block += excess;
                if t >= UPDATES / 2 {
                    second_half += excess;
                    within += f64::from(u8::from(excess <= 0.01 * problem.exact_loss));
                }
                if t % BLOCK == BLOCK - 1 {
                    let middle = t as f64 - BLOCK as f64 / 2.0;
                    blocks.push((middle, problem.exact_loss + block / BLOCK as f64));
                    block = 0.0;
                }
                true
            });
            let counted = (UPDATES - UPDATES / 2 + 1) as f64;
            Floor {
                key,
                lr,
                blocks,
                measured: problem.exact_loss + second_half / counted,
                within: within / counted,
                exact: stationary_loss(&problem, lr),
            }
        });
        Data {
            floors: floors.into(),
            exact_loss: problem.exact_loss,
        }
    }

    fn values(data: &Data) -> Values {
        let values = Values::new()
            .count("updates", UPDATES)
            .number("least-squares-loss", data.exact_loss);
        data.floors.iter().fold(values, |values, floor| {
            let key = floor.key;
            values
                .number(format!("{key}.lr"), floor.lr)
                .number(format!("{key}.floor"), floor.measured)
                .number(format!("{key}.within-one-percent"), floor.within)
                .number(format!("{key}.exact-floor"), floor.exact)
                .number(format!("{key}.excess"), floor.exact / data.exact_loss - 1.0)
        })
    }
}

impl Figure for NoiseFloor {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["lr", "update", "mean_loss"]);
        for floor in &data.floors {
            for &(t, loss) in &floor.blocks {
                table.row([floor.lr.into(), t.into(), loss.into()]);
            }
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let mut panel = Panel::new(
            Axis::linear("更新次数", 0.0, UPDATES as f64),
            Axis::linear("损失（每 200 次更新取平均）", 1.7, 2.4),
        )
        .height(250.0, 230.0);
        let looks = [Stroke::series(0), Stroke::series(1).dash(Dash::Solid)];
        for (floor, look) in data.floors.iter().zip(looks) {
            panel.curve(&floor.blocks, look.width(1.2));
        }
        for (floor, look) in data.floors.iter().zip(looks) {
            let level = Stroke::thin(look.ink).dash(Dash::Dashed).width(1.4);
            panel.curve(&[(0.0, floor.exact), (UPDATES as f64, floor.exact)], level);
        }
        panel.rule_y(data.exact_loss, Stroke::truth().width(1.4), "");
        let [large, small] = [0, 1].map(|i| {
            let floor = &data.floors[i];
            format!("*η* = {}，平均停在 {:.3}", floor.lr, floor.exact)
        });
        // above the highest block of the settled run
        let settled = data.floors[0].blocks.iter().skip(20).map(|block| block.1);
        let above = (0.6 * UPDATES as f64, settled.fold(0.0, f64::max));
        panel.label(above, &large, looks[0].ink, &[Side::Above]);
        // between the two runs there is no room
        let below = (0.7 * UPDATES as f64, data.exact_loss);
        panel.label(below, &small, looks[1].ink, &[Side::Below]);
        let name = format!("最低损失 {:.3}", data.exact_loss);
        panel.label(
            (0.2 * UPDATES as f64, data.exact_loss),
            &name,
            Ink::Truth,
            &[Side::Below],
        );
        layout::arrange(form, &[panel])
    }
}

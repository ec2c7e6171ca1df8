//! Reduce on plateau at work: the loss it looks at, and what it makes of the learning rate.

use gd_core::Objective;
use gd_core::batch::{Sampler, Sampling};
use gd_core::optim::Sgd;
use gd_core::schedule::ReduceOnPlateau;
use ndarray::array;

use super::{Rate, train};
use crate::axis::Axis;
use crate::batches::Problem;
use crate::panel::{Dot, Panel};
use crate::style::{Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

const UPDATES: usize = 4000;
/// One pass over the data: how often it looks.
const EVERY: usize = 100;
const FIRST: f64 = 0.02;
const FACTOR: f64 = 0.3;
const PATIENCE: usize = 3;
const SEED: u64 = 3;

/// `schedules-plateau`.
pub struct Plateau;

/// At every look: the number of updates, the loss, the learning rate from there on.
pub struct Data {
    looks: Vec<(f64, f64, f64)>,
    exact_loss: f64,
}

impl Experiment for Plateau {
    const NAME: &'static str = "schedules-plateau";
    type Data = Data;

    fn data() -> Data {
        let problem = Problem::lesson();
        let rule = ReduceOnPlateau::new(FIRST)
            .factor(FACTOR)
            .patience(PATIENCE);
        let mut looks = Vec::new();
        train(
            &problem.model,
            Sgd::plain(),
            Rate::Plateau(rule, EVERY),
            Sampler::new(100, Sampling::OneSample, SEED),
            &mut array![0.0, 0.0],
            UPDATES,
            |now| {
                if now.t > 0 && now.t.is_multiple_of(EVERY) {
                    looks.push((now.t as f64, problem.model.value(now.theta), now.lr));
                }
            },
        );
        Data {
            looks,
            exact_loss: problem.exact_loss,
        }
    }

    fn values(data: &Data) -> Values {
        let last = data.looks[data.looks.len() - 1];
        let reductions = reductions(data);
        Values::new()
            .count("updates", UPDATES)
            .count("every", EVERY)
            .count("patience", PATIENCE)
            .number("first-lr", FIRST)
            .number("factor", FACTOR)
            .count("reductions", reductions.len())
            .number("first-reduction", reductions[0].0)
            .number("last-lr", last.2)
            .number("last-excess", last.1 / data.exact_loss - 1.0)
    }
}

/// Number of updates and loss at every reduction.
fn reductions(data: &Data) -> Vec<Point> {
    let pairs = data.looks.windows(2);
    pairs
        .filter(|pair| pair[1].2 < pair[0].2)
        .map(|pair| (pair[1].0, pair[1].1))
        .collect()
}

impl Figure for Plateau {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["update", "loss", "lr_after"]);
        for &(t, loss, lr) in &data.looks {
            table.row([t.into(), loss.into(), lr.into()]);
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let updates = || Axis::linear("更新次数 *t*", 0.0, UPDATES as f64);
        let mut loss = Panel::new(
            updates(),
            Axis::log("损失高出最低多少", 1e-4, 1.0).percent(),
        )
        .title("它看的：每 100 步的损失");
        let mut rate =
            Panel::new(updates(), Axis::log("学习率 *η*", 1e-5, 0.1)).title("它做的：学习率");
        let excess = |l: f64| l / data.exact_loss - 1.0;
        let curve: Vec<Point> = data.looks.iter().map(|l| (l.0, excess(l.1))).collect();
        loss.curve(&curve, Stroke::solid(Ink::Data).width(1.4));
        let reductions: Vec<Point> = reductions(data)
            .into_iter()
            .map(|(t, l)| (t, excess(l)))
            .collect();
        loss.dots(&reductions, Dot::Disc, 4.0, Ink::Path);
        if let Some(&first) = reductions.first() {
            loss.label(
                first,
                "缩小学习率",
                Ink::Path,
                &[crate::label::Side::AboveRight],
            );
        }
        let mut stairs = vec![(0.0, FIRST)];
        for &(t, _, lr) in &data.looks {
            let before = stairs[stairs.len() - 1].1;
            if lr != before {
                stairs.push((t, before));
            }
            stairs.push((t, lr));
        }
        rate.curve(&stairs, Stroke::solid(Ink::Path));
        layout::arrange(form, &[loss, rate])
    }
}

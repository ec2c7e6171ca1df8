//! Exercise 1: the line fit with four learning rates, one of which explodes.

use gd_core::Objective;
use gd_core::data::lesson_line;
use gd_core::model::LinearRegression;
use gd_core::optim::Sgd;

use crate::axis::Axis;
use crate::label::Side;
use crate::line_fit::training::first_infinite_loss;
use crate::panel::Panel;
use crate::run::{by_step, descend, steps_until};
use crate::style::{Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Table, Values, layout};

const EPOCHS: usize = 200;
const RATES: [(&str, f64); 4] = [
    ("lr-0-001", 0.001),
    ("lr-0-01", 0.01),
    ("lr-0-1", 0.1),
    ("lr-0-5", 0.5),
];

/// A rate just below the limit.
const NEAR_LIMIT: f64 = 0.112;

/// `four-rates-curves`.
pub struct Curves;

/// The loss after each epoch, for each rate, as far as it is finite.
pub struct Data {
    losses: Vec<Vec<f64>>,
    overflow: usize,
    limit: f64,
    lowest: f64,
    /// Epochs to within 1 % of the lowest loss with a rate just below the limit.
    near_limit: Option<usize>,
}

impl Experiment for Curves {
    const NAME: &'static str = "four-rates-curves";
    type Data = Data;

    fn data() -> Data {
        let model = LinearRegression::line(&lesson_line::<f64>());
        let lowest = model.value(&model.least_squares());
        let losses = RATES.map(|(_, lr)| {
            let run = descend(&model, Sgd::plain(), lr, &[0.0, 0.0], EPOCHS);
            run.values(&model)
        });
        Data {
            losses: losses.into(),
            overflow: first_infinite_loss(&model, 0.5),
            near_limit: steps_until(&model, Sgd::plain(), NEAR_LIMIT, &[0.0, 0.0], 2_000, |x| {
                model.value(x) <= 1.01 * lowest
            }),
            limit: model.largest_stable_lr(),
            lowest,
        }
    }

    fn values(data: &Data) -> Values {
        let values = Values::new()
            .count("epochs", EPOCHS)
            .number("limit", data.limit);
        let finite = RATES.iter().zip(&data.losses).take(3);
        finite
            .fold(values, |values, ((key, _), losses)| {
                let near = losses.iter().position(|loss| *loss <= 1.01 * data.lowest);
                let values = values.number(format!("{key}.final-loss"), losses[EPOCHS]);
                match near {
                    Some(epoch) => values.count(format!("{key}.epochs-to-one-percent"), epoch),
                    None => values,
                }
            })
            .number("lr-0-5.final-loss", f64::INFINITY)
            .count("lr-0-5.overflow-epoch", data.overflow)
            .number("near-limit.lr", NEAR_LIMIT)
            .count(
                "near-limit.epochs-to-one-percent",
                data.near_limit
                    .expect("below the limit every rate converges"),
            )
    }
}

impl Figure for Curves {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["lr", "epoch", "loss"]);
        for ((_, lr), losses) in RATES.iter().zip(&data.losses) {
            for (t, &loss) in losses.iter().enumerate() {
                table.row([(*lr).into(), t.into(), loss.into()]);
            }
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let mut panel = Panel::new(
            Axis::linear("轮数 *t*", -4.0, EPOCHS as f64),
            Axis::log("损失 *L*(*w*, *b*)", 1.0, 1000.0),
        )
        .height(270.0, 240.0);
        for (i, losses) in data.losses.iter().enumerate() {
            let curve = by_step(losses);
            if i == 3 {
                panel.headed(&curve, Stroke::series(i));
            } else {
                panel.curve(&curve, Stroke::series(i));
            }
        }
        let name = |i: usize| format!("*η* = {}", RATES[i].1);
        let at = |i: usize, t: usize| (t as f64, data.losses[i][t]);
        panel.label(at(0, 90), &name(0), Ink::First, &[Side::AboveRight]);
        panel.label(at(1, 60), &name(1), Ink::Second, &[Side::AboveRight]);
        panel.label(at(2, 60), &name(2), Ink::Third, &[Side::Below]);
        let explodes = format!("{}：第 {} 轮溢出", name(3), data.overflow);
        panel.label((1.0, 700.0), &explodes, Ink::Fourth, &[Side::Right]);
        layout::arrange(form, &[panel])
    }
}

//! A learning rate that is too small.

use super::{Course, WAVE_LR, chart, descend_wave};
use crate::axis::Axis;
use crate::panel::Panel;
use crate::run::by_step;
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

const LR: f64 = 0.0003;
const STEPS: usize = 1_000;

/// `clinic-too-small`.
pub struct TooSmall;

/// The sick run and the cured one.
pub struct Data {
    sick: Course,
    cured: Course,
}

impl Experiment for TooSmall {
    const NAME: &'static str = "clinic-too-small";
    type Data = Data;

    fn data() -> Data {
        Data {
            sick: descend_wave(LR, STEPS),
            cured: descend_wave(WAVE_LR, STEPS),
        }
    }

    fn values(data: &Data) -> Values {
        let end = data.sick.last();
        let rises = |run: &Course| run.loss.windows(2).filter(|pair| pair[1] > pair[0]).count();
        Values::new()
            .number("lr", LR)
            .number("cured-lr", WAVE_LR)
            .number("times", WAVE_LR / LR)
            .count("steps", STEPS)
            .number("sick", end)
            .number("cured", data.cured.last())
            .count("sick-rises", rises(&data.sick))
            .count("cured-rises", rises(&data.cured))
            .count(
                "cured-gets-there",
                data.cured
                    .loss
                    .iter()
                    .position(|&loss| loss < end)
                    .unwrap_or(STEPS),
            )
    }
}

impl Figure for TooSmall {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["lr", "step", "loss"]);
        for (lr, run) in [(LR, &data.sick), (WAVE_LR, &data.cured)] {
            for (t, &loss) in run.loss.iter().enumerate().step_by(10) {
                table.row([lr.into(), t.into(), loss.into()]);
            }
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let mut panel = Panel::new(
            Axis::linear("更新次数", 0.0, STEPS as f64),
            Axis::log("训练损失", 0.02, 1.0),
        )
        .height(210.0, 200.0);
        let points =
            |run: &Course| -> Vec<Point> { by_step(&run.loss).into_iter().step_by(4).collect() };
        chart(
            &mut panel,
            (&points(&data.sick), "病：*η* = 0.0003", 0.7),
            (&points(&data.cured), "治：*η* = 0.1", 0.7),
        );
        layout::arrange(form, &[panel])
    }
}

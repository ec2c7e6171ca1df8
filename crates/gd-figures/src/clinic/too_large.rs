//! A learning rate that is too large, and the scan that finds a good one.

use super::{Course, WAVE_LR, chart, descend_wave};
use crate::axis::Axis;
use crate::label::Side;
use crate::panel::{Dot, Panel};
use crate::run::by_step;
use crate::style::{Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

const LR: f64 = 0.3;
const STEPS: usize = 1_000;
/// What is drawn: later the sick run is far above.
const DRAWN: usize = 60;
/// The scan: rates about √10 apart, and how long each is tried.
const SCANNED: [f64; 9] = [1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 0.1, 0.3, 1.0];
const TRIED: usize = 100;

/// `clinic-too-large`.
pub struct TooLarge;

/// The sick run, the cured one, and the scan.
pub struct Data {
    sick: Course,
    cured: Course,
    scan: Vec<Point>,
}

impl Experiment for TooLarge {
    const NAME: &'static str = "clinic-too-large";
    type Data = Data;

    fn data() -> Data {
        let tried = |lr| {
            *descend_wave(lr, TRIED)
                .loss
                .last()
                .expect("a run has a start")
        };
        Data {
            sick: descend_wave(LR, STEPS),
            cured: descend_wave(WAVE_LR, STEPS),
            scan: SCANNED.iter().map(|&lr| (lr, tried(lr))).collect(),
        }
    }

    fn values(data: &Data) -> Values {
        let above = data.sick.loss.iter().position(|&loss| loss > 1e6);
        Values::new()
            .number("lr", LR)
            .number("cured-lr", WAVE_LR)
            .count("steps", STEPS)
            .count("tried", TRIED)
            .count("diverged-at", data.sick.diverged_at().unwrap_or(STEPS))
            .count("million-at", above.unwrap_or(STEPS))
            .number("start", data.sick.loss[0])
            .number("after-ten", data.sick.loss[10])
            .number("cured", data.cured.last())
    }
}

impl Figure for TooLarge {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["lr", "step", "loss"]);
        for (lr, run) in [(LR, &data.sick), (WAVE_LR, &data.cured)] {
            for (t, &loss) in run.loss.iter().enumerate().take(DRAWN + 1) {
                table.row([lr.into(), t.into(), loss.into()]);
            }
        }
        for &(lr, loss) in &data.scan {
            table.row([lr.into(), TRIED.into(), loss.into()]);
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let mut loss = Panel::new(
            Axis::linear("更新次数", 0.0, DRAWN as f64),
            Axis::log("训练损失", 0.05, 1e4),
        )
        .title("症状");
        let part = |run: &Course| by_step(&run.loss[..=DRAWN]);
        chart(
            &mut loss,
            (&part(&data.sick), "病：*η* = 0.3", 0.1),
            (&part(&data.cured), "治：*η* = 0.1", 0.6),
        );
        let mut scan = Panel::new(
            Axis::log("学习率 *η*", 6e-5, 2.0),
            Axis::log("100 步之后的训练损失", 0.05, 10.0),
        )
        .title("化验：扫一遍学习率");
        let (good, bad): (Vec<Point>, Vec<Point>) = data.scan.iter().partition(|p| p.0 <= WAVE_LR);
        scan.curve(&good, Stroke::thin(Ink::Muted));
        scan.dots(&good, Dot::Disc, 3.4, Ink::Data);
        for &(lr, _) in &bad {
            scan.arrow((lr, 3.0), (lr, 9.0), Stroke::solid(Ink::Path));
        }
        scan.label((bad[0].0, 5.0), "发散", Ink::Path, &[Side::Left]);
        scan.label(
            good[good.len() - 1],
            "选它",
            Ink::Data,
            &[Side::Right, Side::BelowRight],
        );
        layout::arrange(form, &[loss, scan])
    }
}

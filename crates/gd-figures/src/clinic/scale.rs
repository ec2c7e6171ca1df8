//! Two moons with one input a hundred times as large as the other.

use gd_core::Descent;
use gd_core::data::{self, Standardizer};
use gd_core::init::Initializer;
use gd_core::model::{EmpiricalRisk, Mlp, Target};
use gd_core::optim::Sgd;

use super::{Course, chart, course};
use crate::axis::Axis;
use crate::panel::{Dot, Panel};
use crate::run::by_step;
use crate::style::Ink;
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

const FACTOR: f64 = 100.0;
const LR: f64 = 0.5;
const STEPS: usize = 500;
const SCANNED: [f64; 5] = [0.01, 0.03, 0.1, 0.3, 1.0];
const SEEDS: u64 = 3;

/// `clinic-scale`.
pub struct Scale;

/// The runs.
pub struct Data {
    sick: Course,
    cured: Course,
    /// (rate, last loss) of all seeds, sick and cured.
    scans: [Vec<Point>; 2],
}

fn train(standardize: bool, lr: f64, seed: u64) -> Course {
    let mut moons = data::two_moons::<f64>(200, 0.2, 1);
    moons.x.column_mut(0).mapv_inplace(|x| FACTOR * x);
    if standardize {
        moons.x = Standardizer::fit(&moons.x).apply(&moons.x);
    }
    let net = Mlp::new(&[2, 16, 1]);
    let start = net.init(Initializer::XavierNormal { gain: 1.0 }, seed);
    let risk = EmpiricalRisk::new(net, moons.x, Target::BinaryCrossEntropy(moons.labels));
    course(&risk, Descent::new(Sgd::plain(), lr), start, STEPS)
}

impl Experiment for Scale {
    const NAME: &'static str = "clinic-scale";
    type Data = Data;

    fn data() -> Data {
        let scan = |standardize| -> Vec<Point> {
            let cases = SCANNED
                .iter()
                .flat_map(|&lr| (0..SEEDS).map(move |seed| (lr, seed)));
            cases
                .map(|(lr, seed)| (lr, train(standardize, lr, seed).last()))
                .collect()
        };
        Data {
            sick: train(false, LR, 1),
            cured: train(true, LR, 1),
            scans: [false, true].map(scan),
        }
    }

    fn values(data: &Data) -> Values {
        let least = |scan: &[Point]| scan.iter().fold(f64::INFINITY, |m, p| m.min(p.1));
        let best = data.scans[1]
            .iter()
            .filter(|p| p.0 == SCANNED[SCANNED.len() - 1]);
        Values::new()
            .number("factor", FACTOR)
            .number("lr", LR)
            .count("steps", STEPS)
            .count("seeds", SEEDS as usize)
            .number("sick", data.sick.last())
            .number("cured", data.cured.last())
            .number("sick-best", least(&data.scans[0]))
            .number("cured-best", least(&data.scans[1]))
            .number("cured-worst-at-one", best.fold(0.0, |m, p| m.max(p.1)))
    }
}

impl Figure for Scale {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["run", "lr", "last loss"]);
        for (name, scan) in ["sick", "cured"].into_iter().zip(&data.scans) {
            for &(lr, loss) in scan {
                table.row([name.into(), lr.into(), loss.into()]);
            }
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let mut loss = Panel::new(
            Axis::linear("更新次数", 0.0, STEPS as f64),
            Axis::linear("训练损失", 0.0, 1.5),
        )
        .title("症状");
        let points =
            |run: &Course| -> Vec<Point> { by_step(&run.loss).into_iter().step_by(4).collect() };
        chart(
            &mut loss,
            (&points(&data.sick), "病：一列大一百倍", 0.6),
            (&points(&data.cured), "治：先标准化", 0.6),
        );
        let mut scan = Panel::new(
            Axis::log("学习率 *η*", 7e-3, 1.4),
            Axis::linear("500 步之后的训练损失", 0.0, 1.5),
        )
        .title("化验：换学习率没用");
        for (points, ink, dot, name) in [
            (&data.scans[0], Ink::Path, Dot::Square, "病"),
            (&data.scans[1], Ink::Data, Dot::Disc, "治"),
        ] {
            scan.dots(points, dot, 3.2, ink);
            scan.along(points, 0.4, name, ink);
        }
        layout::arrange(form, &[loss, scan])
    }
}

//! Samples one by one in the order of the file, class after class; and shuffled.

use gd_core::Objective;
use gd_core::batch::{Sampler, Sampling};
use gd_core::init::Initializer;
use gd_core::model::Mlp;
use gd_core::objective::FiniteSum;

use super::{chart, moons};
use crate::axis::Axis;
use crate::panel::Panel;
use crate::style::{Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

const LR: f64 = 0.1;
/// Where the order hardly matters.
const MILD_BATCH: usize = 10;
const MILD_LR: f64 = 0.05;
const EPOCHS: usize = 30;
/// The last epochs, over which a mean is taken.
const LAST: usize = 10;
/// How many samples lie between two looks at the loss over all samples.
const EVERY: usize = 10;
const SEEDS: u64 = 3;
/// Where the picture ends.
const TOP: f64 = 2.0;

/// `clinic-order`.
pub struct Order;

/// The sick runs and the cured ones, by seed, and the late losses of two mild ones.
pub struct Data {
    sick: Vec<Training>,
    cured: Vec<Training>,
    mild: [f64; 2],
}

/// One run: epochs gone by, and the loss over all samples.
struct Training {
    loss: Vec<Point>,
    accuracy: f64,
}

impl Training {
    fn late(&self) -> impl Iterator<Item = f64> {
        let from = (EPOCHS - LAST) as f64;
        self.loss.iter().filter(move |p| p.0 > from).map(|p| p.1)
    }

    fn late_mean(&self) -> f64 {
        self.late().sum::<f64>() / self.late().count() as f64
    }
}

fn train(shuffle: bool, batch: usize, lr: f64, seed: u64) -> Training {
    let risk = moons(Mlp::new(&[2, 16, 1]));
    let n = risk.samples();
    let mut theta = risk
        .net()
        .init(Initializer::XavierNormal { gain: 1.0 }, seed);
    let mut grad = theta.clone();
    let mut shuffled = Sampler::new(n, Sampling::Epochs { size: batch }, seed);
    let mut loss = vec![(0.0, risk.value(&theta))];
    for seen in (0..EPOCHS * n).step_by(batch) {
        let first = seen % n;
        let samples: Vec<usize> = match shuffle {
            true => shuffled.next_batch().to_vec(),
            false => (first..first + batch).collect(),
        };
        risk.batch_gradient(&theta, &samples, &mut grad);
        theta.scaled_add(-lr, &grad);
        if (seen + batch).is_multiple_of(EVERY) {
            loss.push(((seen + batch) as f64 / n as f64, risk.value(&theta)));
        }
    }
    Training {
        loss,
        accuracy: risk.accuracy(&theta),
    }
}

impl Experiment for Order {
    const NAME: &'static str = "clinic-order";
    type Data = Data;

    fn data() -> Data {
        let [sick, cured] = [false, true]
            .map(|shuffle| (0..SEEDS).map(|seed| train(shuffle, 1, LR, seed)).collect());
        let mild = [false, true].map(|shuffle| train(shuffle, MILD_BATCH, MILD_LR, 0).late_mean());
        Data { sick, cured, mild }
    }

    fn values(Data { sick, cured, mild }: &Data) -> Values {
        let means =
            |runs: &[Training]| -> Vec<f64> { runs.iter().map(Training::late_mean).collect() };
        let least = |values: &[f64]| values.iter().copied().fold(f64::INFINITY, f64::min);
        let most = |values: &[f64]| values.iter().copied().fold(0.0, f64::max);
        let late: Vec<f64> = sick[0].late().collect();
        Values::new()
            .number("lr", LR)
            .count("epochs", EPOCHS)
            .count("last", LAST)
            .count("seeds", SEEDS as usize)
            .number("sick-mean-least", least(&means(sick)))
            .number("cured-mean-most", most(&means(cured)))
            .number("sick-low", least(&late))
            .number("sick-high", most(&late))
            .count("mild-batch", MILD_BATCH)
            .number("mild-lr", MILD_LR)
            .number("mild-sick", mild[0])
            .number("mild-cured", mild[1])
            .number("sick-accuracy", sick[0].accuracy)
            .number("cured-accuracy", cured[0].accuracy)
    }
}

impl Figure for Order {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["run", "epochs", "loss"]);
        for (name, runs) in [("sick", &data.sick), ("cured", &data.cured)] {
            for &(epochs, loss) in &runs[0].loss {
                table.row([name.into(), epochs.into(), loss.into()]);
            }
        }
        table
    }

    fn draw(Data { sick, cured, .. }: &Data, form: Form) -> Drawing {
        let axis = |title, lo, hi| Axis::linear(title, lo, hi);
        let high = || axis("全部样本上的损失", 0.0, TOP);
        let mut whole = Panel::new(axis("轮次", 0.0, EPOCHS as f64), high()).title("症状");
        let thin: Vec<Point> = cured[0].loss.iter().copied().step_by(4).collect();
        let saw: Vec<Point> = sick[0].loss.iter().copied().step_by(2).collect();
        chart(
            &mut whole,
            (&saw, "病：按文件的次序", 0.5),
            (&thin, "治：每轮洗牌", 0.5),
        );
        let from = EPOCHS as f64 - 2.0;
        let ticks = [from, from + 0.5, from + 1.0, from + 1.5, from + 2.0];
        let mut zoom = Panel::new(axis("轮次", from, EPOCHS as f64).ticks_at(&ticks), high())
            .title("化验：放大最后两轮");
        let late = |run: &Training| -> Vec<Point> {
            run.loss.iter().copied().filter(|p| p.0 >= from).collect()
        };
        for half in [0.5, 1.0, 1.5] {
            zoom.curve(
                &[(from + half, 0.0), (from + half, TOP)],
                Stroke::thin(Ink::Axis),
            );
        }
        chart(
            &mut zoom,
            (&late(&sick[0]), "病", 0.35),
            (&late(&cured[0]), "治", 0.35),
        );
        for (place, name) in [(0.25, "只见 0 类"), (0.75, "只见 1 类")] {
            zoom.label(
                (from + place, 0.92 * TOP),
                name,
                Ink::Muted,
                &[crate::label::Side::On],
            );
        }
        layout::arrange(form, &[whole, zoom])
    }
}

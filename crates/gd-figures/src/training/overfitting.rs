//! A wide network on few points: the held-out loss turns, and early stopping catches it.

use std::ops::ControlFlow;

use gd_core::data::{Labelled, two_moons};
use gd_core::init::Initializer;
use gd_core::model::Mlp;
use gd_core::observer::EarlyStopping;
use gd_core::optim::Adam;
use gd_core::{Descent, Objective, Snapshot, minimize};
use ndarray::ArrayRef1;

use crate::axis::Axis;
use crate::label::Side;
use crate::panel::{Dot, Panel};
use crate::style::{Dash, Ink, Stroke};
use crate::training::moons;
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

const TRAIN: usize = 40;
const VALIDATION: usize = 200;
const TEST: usize = 2000;
const NOISE: f64 = 0.3;
const UNITS: usize = 64;
const LR: f64 = 0.005;
const STEPS: usize = 1000;
/// Longer than the time that the network spends on a straight boundary before it bends.
const PATIENCE: usize = 200;
/// Not so.
const IMPATIENCE: usize = 50;
const SEED: u64 = 1;

/// `training-overfitting`.
pub struct Overfitting;

/// By step: losses on the points learnt from and on the validation points.
pub struct Data {
    losses: [Vec<f64>; 2],
    parameters: usize,
    /// Where early stopping halts, and the best moment it keeps.
    halt: usize,
    best: usize,
    /// The same with too little patience.
    impatient: (usize, usize),
    /// On the test points: loss and accuracy, of the best moment, of the end, and of the best moment
    /// that too little patience finds.
    test: [[f64; 2]; 3],
    /// On the test points that are answered wrongly and on those answered rightly: mean losses, of the
    /// best moment and of the end.
    by_answer: [[f64; 2]; 2],
}

/// Mean cross-entropies of the points that θ answers wrongly and of those it answers rightly.
fn losses_by_answer(net: &Mlp, theta: &ArrayRef1<f64>, points: &Labelled<f64>) -> [f64; 2] {
    let logits = net.forward(theta, points.x.view());
    let mut sums = [(0.0, 0); 2];
    for (&logit, &label) in logits.column(0).iter().zip(&points.labels) {
        let margin = if label == 1 { logit } else { -logit };
        let (sum, count) = &mut sums[usize::from(margin > 0.0)];
        *sum += (-margin).exp().ln_1p();
        *count += 1;
    }
    sums.map(|(sum, count)| sum / f64::from(count))
}

impl Experiment for Overfitting {
    const NAME: &'static str = "training-overfitting";
    type Data = Data;

    fn data() -> Data {
        let net = Mlp::new(&[2, UNITS, UNITS, 1]);
        let risk = |n, seed| moons::risk(&net, &two_moons(n, NOISE, seed));
        let (train, validation) = (risk(TRAIN, SEED), risk(VALIDATION, SEED + 100));
        let test_points = two_moons(TEST, NOISE, SEED + 200);
        let test = moons::risk(&net, &test_points);
        let start = net.init(Initializer::XavierNormal { gain: 1.0 }, SEED);

        let mut losses = [vec![], vec![]];
        let mut theta = start.clone();
        let mut solver = Descent::new(Adam::default(), LR);
        let mut record = |now: &Snapshot<'_, f64>| {
            losses[0].push(train.value(now.x));
            losses[1].push(validation.value(now.x));
            ControlFlow::Continue(())
        };
        minimize(&train, &mut solver, &mut theta, STEPS, &mut record);
        let end = theta;

        let stop = |patience| {
            let mut halt = 0;
            let mut early = EarlyStopping::new(patience).watch(|x| validation.value(x));
            let mut last = |now: &Snapshot<'_, f64>| {
                halt = now.step;
                ControlFlow::Continue(())
            };
            let mut theta = start.clone();
            let mut solver = Descent::new(Adam::default(), LR);
            let mut both = (&mut last, &mut early);
            minimize(&train, &mut solver, &mut theta, STEPS, &mut both);
            let best = early.best().expect("losses are finite").clone();
            (halt, best)
        };
        let (halt, best) = stop(PATIENCE);
        let (early_halt, early_best) = stop(IMPATIENCE);
        Data {
            losses,
            parameters: net.dim(),
            halt,
            best: best.step,
            impatient: (early_halt, early_best.step),
            test: [&best.x, &end, &early_best.x].map(|x| [test.value(x), test.accuracy(x)]),
            by_answer: [&best.x, &end].map(|x| losses_by_answer(&net, x, &test_points)),
        }
    }

    fn values(data: &Data) -> Values {
        let mut values = Values::new()
            .count("train", TRAIN)
            .count("validation", VALIDATION)
            .count("test", TEST)
            .number("noise", NOISE)
            .count("units", UNITS)
            .count("parameters", data.parameters)
            .number("lr", LR)
            .count("steps", STEPS)
            .count("patience", PATIENCE)
            .count("halt", data.halt)
            .count("best", data.best)
            .count("impatient.patience", IMPATIENCE)
            .count("impatient.halt", data.impatient.0)
            .count("impatient.best", data.impatient.1);
        for (key, step) in [("best", data.best), ("final", STEPS)] {
            values = values
                .number(format!("train-loss.{key}"), data.losses[0][step])
                .number(format!("validation-loss.{key}"), data.losses[1][step]);
        }
        for (key, [loss, accuracy]) in ["best", "final", "impatient"].into_iter().zip(data.test) {
            values = values
                .number(format!("test-loss.{key}"), loss)
                .number(format!("test-accuracy.{key}"), accuracy);
        }
        for (key, [wrong, right]) in ["best", "final"].into_iter().zip(data.by_answer) {
            values = values
                .number(format!("wrong-loss.{key}"), wrong)
                .number(format!("right-loss.{key}"), right);
        }
        values
    }
}

impl Figure for Overfitting {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["step", "train_loss", "validation_loss"]);
        for step in 0..=STEPS {
            table.row([
                step.into(),
                data.losses[0][step].into(),
                data.losses[1][step].into(),
            ]);
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let highest = data.losses[1].iter().fold(0.0_f64, |m, &l| m.max(l));
        let mut panel = Panel::new(
            Axis::linear("更新次数", 0.0, STEPS as f64),
            Axis::linear("损失 *L*（交叉熵）", 0.0, (5.0 * highest).ceil() / 5.0),
        );
        let curve = |i: usize| -> Vec<Point> {
            let numbered = data.losses[i].iter().enumerate();
            numbered.map(|(t, &loss)| (t as f64, loss)).collect()
        };
        let halt = data.halt as f64;
        panel.rule_x(
            halt,
            Stroke::thin(Ink::Truth).dash(Dash::Dashed),
            "早停在这里停下",
        );
        for (i, name, ink, side) in [
            (1, "验证集", Ink::Path, Side::AboveLeft),
            (0, "训练集", Ink::Data, Side::Above),
        ] {
            panel.curve(&curve(i), Stroke::solid(ink));
            panel.label(curve(i)[STEPS * 7 / 10], name, ink, &[side]);
        }
        let best = curve(1)[data.best];
        panel.dots(&[best], Dot::Star, 6.0, Ink::Truth);
        // between the two curves, before the line
        let beside = (form.pick(235.0, 282.0), 0.9 * best.1);
        panel.label(beside, "取这里", Ink::Truth, &[Side::On]);
        layout::arrange(form, &[panel])
    }
}

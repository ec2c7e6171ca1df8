//! Forty noisy samples and a large network; early stopping, and ten times the samples.

use gd_core::data;
use gd_core::init::Initializer;
use gd_core::model::{EmpiricalRisk, Mlp, Target};
use gd_core::observer::EarlyStopping;
use gd_core::optim::Adam;
use gd_core::{Descent, Snapshot, Stop, minimize};
use std::ops::ControlFlow;

use super::{CURED, SICK};
use crate::axis::Axis;
use crate::label::Side;
use crate::panel::{Dot, Panel};
use crate::style::{Dash, Ink};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

const FEW: usize = 40;
const MANY: usize = 400;
const VALIDATION: usize = 500;
const LR: f64 = 0.01;
const STEPS: usize = 400;
/// The validation loss is looked at after every few updates; early stopping counts these looks.
const EVERY: usize = 4;
const PATIENCE: usize = 10;
const SEEDS: u64 = 3;

/// `clinic-overfitting`.
pub struct Overfitting;

/// One run: losses on both sets, and what early stopping would have done.
pub struct Training {
    train: Vec<Point>,
    validation: Vec<Point>,
    accuracy: [f64; 2],
}

/// The halt and the best moment of a run with early stopping.
pub struct Halt {
    halted: usize,
    best: usize,
    loss: f64,
}

fn risks(samples: usize, seed: u64) -> [EmpiricalRisk<f64>; 2] {
    let all = data::two_moons::<f64>(MANY + VALIDATION, 0.3, seed);
    let (train, validation) = all.split(MANY, seed);
    let train = train.subset(&(0..samples).collect::<Vec<_>>());
    [train, validation].map(|part| {
        let target = Target::BinaryCrossEntropy(part.labels);
        EmpiricalRisk::new(Mlp::new(&[2, 32, 32, 1]), part.x, target)
    })
}

fn start(risk: &EmpiricalRisk<f64>) -> ndarray::Array1<f64> {
    risk.net().init(Initializer::XavierNormal { gain: 1.0 }, 1)
}

fn train(samples: usize, seed: u64) -> Training {
    let [risk, held_out] = risks(samples, seed);
    let mut theta = start(&risk);
    let (mut train, mut validation) = (Vec::new(), Vec::new());
    let mut watch = |now: &Snapshot<'_, f64>| {
        if now.step.is_multiple_of(EVERY) {
            train.push((now.step as f64, now.value()));
            validation.push((now.step as f64, gd_core::Objective::value(&held_out, now.x)));
        }
        ControlFlow::Continue(())
    };
    minimize(
        &risk,
        &mut Descent::new(Adam::default(), LR),
        &mut theta,
        STEPS,
        &mut watch,
    );
    Training {
        train,
        validation,
        accuracy: [risk.accuracy(&theta), held_out.accuracy(&theta)],
    }
}

fn stopped(seed: u64) -> Halt {
    let [risk, held_out] = risks(FEW, seed);
    let mut early = EarlyStopping::new(PATIENCE)
        .every(EVERY)
        .watch(|theta| gd_core::Objective::value(&held_out, theta));
    let mut steps = 0;
    let mut count = |now: &Snapshot<'_, f64>| {
        steps = now.step;
        ControlFlow::Continue(())
    };
    let mut adam = Descent::new(Adam::default(), LR);
    let mut theta = start(&risk);
    let stop = minimize(
        &risk,
        &mut adam,
        &mut theta,
        STEPS,
        &mut (&mut early, &mut count),
    );
    assert_eq!(stop, Stop::Halted, "all of these runs overfit in time");
    let best = early.best().expect("there was a first look");
    let (best, loss) = (best.step, best.value);
    Halt {
        halted: steps,
        best,
        loss,
    }
}

/// The runs by seed.
pub struct Data {
    few: Vec<Training>,
    many: Vec<Training>,
    halts: Vec<Halt>,
}

impl Experiment for Overfitting {
    const NAME: &'static str = "clinic-overfitting";
    type Data = Data;

    fn data() -> Data {
        let seeds = || 1..=SEEDS;
        Data {
            few: seeds().map(|seed| train(FEW, seed)).collect(),
            many: seeds().map(|seed| train(MANY, seed)).collect(),
            halts: seeds().map(stopped).collect(),
        }
    }

    fn values(data: &Data) -> Values {
        let end = |points: &[Point]| points[points.len() - 1].1;
        let (few, many, halt) = (&data.few[0], &data.many[0], &data.halts[0]);
        let mut values = Values::new()
            .count("few", FEW)
            .count("many", MANY)
            .count("validation-size", VALIDATION)
            .number("lr", LR)
            .count("steps", STEPS)
            .count("every", EVERY)
            .count("patience", PATIENCE)
            .count("seeds", SEEDS as usize)
            .number("few.train", end(&few.train))
            .number("few.validation", end(&few.validation))
            .number("few.train-accuracy", few.accuracy[0])
            .number("few.validation-accuracy", few.accuracy[1])
            .number("many.train", end(&many.train))
            .number("many.validation", end(&many.validation))
            .number("many.validation-accuracy", many.accuracy[1])
            .count("halted", halt.halted)
            .count("best", halt.best);
        for (i, word) in ["one", "two", "three"].into_iter().enumerate() {
            values = values
                .number(format!("seed-{word}.few"), end(&data.few[i].validation))
                .number(format!("seed-{word}.stopped"), data.halts[i].loss)
                .number(format!("seed-{word}.many"), end(&data.many[i].validation));
        }
        values
    }
}

impl Figure for Overfitting {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["samples", "step", "train", "validation"]);
        for (samples, run) in [(FEW, &data.few[0]), (MANY, &data.many[0])] {
            for (train, validation) in run.train.iter().zip(&run.validation) {
                table.row([
                    samples.into(),
                    train.0.into(),
                    train.1.into(),
                    validation.1.into(),
                ]);
            }
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let panel = |title: String| {
            Panel::new(
                Axis::linear("更新次数", 0.0, STEPS as f64),
                Axis::log("损失", 3e-4, 3.0),
            )
            .title(title)
        };
        let (few, many, halt) = (&data.few[0], &data.many[0], &data.halts[0]);
        let mut left = panel(format!("病：{FEW} 个样本"));
        left.curve(&few.train, SICK.dash(Dash::Dotted));
        left.along(&few.train, 0.6, "训练", SICK.ink);
        left.curve(&few.validation, SICK);
        left.along(&few.validation, 0.85, "验证", SICK.ink);
        let best = (halt.best as f64, halt.loss);
        left.dots(&[best], Dot::Star, 6.0, Ink::Truth);
        left.label(
            best,
            "早停",
            Ink::Truth,
            &[Side::Above, Side::AboveRight, Side::Right],
        );
        let mut right = panel(format!("治：{MANY} 个样本"));
        right.curve(&many.train, CURED.dash(Dash::Dotted));
        right.label_off(many.train[75], "训练", CURED.ink, &[Side::Below], 4.0);
        right.curve(&many.validation, CURED.dash(Dash::Solid));
        right.along(&many.validation, 0.4, "验证", CURED.ink);
        layout::arrange(form, &[left, right])
    }
}

//! A network trained on handwritten digits, and the held-out ones that it reads wrongly.

use gd_core::autodiff::Activation;
use gd_core::batch::{Sampler, Sampling};
use gd_core::data::{self, Labelled};
use gd_core::init::Initializer;
use gd_core::model::{EmpiricalRisk, Mlp, Target};
use gd_core::optim::Adam;
use gd_core::schedule::CosineAnnealing;
use gd_core::{Objective, StochasticDescent, minimize};
use ndarray::{Array1, Axis};

use crate::training::image::{Picture, arrange};
use crate::{Drawing, Experiment, Figure, Form, Table, Values};

const TRAIN: usize = 1437;
const UNITS: usize = 128;
const BATCH: usize = 32;
const EPOCHS: usize = 30;
const LR: f64 = 0.01;
/// Ways to hold digits out; the one with most mistakes is shown.
const SPLITS: u64 = 3;

/// `training-mistakes`.
pub struct Mistakes;

/// A held-out digit that is read wrongly.
pub struct Mistake {
    picture: Picture,
    label: usize,
    read: usize,
    /// The probability that the network gives to what it reads.
    confidence: f64,
}

/// One way to hold digits out.
pub struct Split {
    accuracies: [f64; 2],
    losses: [f64; 2],
    mistakes: Vec<Mistake>,
    held_out: usize,
}

fn run(seed: u64) -> Split {
    let (train, held_out) = data::digits::<f64>().split(TRAIN, seed);
    let net = Mlp::new(&[64, UNITS, 10]).activation(Activation::Relu);
    let risk = |data: &Labelled<f64>| {
        let target = Target::CrossEntropy(data.labels.clone());
        EmpiricalRisk::new(net.clone(), &data.x / 16.0, target)
    };
    let risks = [&train, &held_out].map(risk);
    let mut theta: Array1<f64> = net.init(Initializer::HeNormal, 0);
    let updates = EPOCHS * TRAIN.div_ceil(BATCH);
    let sampler = Sampler::new(TRAIN, Sampling::Epochs { size: BATCH }, 0);
    let lr = CosineAnnealing::new(LR, updates);
    let mut solver = StochasticDescent::new(Adam::default(), lr, sampler);
    minimize(&risks[0], &mut solver, &mut theta, updates, &mut ());

    let logits = net.forward(&theta, (&held_out.x / 16.0).view());
    let read = net.classify(&theta, (&held_out.x / 16.0).view());
    let wrong = (0..held_out.len()).filter(|&i| read[i] != held_out.labels[i]);
    let mistakes = wrong.map(|i| {
        let row = logits.index_axis(Axis(0), i);
        let sum: f64 = row.iter().map(|z| (z - row[read[i]]).exp()).sum();
        let label = held_out.labels[i];
        let lines = vec![format!("是 {label}"), format!("读成 {}", read[i])];
        Mistake {
            picture: Picture::new(&held_out.x.row(i), lines),
            label,
            read: read[i],
            confidence: 1.0 / sum,
        }
    });
    Split {
        accuracies: [0, 1].map(|i| risks[i].accuracy(&theta)),
        losses: [0, 1].map(|i| risks[i].value(&theta)),
        mistakes: mistakes.collect(),
        held_out: held_out.len(),
    }
}

fn worst(data: &[Split]) -> &Split {
    let most = data.iter().max_by_key(|split| split.mistakes.len());
    most.expect("there are splits")
}

impl Experiment for Mistakes {
    const NAME: &'static str = "training-mistakes";
    type Data = Vec<Split>;

    fn data() -> Vec<Split> {
        (0..SPLITS).map(run).collect()
    }

    fn values(data: &Vec<Split>) -> Values {
        let shown = worst(data);
        let confidences = || shown.mistakes.iter().map(|m| m.confidence);
        let mut values = Values::new()
            .count("train", TRAIN)
            .count("held-out", shown.held_out)
            .count("units", UNITS)
            .count("batch", BATCH)
            .count("epochs", EPOCHS)
            .number("lr", LR)
            .count("parameters", (64 + 1) * UNITS + (UNITS + 1) * 10)
            .count("updates", EPOCHS * TRAIN.div_ceil(BATCH))
            .count("splits", data.len())
            .count("shown", shown.mistakes.len())
            .number("confidence.least", confidences().fold(1.0, f64::min))
            .number("confidence.most", confidences().fold(0.0, f64::max));
        for (k, split) in data.iter().enumerate() {
            let key = format!("split-{}", k + 1);
            values = values
                .number(format!("{key}.train-accuracy"), split.accuracies[0])
                .number(format!("{key}.accuracy"), split.accuracies[1])
                .number(format!("{key}.train-loss"), split.losses[0])
                .number(format!("{key}.loss"), split.losses[1])
                .count(format!("{key}.wrong"), split.mistakes.len());
        }
        values
    }
}

impl Figure for Mistakes {
    fn table(data: &Vec<Split>) -> Table {
        let mut table = Table::new(&["split", "label", "read", "confidence"]);
        for (k, split) in data.iter().enumerate() {
            for mistake in &split.mistakes {
                table.row([
                    k.into(),
                    mistake.label.into(),
                    mistake.read.into(),
                    mistake.confidence.into(),
                ]);
            }
        }
        table
    }

    fn draw(data: &Vec<Split>, form: Form) -> Drawing {
        let pictures = worst(data).mistakes.iter().map(|m| Picture {
            pixels: m.picture.pixels.clone(),
            lines: m.picture.lines.clone(),
        });
        arrange(form, &pictures.collect::<Vec<_>>())
    }
}

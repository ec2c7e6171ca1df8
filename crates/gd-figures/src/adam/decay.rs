//! Weight decay inside of the gradient and apart from it: twenty coordinates with nothing but noise.

use gd_core::Optimizer;
use gd_core::optim::{Adam, AdamW};
use ndarray::Array1;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};

use crate::axis::Axis;
use crate::label::Side;
use crate::panel::{Dot, Panel};
use crate::style::{Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

const LR: f64 = 1e-3;
const DECAY: f64 = 0.1;
const STEPS: usize = 4_000;
const SEED: u64 = 0;
/// Ten coordinates with loud gradients, ten with quiet ones.
const HALF: usize = 10;
const LOUD: f64 = 10.0;
const QUIET: f64 = 0.1;

/// `adam-decay`.
pub struct Decay;

/// Where the coordinates end, all from 1.
pub struct Data {
    l2: Vec<f64>,
    decoupled: Vec<f64>,
    /// (1 − ηλ)ᵗ.
    theory: f64,
}

fn run(mut rule: impl Optimizer<f64>) -> Vec<f64> {
    let mut random = ChaCha8Rng::seed_from_u64(SEED);
    let mut x = Array1::ones(2 * HALF);
    for _ in 0..STEPS {
        let noise = |i: usize| {
            let size = if i < HALF { LOUD } else { QUIET };
            let normal: f64 = StandardNormal.sample(&mut random);
            size * normal
        };
        let grad: Array1<f64> = (0..2 * HALF).map(noise).collect();
        rule.step(LR, &mut x, &grad);
    }
    x.to_vec()
}

impl Experiment for Decay {
    const NAME: &'static str = "adam-decay";
    type Data = Data;

    fn data() -> Data {
        Data {
            l2: run(Adam::default().weight_decay(DECAY)),
            decoupled: run(AdamW::default().weight_decay(DECAY)),
            theory: (1.0 - LR * DECAY).powi(STEPS as i32),
        }
    }

    fn values(data: &Data) -> Values {
        let mut values = Values::new()
            .count("steps", STEPS)
            .number("lr", LR)
            .number("decay", DECAY)
            .number("theory", data.theory);
        for (key, ends) in [("l2", &data.l2), ("decoupled", &data.decoupled)] {
            for (name, half) in [("loud", &ends[..HALF]), ("quiet", &ends[HALF..])] {
                let mean = half.iter().sum::<f64>() / HALF as f64;
                let least = half.iter().copied().fold(f64::INFINITY, f64::min);
                let most = half.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                values = values
                    .number(format!("{key}.{name}.mean"), mean)
                    .number(format!("{key}.{name}.least"), least)
                    .number(format!("{key}.{name}.most"), most);
            }
        }
        values
    }
}

impl Figure for Decay {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["coordinate", "l2", "decoupled"]);
        for (i, (l2, decoupled)) in data.l2.iter().zip(&data.decoupled).enumerate() {
            table.row([(i + 1).into(), (*l2).into(), (*decoupled).into()]);
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let panel = |title: &str, ends: &[f64]| {
            let mut panel = Panel::new(
                Axis::linear("参数的编号", 0.0, 21.0).ticks_at(&[1.0, 5.0, 10.0, 15.0, 20.0]),
                Axis::linear("4000 步之后的值", -0.1, 1.1),
            )
            .title(title)
            .height(220.0, 200.0);
            let line = [(0.0, data.theory), (21.0, data.theory)];
            panel.curve(&line, Stroke::truth());
            let points: Vec<Point> = (1..).zip(ends).map(|(i, x)| (f64::from(i), *x)).collect();
            panel.dots(&points[..HALF], Dot::Disc, 3.2, Ink::First);
            panel.dots(&points[HALF..], Dot::Square, 3.2, Ink::Second);
            panel
        };
        let mut l2 = panel("Adam 加 L2", &data.l2);
        l2.label_off((5.5, data.l2[4]), "梯度大", Ink::First, &[Side::Below], 9.0);
        l2.label_off(
            (15.5, data.l2[14]),
            "梯度小",
            Ink::Second,
            &[Side::Above],
            9.0,
        );
        l2.label_off(
            (2.0, data.theory),
            "想要的",
            Ink::Truth,
            &[Side::BelowRight],
            4.0,
        );
        let mut decoupled = panel("AdamW", &data.decoupled);
        decoupled.label_off(
            (5.5, data.theory),
            "梯度大",
            Ink::First,
            &[Side::Above],
            10.0,
        );
        decoupled.label_off(
            (15.5, data.theory),
            "梯度小",
            Ink::Second,
            &[Side::Above],
            10.0,
        );
        layout::arrange(form, &[l2, decoupled])
    }
}

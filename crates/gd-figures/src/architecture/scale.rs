//! Whether it is the plus or the scale before it that smooths the surface.

use gd_core::autodiff::Activation;

use crate::architecture::network::{Trained, turning_points};
use crate::architecture::roughness::REACH;
use crate::{Experiment, Values};

const DEPTH: usize = 20;
const SEEDS: u64 = 3;
/// Coarser than in the figures: eighteen networks.
const NODES: usize = 21;
const ACTIVATIONS: [(&str, Activation); 2] =
    [("relu", Activation::Relu), ("tanh", Activation::Tanh)];

/// `architecture-scale`.
pub struct Scale;

/// What the seeds of one kind of network show.
pub struct Kind {
    key: String,
    turns: Vec<f64>,
    losses: Vec<f64>,
}

impl Experiment for Scale {
    const NAME: &'static str = "architecture-scale";
    type Data = Vec<Kind>;

    fn data() -> Vec<Kind> {
        let scaled = (DEPTH as f64).sqrt().recip();
        let skips = [
            ("plain", None),
            ("unscaled", Some(1.0)),
            ("scaled", Some(scaled)),
        ];
        let kinds = ACTIVATIONS
            .into_iter()
            .flat_map(|kind| skips.map(|skip| (kind, skip)));
        kinds
            .map(|((name, activation), (skip, scale))| {
                let train = |seed| Trained::with(activation, scale, DEPTH, seed);
                let nets: Vec<Trained> = (0..SEEDS).map(train).collect();
                let surface = |net: &Trained| net.landscape(0, REACH, NODES);
                Kind {
                    key: format!("{name}.{skip}"),
                    turns: nets
                        .iter()
                        .map(|net| turning_points(&surface(net)))
                        .collect(),
                    losses: nets.iter().map(Trained::loss).collect(),
                }
            })
            .collect()
    }

    fn values(data: &Vec<Kind>) -> Values {
        let values = Values::new()
            .count("depth", DEPTH)
            .count("seeds", SEEDS as usize)
            .count("nodes", NODES)
            .number("reach", REACH);
        data.iter().fold(values, |values, kind| {
            let least = |v: &[f64]| v.iter().copied().fold(f64::INFINITY, f64::min);
            let most = |v: &[f64]| v.iter().copied().fold(0.0, f64::max);
            let key = &kind.key;
            values
                .number(format!("{key}.turns.least"), least(&kind.turns))
                .number(format!("{key}.turns.most"), most(&kind.turns))
                .number(format!("{key}.loss.most"), most(&kind.losses))
        })
    }
}

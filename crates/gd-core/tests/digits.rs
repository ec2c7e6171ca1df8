//! A small network learns to read handwritten digits.

use std::time::Instant;

use gd_core::{
    StochasticDescent,
    autodiff::Activation,
    batch::{Sampler, Sampling},
    data::{self, Labelled},
    init::Initializer,
    minimize,
    model::{EmpiricalRisk, Mlp, Target},
    optim::Adam,
    schedule::CosineAnnealing,
};

const TRAIN: usize = 1437;
const BATCH: usize = 32;
const EPOCHS: usize = 30;

/// 64 pixels from 0 to 1, 128 ReLU units, 10 logits.
fn risk(data: Labelled<f64>) -> EmpiricalRisk<f64> {
    let net = Mlp::new(&[64, 128, 10]).activation(Activation::Relu);
    EmpiricalRisk::new(net, data.x / 16.0, Target::CrossEntropy(data.labels))
}

/// Every run counts, not the mean or the best: three ways to hold 360 digits out, three starts each.
/// Which digits are held out matters more than the start: about one per cent either way.
#[test]
fn held_out_digits_are_read() {
    let updates = EPOCHS * TRAIN.div_ceil(BATCH);
    for split in 0..3 {
        let (train, test) = data::digits().split(TRAIN, split);
        let (train, test) = (risk(train), risk(test));
        for seed in 0..3 {
            let start = Instant::now();
            let mut theta = train.net().init(Initializer::HeNormal, seed);
            let sampler = Sampler::new(TRAIN, Sampling::Epochs { size: BATCH }, seed);
            let lr = CosineAnnealing::new(0.01, updates);
            let mut solver = StochasticDescent::new(Adam::default(), lr, sampler);
            minimize(&train, &mut solver, &mut theta, updates, &mut ());

            let [seen, held_out] = [&train, &test].map(|risk| 100.0 * risk.accuracy(&theta));
            println!(
                "split {split}, seed {seed}: {seen:.1} % of the training digits, \
                 {held_out:.1} % of those held out, {:.2?}",
                start.elapsed()
            );
            assert!(seen >= 99.5 && held_out >= 97.0);
        }
    }
}

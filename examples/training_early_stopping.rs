#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

use gd_core::data::two_moons;
use gd_core::init::Initializer;
use gd_core::model::{EmpiricalRisk, Mlp, Target};
use gd_core::observer::EarlyStopping;
use gd_core::optim::Adam;
use gd_core::{Descent, Objective, minimize};

fn main() {
    let net = Mlp::new(&[2, 64, 64, 1]);
    let risk = |n, seed| {
        let data = two_moons::<f64>(n, 0.3, seed);
        let target =
            Target::BinaryCrossEntropy(data.labels);
        EmpiricalRisk::new(net.clone(), data.x, target)
    };
    // 三份：训练、决定何时停、最后打分
    let train = risk(40, 1);
    let validation = risk(200, 101);
    let test = risk(2000, 201);

    for patience in [50, 200] {
        let xavier =
            Initializer::XavierNormal { gain: 1.0 };
        let mut theta = net.init(xavier, 1);
        let mut early = EarlyStopping::new(patience)
            .watch(|theta| validation.value(theta));
        let mut solver =
            Descent::new(Adam::default(), 0.005);
        minimize(
            &train,
            &mut solver,
            &mut theta,
            1000,
            &mut early,
        );

        let best = early.best().unwrap();
        println!(
            "耐心 {patience}：取第 {} 步，测试答对 {:.1}%",
            best.step,
            100.0 * test.accuracy(&best.x)
        );
    }
}

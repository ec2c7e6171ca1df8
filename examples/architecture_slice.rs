#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

use gd_core::autodiff::Activation;
use gd_core::init::Initializer;
use gd_core::model::{EmpiricalRisk, Mlp, Target};
use gd_core::optim::Adam;
use gd_core::{Descent, Objective, data, minimize};

// 隐藏层数，可以改
const DEPTH: usize = 20;

fn main() {
    let spirals = data::spirals::<f64>(200, 0.05, 1);
    for residual in [false, true] {
        let sizes = [&[2][..], &[16; DEPTH], &[1]].concat();
        let mut net =
            Mlp::new(&sizes).activation(Activation::Relu);
        if residual {
            let scale = 1.0 / (DEPTH as f64).sqrt();
            net = net.residual(scale);
        }
        // 两个网络从同样的权重出发
        let mut theta = net.init(Initializer::HeNormal, 0);
        let target = Target::BinaryCrossEntropy(
            spirals.labels.clone(),
        );
        let risk = EmpiricalRisk::new(
            net,
            spirals.x.clone(),
            target,
        );
        let mut adam = Descent::new(Adam::default(), 3e-3);
        minimize(
            &risk,
            &mut adam,
            &mut theta,
            400,
            &mut (),
        );

        // 随机方向，每个单元的那一行和训练好的一样长
        let net = risk.net();
        let mut d = net.init(Initializer::HeNormal, 99);
        for l in 0..net.layers() {
            let trained = net.weights(&theta, l);
            let mut rows = net.weights_mut(&mut d, l);
            for (mut r, w) in rows
                .rows_mut()
                .into_iter()
                .zip(trained.rows())
            {
                let ratio: f64 = w.dot(&w) / r.dot(&r);
                r *= ratio.sqrt();
            }
        }
        // 沿着它从 −0.5 走到 0.5，数转折
        let losses: Vec<f64> = (-100..=100)
            .map(|i| {
                let a = f64::from(i) / 200.0;
                risk.value(&(&theta + &(&d * a)))
            })
            .collect();
        let turns = losses
            .windows(3)
            .filter(|w| (w[1] - w[0]) * (w[2] - w[1]) < 0.0)
            .count();
        println!(
            "{}：损失 {:.1e}，{turns} 个转折",
            if residual { "残差" } else { "普通" },
            risk.value(&theta),
        );
    }
}

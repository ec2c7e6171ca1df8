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
use ndarray::Zip;

// 隐藏层数，可以改
const DEPTH: usize = 20;

fn main() {
    let data = data::spirals::<f64>(200, 0.05, 1);
    let sizes = [&[2][..], &[16; DEPTH], &[1]].concat();
    let plain = Mlp::new(&sizes);
    let plain = plain.activation(Activation::Relu);
    let scale = 1.0 / (DEPTH as f64).sqrt();
    let residual = plain.clone().residual(scale);
    let nets = [("普通", plain), ("残差", residual)];
    for (name, net) in nets {
        // 两个网络从同样的权重出发
        let mut theta = net.init(Initializer::HeNormal, 0);
        let labels = data.labels.clone();
        let target = Target::BinaryCrossEntropy(labels);
        let x = data.x.clone();
        let risk = EmpiricalRisk::new(net, x, target);
        let mut adam = Descent::new(Adam::default(), 3e-3);
        let (theta, silent) = (&mut theta, &mut ());
        minimize(&risk, &mut adam, theta, 400, silent);

        // 随机方向，每个单元的那一行和训练好的一样长
        let net = risk.net();
        let mut d = net.init(Initializer::HeNormal, 99);
        for l in 0..net.layers() {
            let to = net.weights(theta, l);
            let mut from = net.weights_mut(&mut d, l);
            let rows = Zip::from(from.rows_mut());
            rows.and(to.rows()).for_each(|mut r, w| {
                let ratio: f64 = w.dot(&w) / r.dot(&r);
                r *= ratio.sqrt();
            });
        }
        // 沿着它从 −0.5 走到 0.5，数转折
        let losses: Vec<f64> = (-100..=100)
            .map(|i| f64::from(i) / 200.0)
            .map(|a| risk.value(&(&*theta + &(&d * a))))
            .collect();
        let turns = losses
            .windows(3)
            .filter(|w| (w[1] - w[0]) * (w[2] - w[1]) < 0.0)
            .count();
        let loss = risk.value(theta);
        println!("{name}：损失 {loss:.1e}，{turns} 个转折");
    }
}

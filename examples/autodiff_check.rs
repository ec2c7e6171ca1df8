#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

use gd_core::Objective;
use gd_core::data::two_moons;
use gd_core::init::Initializer;
use gd_core::model::{EmpiricalRisk, Mlp, Target};
use gd_core::numeric::{check_gradient, gradient};
use gd_core::objective::FnObjective;
use ndarray::{Array1, ArrayRef1};

fn main() {
    let data = two_moons::<f64>(50, 0.1, 1);
    let net = Mlp::new(&[2, 8, 1]);
    let xavier = Initializer::XavierNormal { gain: 1.0 };
    let theta = net.init(xavier, 1);
    let target = Target::BinaryCrossEntropy(data.labels);
    let risk = EmpiricalRisk::new(net, data.x, target);

    // 反向模式一次给出全部；差分一个一个来
    let mut grad = Array1::zeros(risk.dim());
    risk.gradient(&theta, &mut grad);
    let numeric = gradient(&risk, &theta, 1e-5);
    println!("参数    反向模式          中心差分");
    for i in [0, 7, 16, 24, 32] {
        println!(
            "{i:>3}  {:>14.10}  {:>14.10}",
            grad[i], numeric[i]
        );
    }
    let error = check_gradient(&risk, &theta);
    println!(
        "全部 {} 个，最大误差 {error:.1e}",
        risk.dim()
    );

    // 故意写错：最后一个偏置的导数忘了加
    let value = |t: &ArrayRef1<f64>| risk.value(t);
    let wrong = |t: &ArrayRef1<f64>,
                 g: &mut ArrayRef1<f64>| {
        risk.gradient(t, g);
        g[32] = 0.0;
    };
    let wrong = FnObjective::new(risk.dim(), value, wrong);
    let error = check_gradient(&wrong, &theta);
    println!("写错一个，最大误差 {error:.1e}");
}

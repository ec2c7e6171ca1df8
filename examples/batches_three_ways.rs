#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

use gd_core::batch::{Sampler, Sampling};
use gd_core::data::{Dataset, lesson_line};

// 只用 batch 里的样本估计梯度
fn gradients(
    data: &Dataset<f64>,
    batch: &[usize],
    w: f64,
    b: f64,
) -> (f64, f64) {
    let (mut dw, mut db) = (0.0, 0.0);
    for &i in batch {
        let error = w * data.x[i] + b - data.y[i];
        dw += 2.0 * error * data.x[i];
        db += 2.0 * error;
    }
    let m = batch.len() as f64;
    (dw / m, db / m)
}

fn main() {
    let data = lesson_line();
    let ways = [
        ("全批量", Sampling::Full),
        (
            "小批量",
            Sampling::WithoutReplacement { size: 32 },
        ),
        ("单样本", Sampling::OneSample),
    ];
    for (name, sampling) in ways {
        // 三种方法只差这一行：每次抽哪些样本
        let mut sampler =
            Sampler::new(data.len(), sampling, 7);
        let (mut w, mut b) = (0.0, 0.0);
        for _ in 0..200 {
            let batch = sampler.next_batch();
            let (dw, db) = gradients(&data, batch, w, b);
            w -= 0.01 * dw;
            b -= 0.01 * db;
        }
        let seen = sampler.samples_seen();
        println!(
            "{name}  200 次更新，用了 {seen:5} 个样本  \
             w = {w:.4}  b = {b:.4}"
        );
    }
}

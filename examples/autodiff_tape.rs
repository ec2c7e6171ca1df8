#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

use gd_core::autodiff::scalar::Tape;

fn main() {
    let tape = Tape::new();
    let w = tape.variable(0.5_f64);
    let x = tape.variable(2.0);
    let b = tape.variable(-0.3);
    let y = tape.variable(1.0);

    // 照公式写，每个运算都悄悄记了一条
    let loss = ((w * x + b).tanh() - y).powi(2);
    let gradient = loss.backward();

    println!(
        "编号 运算          值    伴随  输入 (局部导数)"
    );
    let records = tape.nodes();
    for (i, node) in records.iter().enumerate() {
        let adjoint = gradient.all()[i];
        print!(
            "{i:>3}  {:<8} {:>7.3} {adjoint:>7.3} ",
            node.operation, node.value
        );
        for (j, slope) in node.inputs.iter().flatten() {
            print!(" {j}({slope:.3})");
        }
        println!();
    }

    // 沿负梯度走一小步，损失应当变小
    let w = w.value() - 0.1 * gradient.of(w);
    let b = b.value() - 0.1 * gradient.of(b);
    let after = ((w * 2.0 + b).tanh() - 1.0).powi(2);
    println!("损失 {:.4} -> {after:.4}", loss.value());
}

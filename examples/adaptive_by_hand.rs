#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

// 一个坐标的状态：参数、梯度平方的累计、更新平方的累计
#[derive(Clone, Copy)]
struct Coord {
    x: f64,
    s: f64,
    u: f64,
}

fn adagrad(c: &mut Coord, g: f64, eta: f64) {
    c.s += g * g; // 只加不减
    c.x -= eta * g / (c.s.sqrt() + 1e-10);
}

fn rmsprop(c: &mut Coord, g: f64, eta: f64) {
    c.s = 0.99 * c.s + 0.01 * g * g; // 旧的慢慢忘掉
    c.x -= eta * g / (c.s.sqrt() + 1e-8);
}

fn adadelta(c: &mut Coord, g: f64, eta: f64) {
    c.s = 0.9 * c.s + 0.1 * g * g;
    let step =
        (c.u + 1e-6).sqrt() / (c.s + 1e-6).sqrt() * g;
    c.u = 0.9 * c.u + 0.1 * step * step;
    c.x -= eta * step;
}

// 在峡谷 (x² + 50y²)/2 里走，打印前三步和第 20 步
fn walk(
    name: &str,
    rule: fn(&mut Coord, f64, f64),
    eta: f64,
) {
    let at = |x| Coord { x, s: 0.0, u: 0.0 };
    let (mut x, mut y) = (at(-4.0), at(1.0));
    println!("{name}, η = {eta}");
    for t in 1..=20 {
        let (gx, gy) = (x.x, 50.0 * y.x);
        rule(&mut x, gx, eta);
        rule(&mut y, gy, eta);
        if t <= 3 || t == 20 {
            println!("  {t:3}  {:9.5}  {:9.5}", x.x, y.x);
        }
    }
}

fn main() {
    walk("Adagrad", adagrad, 1.0);
    walk("RMSprop", rmsprop, 0.1);
    walk("Adadelta", adadelta, 1.0);
}

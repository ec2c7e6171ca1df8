#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

fn main() {
    // 坡度恒为 1，m 和 v 都从 0 开始；步长以 η 为单位
    let (mut m, mut v) = (0.0_f64, 0.0_f64);
    let mut longest = (0, 0.0);
    for t in 1..=1000 {
        m = 0.9 * m + 0.1;
        v = 0.999 * v + 0.001;
        let plain = m / v.sqrt();
        let m_hat = m / (1.0 - 0.9_f64.powi(t));
        let v_hat = v / (1.0 - 0.999_f64.powi(t));
        let corrected = m_hat / v_hat.sqrt();
        if plain > longest.1 {
            longest = (t, plain);
        }
        if [1, 2, 5, 12, 100, 1000].contains(&t) {
            println!(
                "第 {t:4} 步  修正 {corrected:.2}  \
                 不修正 {plain:.2}"
            );
        }
    }
    println!(
        "不修正时最长的是第 {} 步：{:.2}",
        longest.0, longest.1
    );
}

//! Clipping by the norm.

use crate::{Answer, Checks};

/// Checks `clip(grad, max_norm)`, which changes `grad` and returns its norm before.
pub fn check(clip: impl Fn(&mut [f64], f64) -> f64) -> Checks {
    let mut checks = Checks::new(
        "先算长度 √(Σ gᵢ²)；只有它大于 max_norm 时，才把每个 gᵢ 乘 max_norm / 长度；返回原来的长度。",
    );
    for (grad, max_norm) in [
        // Not 1: multiplying by it and dividing by it must differ.
        (vec![3.0, 4.0], 2.5),
        (vec![0.3, -0.4], 1.0),
        (vec![-60.0, 10.0, 0.5], 5.0),
        (vec![0.6, 0.8], 1.0),
        (vec![0.0, 0.0], 1.0),
        (vec![0.9, -0.9, 0.9, 0.9], 1.0),
    ] {
        let norm = grad.iter().map(|g| g * g).sum::<f64>().sqrt();
        let scaled = |factor: f64| -> Vec<f64> { grad.iter().map(|g| g * factor).collect() };
        let right = if norm > max_norm {
            scaled(max_norm / norm)
        } else {
            grad.clone()
        };
        let squares = norm * norm;
        let by_value: Vec<f64> = grad.iter().map(|g| g.clamp(-max_norm, max_norm)).collect();
        let largest = grad.iter().fold(0.0_f64, |most, g| most.max(g.abs()));
        let mut usual = vec![
            (
                grad.clone(),
                "梯度没有变：长度超过了 max_norm，要写回 grad[i]。",
            ),
            (
                by_value,
                "这是逐个截断：那样会改变方向；按长度裁剪是整个乘同一个数。",
            ),
        ];
        // 0/0 has no place among the answers to compare with.
        if norm > 0.0 {
            usual.extend([
                (
                    scaled(max_norm / norm),
                    "本来就不长的梯度也被拉长了：长度不超过 max_norm 时不要动它。",
                ),
                (scaled(1.0 / norm), "缩到了长度 1：应当缩到 max_norm。"),
                (scaled(max_norm / squares), "除以的是长度的平方：忘了开方。"),
                (
                    scaled(max_norm / largest),
                    "除以的是最大的一个分量，不是长度。",
                ),
                (
                    scaled(1.0 / max_norm),
                    "每个都除以了 max_norm：应当乘 max_norm / 长度。",
                ),
                (
                    scaled(norm / max_norm),
                    "倍数上下颠倒了：乘 max_norm / 长度。",
                ),
            ]);
        }
        let case = format!("梯度 {}，max_norm = {max_norm}", grad.show());
        checks.check(format!("{case}：裁剪之后"), right, &usual, || {
            let mut grad = grad.clone();
            clip(&mut grad, max_norm);
            grad
        });
        checks.check(
            format!("{case}：返回的长度"),
            norm,
            &[
                (0.0, "返回了 0：要返回裁剪之前的长度，好画在训练曲线上。"),
                (norm.min(max_norm), "返回的是裁剪之后的长度：要的是之前的。"),
                (squares, "返回的是长度的平方：忘了开方。"),
                (
                    grad.iter().map(|g| g.abs()).sum(),
                    "把绝对值加了起来：长度是平方和开方。",
                ),
            ],
            || clip(&mut grad.clone(), max_norm),
        );
    }
    checks
}

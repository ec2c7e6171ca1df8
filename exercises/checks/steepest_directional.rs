//! The slope in a direction.

use crate::{Answer, Checks};

/// Checks `directional(grad, direction)`.
pub fn check(directional: impl Fn(&[f64], &[f64]) -> f64) -> Checks {
    let mut checks =
        Checks::new("先算点积 Σ gᵢ·dᵢ，再除以方向的长度 √(Σ dᵢ²)；方向全是 0 时返回 0。");
    for (grad, direction) in [
        (vec![3.0, 4.0], vec![1.0, 0.0]),
        (vec![3.0, 4.0], vec![3.0, 4.0]),
        (vec![3.0, 4.0], vec![-4.0, 3.0]),
        (vec![-2.0, 5.0], vec![10.0, 1.0]),
        (vec![1.0, -2.0, 0.5], vec![-1.0, -1.0, 2.0]),
        (vec![3.0, 4.0], vec![0.0, 0.0]),
    ] {
        let dot: f64 = grad.iter().zip(&direction).map(|(g, d)| g * d).sum();
        let norm = |v: &[f64]| v.iter().map(|v| v * v).sum::<f64>().sqrt();
        let length = norm(&direction);
        let right = if length == 0.0 { 0.0 } else { dot / length };
        let mut usual = vec![
            (0.0, "还是原样，返回 0：先算点积 Σ gᵢ·dᵢ。"),
            (-right, "符号反了：顺着梯度走是上坡，结果应当为正。"),
            (
                dot,
                "忘了除以方向的长度：方向只管朝哪边，把它拉长十倍，坡度不该变成十倍。",
            ),
            (dot / (length * length), "除以的是长度的平方：忘了开方。"),
            (
                dot / length / norm(&grad),
                "多除了梯度的长度：这是夹角的余弦，不是坡度。",
            ),
            (
                norm(&grad),
                "这是梯度的长度，是最陡方向的坡度；题目问的是给定方向的。",
            ),
        ];
        usual.retain(|(value, _)| value.is_finite());
        checks.check(
            format!("梯度 {}，方向 {}", grad.show(), direction.show()),
            right,
            &usual,
            || directional(&grad, &direction),
        );
    }
    checks
}

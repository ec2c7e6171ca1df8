//! How large random weights start.

use crate::Checks;

/// Checks `he_std(fan_out, fan_in)` and `xavier_std(fan_out, fan_in)`.
pub fn check(
    he_std: impl Fn(usize, usize) -> f64,
    xavier_std: impl Fn(usize, usize) -> f64,
) -> Checks {
    let mut checks =
        Checks::new("He 的标准差是 √(2 / fan_in)；Xavier 的是 √(2 / (fan_in + fan_out))。");
    for (fan_out, fan_in) in [(200, 50), (10, 784), (64, 1)] {
        let (outs, ins) = (fan_out as f64, fan_in as f64);
        let he = (2.0 / ins).sqrt();
        let xavier = (2.0 / (ins + outs)).sqrt();
        let zero =
            "返回了 0：如果写的是 2 / fan_in，那是整数除法，先换成 f64；如果还没有写，从这里开始。";
        checks.check(
            format!("he_std(fan_out = {fan_out}, fan_in = {fan_in})"),
            he,
            &[
                (0.0, zero),
                (2.0 / ins, "这是方差：标准差要再开方。"),
                (
                    (2.0 / outs).sqrt(),
                    "用了 fan_out：一个单元把 fan_in 个输入加在一起，所以看 fan_in。",
                ),
                (
                    (1.0 / ins).sqrt(),
                    "分子是 2：ReLU 把一半的输出变成 0，方差要补回来一倍。",
                ),
                (xavier, "这是 Xavier 的。"),
                ((6.0 / ins).sqrt(), "这是均匀分布的上下界，不是标准差。"),
                (2.0_f64.sqrt() / ins, "fan_in 也要开方。"),
            ],
            || he_std(fan_out, fan_in),
        );
        checks.check(
            format!("xavier_std(fan_out = {fan_out}, fan_in = {fan_in})"),
            xavier,
            &[
                (0.0, zero),
                (2.0 / (ins + outs), "这是方差：标准差要再开方。"),
                (he, "这是 He 的：Xavier 的分母是 fan_in + fan_out。"),
                (
                    (1.0 / (ins + outs)).sqrt(),
                    "分子是 2：fan_in 与 fan_out 的平均是它们的和除以 2。",
                ),
                (
                    (6.0 / (ins + outs)).sqrt(),
                    "这是均匀分布的上下界，不是标准差。",
                ),
                (
                    (2.0 / ins + outs).sqrt(),
                    "分母要加括号：2.0 / (fan_in + fan_out)。",
                ),
            ],
            || xavier_std(fan_out, fan_in),
        );
    }
    checks
}

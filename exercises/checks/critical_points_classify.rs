//! What kind of critical point a Hessian tells of.

use crate::{Answer, Checks};

const MINIMUM: &str = "局部最小值点";
const MAXIMUM: &str = "局部最大值点";
const SADDLE: &str = "鞍点";
const UNDECIDED: &str = "无法判断";

/// Checks `classify(hessian)`.
pub fn check(classify: impl Fn([[f64; 2]; 2]) -> &'static str) -> Checks {
    let mut checks = Checks::new(
        "看两个特征值的乘积 ad − b²：负的是鞍点，零是无法判断；正的再看它们的和 a + d，和为正是最小，为负是最大。",
    );
    for (hessian, right, reason) in [
        (
            [[2.0, 0.0], [0.0, 4.0]],
            MINIMUM,
            "两个曲率都为正：往哪边走都上坡。",
        ),
        (
            [[-2.0, 0.0], [0.0, -4.0]],
            MAXIMUM,
            "两个曲率都为负：往哪边走都下坡。",
        ),
        (
            [[2.0, 0.0], [0.0, -2.0]],
            SADDLE,
            "一正一负：一个方向上坡，另一个方向下坡。",
        ),
        (
            [[1.0, 3.0], [3.0, 1.0]],
            SADDLE,
            "对角线上都为正还不够：沿 (1, −1) 走，曲率是 1 − 3 = −2，是下坡。要看乘积 ad − b²。",
        ),
        (
            [[2.0, 1.0], [1.0, 3.0]],
            MINIMUM,
            "ad − b² = 2·3 − 1·1 = 5 为正，和 2 + 3 也为正：两个特征值都为正。",
        ),
        (
            [[-3.0, 2.0], [2.0, -5.0]],
            MAXIMUM,
            "ad − b² = 15 − 4 = 11 为正，只说明两个特征值同号；和 −3 − 5 为负，所以两个都为负。",
        ),
        (
            [[0.0, 1.0], [1.0, 0.0]],
            SADDLE,
            "ad − b² 是 −1：对角线上是零，也能是鞍点，例如 f = xy。",
        ),
        (
            [[0.0, 0.0], [0.0, 2.0]],
            UNDECIDED,
            "ad − b² 是 0，有一个方向的曲率是零：那个方向上要看更高阶的导数，例如 y² + x⁴ 与 y² + x³。",
        ),
        (
            [[1.0, 2.0], [2.0, 4.0]],
            UNDECIDED,
            "ad − b² = 1·4 − 2·2 = 0：沿 (2, −1) 走，曲率是零。",
        ),
        (
            [[0.0, 0.0], [0.0, 0.0]],
            UNDECIDED,
            "全是零，黑塞矩阵什么也没有说。",
        ),
    ] {
        let rows: Vec<Vec<f64>> = hessian.iter().map(|row| row.to_vec()).collect();
        let usual: Vec<(&str, &str)> = [MINIMUM, MAXIMUM, SADDLE, UNDECIDED]
            .into_iter()
            .filter(|one| *one != right)
            .map(|one| (one, reason))
            .chain([(
                "",
                "还是原样，返回空的字：先算 ad − b²，再返回四个名字之一。",
            )])
            .collect();
        checks.check(
            format!("黑塞矩阵 {}", rows.show()),
            right,
            &usual,
            || {
                let kind = classify(hessian);
                let known = [MINIMUM, MAXIMUM, SADDLE, UNDECIDED, ""].contains(&kind);
                assert!(known, "“{kind}”不是四个名字之一，抄题目里的");
                kind
            },
        );
    }
    checks
}

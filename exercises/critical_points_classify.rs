#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-exercises = { path = "." }
//! ```

// 练习：是坑、是顶还是鞍
//
// 某一点的梯度是零，黑塞矩阵是 [[a, b], [b, d]]。
// 只凭它判断这一点是什么，返回下面四个名字之一：
//
//     局部最小值点  局部最大值点  鞍点  无法判断
//
// 两个特征值（主方向上的曲率）的乘积是 ad − b²，
// 和是 a + d。黑塞矩阵不足以下结论时，返回“无法判断”。

fn classify(hessian: [[f64; 2]; 2]) -> &'static str {
    let [[a, b], [_, d]] = hessian;
    // 在这里写，把空的字换掉
    ""
}

fn main() -> std::process::ExitCode {
    gd_exercises::critical_points_classify::check(classify)
        .report()
}

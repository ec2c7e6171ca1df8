#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-exercises = { path = ".." }
//! ```

// 解答：是坑、是顶还是鞍

fn classify(hessian: [[f64; 2]; 2]) -> &'static str {
    let [[a, b], [_, d]] = hessian;
    // 两个特征值的乘积，又叫行列式：负的就是一正一负
    let product = a * d - b * b;
    if product < 0.0 {
        "鞍点"
    } else if product == 0.0 {
        // 有一个特征值是零，要看更高阶的导数。
        // 这里的数很整；算出来的黑塞矩阵有舍入误差，
        // 那时要和一个小的容差比
        "无法判断"
    } else if a + d > 0.0 {
        // 同号，和又是正的：两个都为正
        "局部最小值点"
    } else {
        "局部最大值点"
    }
}

fn main() -> std::process::ExitCode {
    gd_exercises::critical_points_classify::check(classify)
        .report()
}

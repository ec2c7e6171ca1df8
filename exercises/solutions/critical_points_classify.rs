#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-exercises = { path = ".." }
//! ```

// 解答：是坑、是顶还是鞍

fn classify(hessian: [[f64; 2]; 2]) -> &'static str {
    let [[a, b], [_, d]] = hessian;
    // 行列式是两个主曲率的乘积：看它就知道同号还是异号
    let determinant = a * d - b * b;
    if determinant < 0.0 {
        "鞍点"
    } else if determinant == 0.0 {
        // 有一个曲率是零，要看更高阶的导数
        "无法判断"
    } else if a > 0.0 {
        "局部最小值点"
    } else {
        "局部最大值点"
    }
}

fn main() -> std::process::ExitCode {
    gd_exercises::critical_points_classify::check(classify)
        .report()
}

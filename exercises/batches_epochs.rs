#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-exercises = { path = "." }
//! ```

// 练习：洗牌，切批
//
// 把编号 0 到 n − 1 打乱，再依次切成 size 个一批；最后
// 一批可以不满。这样每个样本在一个轮次里恰好用一次。
// random(k) 给你一个 0 到 k − 1 的随机整数，每个一样常见。
//
// 打乱用 Fisher–Yates：i 从 0 到 n − 1，让第 i 个与
// 第 i 个到最后一个之中随机的一个交换（可以是它自己）。

fn epoch(
    n: usize,
    size: usize,
    random: &mut dyn FnMut(usize) -> usize,
) -> Vec<Vec<usize>> {
    // 在这里写，把下面一行换掉
    Vec::new()
}

fn main() -> std::process::ExitCode {
    gd_exercises::batches_epochs::check(epoch).report()
}

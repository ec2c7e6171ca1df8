#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-exercises = { path = ".." }
//! ```

// 解答：洗牌，切批

fn epoch(
    n: usize,
    size: usize,
    random: &mut dyn FnMut(usize) -> usize,
) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..n).collect();
    for i in 0..n {
        // 只与后面的换：和全部的换，各种次序就不一样常见了
        let j = i + random(n - i);
        order.swap(i, j);
    }
    // chunks 的最后一段可以不满，正合用
    order.chunks(size).map(|batch| batch.to_vec()).collect()
}

fn main() -> std::process::ExitCode {
    gd_exercises::batches_epochs::check(epoch).report()
}

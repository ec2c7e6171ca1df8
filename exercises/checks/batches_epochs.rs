//! An epoch: shuffled, cut into batches, each sample exactly once.

use crate::Checks;
use std::collections::BTreeMap;

/// Random numbers that are the same in every run: SplitMix64.
fn random(mut state: u64) -> impl FnMut(usize) -> usize {
    move |n| {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        // 0..0 is empty; asking for a number in it is answered by 0.
        ((z ^ (z >> 31)) % (n.max(1) as u64)) as usize
    }
}

/// Checks `epoch(n, size, random)`.
pub fn check(
    epoch: impl Fn(usize, usize, &mut dyn FnMut(usize) -> usize) -> Vec<Vec<usize>>,
) -> Checks {
    let mut checks = Checks::new("先把 0 到 n − 1 打乱，再从头到尾每 size 个切一批。");
    for (n, size) in [(12, 4), (100, 32), (5, 1), (3, 8)] {
        let case = format!("n = {n}，size = {size}");
        let sizes: Vec<usize> = (0..n)
            .step_by(size)
            .map(|start| size.min(n - start))
            .collect();
        let full: Vec<usize> = sizes.iter().copied().filter(|one| *one == size).collect();
        let run = || epoch(n, size, &mut random(1));
        checks.check(
            format!("{case}：各批的大小"),
            sizes.clone(),
            &[
                (Vec::new(), "一批也没有：结果放进要返回的 Vec 了吗？"),
                (full, "最后不满 size 个的那一批丢了：它也要用。"),
            ],
            || run().iter().map(Vec::len).collect(),
        );
        checks.check(
            format!("{case}：出现过的编号，从小到大"),
            (0..n).collect(),
            &[((1..=n).collect(), "编号从 0 开始，到 n − 1。")],
            || {
                let mut all = run().concat();
                all.sort();
                all
            },
        );
    }
    checks.check(
        "n = 100，size = 100：次序被打乱了？",
        true,
        &[(false, "没有打乱：编号还是从小到大。")],
        || epoch(100, 100, &mut random(2)).concat() != (0..100).collect::<Vec<_>>(),
    );
    checks.check(
        "n = 100，size = 10：两个轮次的次序不同？",
        true,
        &[(false, "每个轮次的次序一样：要用给你的 random 来打乱。")],
        || {
            let mut random = random(3);
            epoch(100, 10, &mut random) != epoch(100, 10, &mut random)
        },
    );
    checks.check(
        "n = 100，size = 10：每一批都混进了别处的编号？",
        true,
        &[(
            false,
            "有的批还是原来那一段编号：要先把 0 到 n − 1 全部打乱，再切批。",
        )],
        || {
            let batches = epoch(100, 10, &mut random(5));
            batches.into_iter().zip(0..).all(|(mut batch, k)| {
                batch.sort();
                batch != (10 * k..10 * k + 10).collect::<Vec<_>>()
            })
        },
    );
    // Of the 27 equally likely triples of a wrong shuffle some orders get 4, others 5; of 27,000
    // shuffles the right one gives each order 4500 times, with a standard deviation of 61.
    checks.check(
        "n = 3，打乱 27000 次：六种次序一样常见（相差不到一成）？",
        true,
        &[(
            false,
            "有的次序太多，有的太少：每个位置只与它自己和它之后的位置交换，这样六种次序才一样常见。",
        )],
        || {
            let mut random = random(4);
            let mut counts: BTreeMap<Vec<usize>, u32> = BTreeMap::new();
            for _ in 0..27_000 {
                *counts.entry(epoch(3, 3, &mut random).concat()).or_default() += 1;
            }
            counts.len() == 6 && counts.values().all(|count| (4200..4800).contains(count))
        },
    );
    checks
}

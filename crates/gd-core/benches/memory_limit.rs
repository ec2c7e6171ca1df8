//! How near the update rules and the line fit come to the limit that memory sets.
//!
//! Each is timed beside a plain loop that makes the same reads and writes and next to no
//! arithmetic; the table at the end gives the ratio of the medians.
//!
//! ```text
//! cargo bench -p gd-core
//! cargo bench -p gd-core -- 'f32, n = 10000000'     only what has this in its name
//! ```

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use criterion::Criterion;
use gd_core::{
    Float, Objective, Optimizer,
    data::Dataset,
    model::LinearRegression,
    optim::{Adam, AdamW, Elementwise, Parallel, Sgd},
};
use ndarray::{Array1, array};

const SIZES: [usize; 5] = [2, 10_000, 1_000_000, 10_000_000, 50_000_000];

/// The medians that the table is made of.
struct Bench {
    criterion: Criterion,
    rows: Vec<(String, f64, f64)>,
}

impl Bench {
    /// The median time in seconds of one call of `run`; None if the command line left it out.
    fn time(&mut self, name: &str, mut run: impl FnMut()) -> Option<f64> {
        let mut times = Vec::new();
        self.criterion.bench_function(name, |bencher| {
            bencher.iter_custom(|count| {
                let start = Instant::now();
                for _ in 0..count {
                    run();
                }
                let elapsed = start.elapsed();
                times.push(elapsed.as_secs_f64() / count as f64);
                elapsed
            });
        });
        times.sort_by(f64::total_cmp);
        times.get(times.len() / 2).copied()
    }

    fn compare(&mut self, name: &str, limit: impl FnMut(), run: impl FnMut()) {
        let limit = self.time(&format!("{name}, plain loop"), limit);
        let run = self.time(name, run);
        if let (Some(limit), Some(run)) = (limit, run) {
            self.rows.push((name.to_owned(), run, limit));
        }
    }

    fn print(&self) {
        println!("\n| what | time | plain loop | ratio |\n|---|---|---|---|");
        for (name, run, limit) in &self.rows {
            println!(
                "| {name} | {} | {} | {:.2} |",
                duration(*run),
                duration(*limit),
                run / limit
            );
        }
    }
}

fn duration(seconds: f64) -> String {
    match seconds {
        s if s < 1e-6 => format!("{:.1} ns", s * 1e9),
        s if s < 1e-3 => format!("{:.2} µs", s * 1e6),
        s => format!("{:.2} ms", s * 1e3),
    }
}

/// x and K arrays of state are read and written, the gradient is read.
fn touch<F: Float, const K: usize>(x: &mut [F], grad: &[F], state: [&mut [F]; K]) {
    pulp::Arch::new().dispatch(|| {
        let n = x.len();
        let grad = &grad[..n];
        let mut state = state.map(|s| &mut s[..n]);
        for i in 0..n {
            for s in &mut state {
                s[i] += grad[i];
            }
            x[i] += grad[i];
        }
    });
}

/// [`touch`] on two threads, or on one.
fn touch_with<F: Float, const K: usize>(
    threads: usize,
    x: &mut [F],
    grad: &[F],
    state: [&mut [F]; K],
) {
    if threads == 1 {
        return touch(x, grad, state);
    }
    let middle = x.len() / 2;
    let (x, x_rest) = x.split_at_mut(middle);
    let (grad, grad_rest) = grad.split_at(middle);
    let mut rest = Vec::with_capacity(K);
    let state = state.map(|s| {
        let (first, last) = s.split_at_mut(middle);
        rest.push(last);
        first
    });
    let rest: [_; K] = rest.try_into().expect("K halves");
    rayon::join(|| touch(x, grad, state), || touch(x_rest, grad_rest, rest));
}

/// `rule` with K arrays of state, beside [`touch_with`].
fn update<F: Float, const K: usize>(
    bench: &mut Bench,
    name: &str,
    n: usize,
    threads: usize,
    rule: impl Elementwise<F> + Clone + Send,
) {
    let precision = size_of::<F>() * 8;
    let plural = if threads == 1 { "" } else { "s" };
    let name = format!("{name} f{precision}, n = {n}, {threads} thread{plural}");
    let ones = || Array1::from_elem(n, F::of(0.01));
    let (mut x, grad) = (ones().to_vec(), ones());
    let mut state: [Vec<F>; K] = std::array::from_fn(|_| ones().to_vec());
    let (mut y, lr) = (ones(), F::of(1e-3));
    let limit = || {
        let state = state.each_mut().map(Vec::as_mut_slice);
        touch_with(
            threads,
            black_box(&mut x),
            grad.as_slice().expect("contiguous"),
            state,
        );
    };
    if threads == 1 {
        let mut rule = rule;
        bench.compare(&name, limit, || rule.step(lr, black_box(&mut y), &grad));
    } else {
        let mut rule = Parallel::new(rule, threads);
        bench.compare(&name, limit, || rule.step(lr, black_box(&mut y), &grad));
    }
}

fn updates<F: Float>(bench: &mut Bench) {
    let momentum = Sgd::default().momentum(F::of(0.9));
    for n in SIZES {
        // Below, the rules do not use a second thread.
        let threads = if n < 1_000_000 { 1..=1 } else { 1..=2 };
        for threads in threads {
            update::<F, 1>(bench, "momentum", n, threads, momentum.clone());
            update::<F, 2>(bench, "Adam", n, threads, Adam::default());
            update::<F, 2>(bench, "AdamW", n, threads, AdamW::default());
        }
    }
}

/// Loss and gradient of the line fit in one pass, beside a loop that sums the data.
fn line_fit<F: Float>(bench: &mut Bench) {
    let n = 10_000_000;
    let precision = size_of::<F>() * 8;
    let x = Array1::linspace(F::of(-5.0), F::of(5.0), n);
    let y = x.mapv(|x| F::of(2.0) * x + F::of(3.0));
    let model = LinearRegression::line(&Dataset::new(x.clone(), y.clone()));
    let (theta, mut grad) = (array![F::of(0.5), F::of(0.5)], array![F::zero(), F::zero()]);
    bench.compare(
        &format!("line fit, loss and gradient f{precision}, n = {n}"),
        || {
            pulp::Arch::new().dispatch(|| {
                let mut lanes = [F::zero(); 32];
                let (x, y) = (
                    x.as_slice().expect("contiguous"),
                    y.as_slice().expect("contiguous"),
                );
                for (x, y) in x.as_chunks::<32>().0.iter().zip(y.as_chunks::<32>().0) {
                    for l in 0..32 {
                        lanes[l] += x[l] + y[l];
                    }
                }
                black_box(lanes);
            });
        },
        || {
            black_box(model.value_and_gradient(black_box(&theta), &mut grad));
        },
    );
}

fn main() {
    let mut bench = Bench {
        criterion: Criterion::default()
            .sample_size(20)
            .warm_up_time(Duration::from_millis(500))
            .measurement_time(Duration::from_secs(2))
            .configure_from_args(),
        rows: Vec::new(),
    };
    updates::<f32>(&mut bench);
    updates::<f64>(&mut bench);
    line_fit::<f32>(&mut bench);
    line_fit::<f64>(&mut bench);
    bench.criterion.final_summary();
    bench.print();
}

//! Updates after the first do not allocate, counted by the global allocator of this file.

#![allow(
    unsafe_code,
    reason = "an allocator that counts can only be written with it"
)]

mod fixtures;

use std::{
    alloc::{GlobalAlloc, Layout, System},
    cell::Cell,
};

use fixtures::rules;
use gd_core::{
    Descent, Objective, Observer, Optimizer, Snapshot, Solver, StochasticDescent,
    batch::{Sampler, Sampling},
    data,
    init::Initializer,
    minimize,
    model::{EmpiricalRisk, LinearRegression, LogisticRegression, Mlp, Target},
    objective::{FiniteSum, Quadratic, Rosenbrock, TwiceDifferentiable, two_dimensional},
    observer::{EarlyStopping, Progress},
    optim::{Adafactor, Adam, Groups, Muon, Sgd},
    solver::{Backtracking, Bfgs, Clipped, Lbfgs, Newton, SteepestDescent},
};
use ndarray::{Array1, Array2, array};

struct Counting;

thread_local! {
    static ALLOCATIONS: Cell<usize> = const { Cell::new(0) };
}

// SAFETY: every call is passed on to `System` unchanged. Counting does not allocate: the cell is
// initialised by a constant and has no destructor.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.set(ALLOCATIONS.get() + 1);
        // SAFETY: the caller keeps the contract of `alloc`.
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the caller keeps the contract of `dealloc`.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn allocations(run: impl FnOnce()) -> usize {
    let before = ALLOCATIONS.get();
    run();
    ALLOCATIONS.get() - before
}

#[test]
fn the_counter_counts() {
    assert_eq!(allocations(|| drop(std::hint::black_box(Box::new(1)))), 1);
}

#[test]
fn steps_after_the_first() {
    for mut rule in rules::<f64>() {
        let (mut x, grad) = (array![4.0, 3.0], array![0.5, -0.1]);
        rule.optimizer.step(0.01, &mut x, &grad);
        let count = allocations(|| {
            for _ in 0..100 {
                rule.optimizer.step(0.01, &mut x, &grad);
            }
        });
        assert_eq!(count, 0, "{}", rule.name);
    }
}

#[test]
fn steps_of_matrices() {
    for (rows, cols) in [(2, 3), (3, 2), (5, 5)] {
        let rules: [Box<dyn Optimizer<f64>>; 3] = [
            Box::new(Muon::new(rows, cols)),
            Box::new(Adafactor::matrix(rows, cols)),
            Box::new(Groups::new().group(cols, 1.0, Muon::new(1, cols)).group(
                (rows - 1) * cols,
                0.5,
                Adafactor::vector(),
            )),
        ];
        for mut rule in rules {
            let mut x = Array1::ones(rows * cols);
            let grad = Array1::linspace(-1.0, 2.0, rows * cols);
            rule.step(0.01, &mut x, &grad);
            rule.reset();
            rule.step(0.01, &mut x, &grad);
            let count = allocations(|| {
                for _ in 0..10 {
                    rule.step(0.01, &mut x, &grad);
                }
            });
            assert_eq!(count, 0, "{rows}x{cols}");
        }
    }
}

#[test]
fn looks_of_the_observers_that_keep_no_list() {
    let mut early = EarlyStopping::new(9);
    let mut progress = Progress::new(std::io::sink());
    let square = Quadratic::square();
    let x = array![4.0];
    let mut looks = |count| {
        for step in 0..count {
            let moment = Snapshot::new(step, &x, &x, &square);
            assert!((&mut early, &mut progress).observe(&moment).is_continue());
            early.reset();
        }
    };
    looks(1);
    assert_eq!(allocations(|| looks(10)), 10, "the best x of each new run");
}

#[test]
fn iterations_of_every_objective() {
    let dense = Quadratic::new(array![[2.0, 0.5], [0.5, 1.0]]);
    let line = LinearRegression::line(&data::lesson_line());
    let mut problems: Vec<Box<dyn Objective<f64>>> = vec![Box::new(dense), Box::new(line)];
    for f in two_dimensional() {
        problems.push(Box::new(f));
    }
    for problem in problems {
        let run = |steps| {
            let mut solver = Descent::new(Adam::default(), 0.01);
            let mut x = array![1.0, 1.0];
            allocations(|| {
                minimize(&problem, &mut solver, &mut x, steps, &mut ());
            })
        };
        assert_eq!(run(1), run(100));
    }
}

#[test]
fn values() {
    let line = LinearRegression::<f64>::line(&data::lesson_line());
    let x = array![1.0, 1.0];
    assert_eq!(allocations(|| assert!(line.value(&x) > 0.0)), 0);
}

#[test]
fn logistic_regression() {
    let model = LogisticRegression::<f64>::new(&data::two_moons(100, 0.1, 1)).l2(0.01);
    let (theta, batch) = (array![1.0, -1.0, 0.5], [3, 1, 4, 1, 5]);
    let (mut grad, mut hessian) = (Array1::zeros(3), Array2::zeros((3, 3)));
    let count = allocations(|| {
        assert!(model.value(&theta) > 0.0);
        assert!(model.value_and_gradient(&theta, &mut grad) > 0.0);
        model.batch_gradient(&theta, &batch, &mut grad);
        model.hessian(&theta, &mut hessian);
    });
    assert_eq!(count, 0);
}

#[test]
fn stochastic_updates() {
    let line = LinearRegression::<f64>::line(&data::lesson_line());
    for sampling in [
        Sampling::Full,
        Sampling::OneSample,
        Sampling::WithReplacement { size: 32 },
        Sampling::WithoutReplacement { size: 32 },
        Sampling::Epochs { size: 32 },
    ] {
        let sampler = Sampler::new(line.samples(), sampling, 1);
        let mut solver = StochasticDescent::new(Sgd::plain(), 0.01, sampler);
        let (mut x, mut grad) = (array![0.0, 0.0], array![0.0, 0.0]);
        let count = allocations(|| {
            for t in 0..100 {
                solver.evaluate(&line, &x, &mut grad);
                assert!(solver.advance(&line, t, &mut x, &mut grad).is_continue());
            }
        });
        assert_eq!(count, 0, "{sampling:?}");
    }
}

#[test]
fn evaluations_of_a_network() {
    let net = Mlp::new(&[2, 8, 8, 3]).residual(0.5);
    let theta = net.init::<f64>(Initializer::HeNormal, 1);
    let x = Array2::from_shape_fn((20, 2), |(i, j)| (i * 3 + j) as f64 / 10.0);
    let risk = EmpiricalRisk::new(
        net,
        x,
        Target::CrossEntropy((0..20).map(|i| i % 3).collect()),
    );
    let mut grad = theta.clone();
    risk.gradient(&theta, &mut grad);
    let count = allocations(|| {
        for _ in 0..3 {
            risk.value_and_gradient(&theta, &mut grad);
            risk.batch_gradient(&theta, &[3, 3, 7, 19], &mut grad);
            risk.value(&theta);
        }
    });
    assert_eq!(count, 0);
}

#[test]
fn updates_of_solvers_that_query() {
    let valley = Rosenbrock::new(20);
    let clipped = Clipped::norm(Descent::new(Sgd::plain(), 1e-4), 1.0);
    type Named = (&'static str, Box<dyn Solver<f64, Rosenbrock>>);
    let solvers: [Named; 7] = [
        ("backtracking", Box::<Backtracking<f64>>::default()),
        ("steepest descent", Box::<SteepestDescent<f64>>::default()),
        ("newton", Box::<Newton<f64>>::default()),
        ("pure newton", Box::new(Newton::pure())),
        ("bfgs", Box::<Bfgs<f64>>::default()),
        ("l-bfgs", Box::new(Lbfgs::default().memory(3))),
        ("clipped", Box::new(clipped)),
    ];
    for (name, mut solver) in solvers {
        let (mut x, mut grad) = (Array1::from_elem(20, -0.5), Array1::zeros(20));
        let mut run = |updates| {
            for t in updates {
                solver.evaluate(&valley, &x, &mut grad);
                let _ = solver.advance(&valley, t, &mut x, &mut grad);
            }
        };
        run(0..1);
        assert_eq!(allocations(|| run(1..100)), 0, "{name}");
    }
}

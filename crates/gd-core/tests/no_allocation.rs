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
    Descent, Objective, Optimizer, Solver, StochasticDescent,
    batch::{Sampler, Sampling},
    data, minimize,
    model::LinearRegression,
    objective::{FiniteSum, Quadratic, Rosenbrock, two_dimensional},
    optim::{Adam, Sgd},
    solver::{Backtracking, Bfgs, Clipped, Lbfgs, Newton, SteepestDescent},
};
use ndarray::{Array1, array};

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

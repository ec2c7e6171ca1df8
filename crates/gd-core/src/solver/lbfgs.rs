//! L-BFGS: BFGS that remembers the last steps alone.

use std::ops::ControlFlow;

use ndarray::{Array1, ArrayRef1};

use super::{
    Evaluations, Solver, StrongWolfe,
    quasi_newton::{InverseHessian, QuasiNewton},
};
use crate::{Float, Objective};

/// BFGS with limited memory: the product Hg out of the last m steps.
///
/// [`Bfgs`](super::Bfgs) with H never formed. From the last m steps s and changes y of the gradient,
/// each of length d, with ρ = 1/sᵀy, the two-loop recursion computes r = Hg:
///
/// ```text
/// q ← g
/// a ← ρ sᵀq,  q ← q − ay           from the newest to the oldest
/// r ← γq                           γ = sᵀy/yᵀy of the newest
/// r ← r + (a − ρ yᵀr) s            from the oldest to the newest
/// x ← x − αr                       α by StrongWolfe, 1 tried first
/// ```
///
/// That is BFGS started from H = γI and updated with these m steps. An update costs of the order
/// of md, and memory for 2md numbers. The first direction, the steps that are not learnt from and
/// the end are those of `Bfgs`.
///
/// Default: memory m = 10.
/// D. C. Liu and J. Nocedal, “On the limited memory BFGS method for large scale optimization”, 1989,
/// doi:10.1007/BF01589116. Nocedal and Wright, “Numerical Optimization”, 2nd ed. 2006, Algorithms
/// 7.4 and 7.5, doi:10.1007/978-0-387-40065-5.
///
/// ```
/// use gd_core::{Limit, Stop, minimize, objective::Rosenbrock, solver::Lbfgs};
/// use ndarray::Array1;
///
/// let mut x = Array1::<f64>::zeros(20);
/// let limit = Limit::steps(150).gradient_below(1e-6);
/// let stop = minimize(&Rosenbrock::new(20), &mut Lbfgs::default(), &mut x, limit, &mut ());
/// assert_eq!(stop, Stop::Converged);
/// ```
#[derive(Clone, Debug)]
pub struct Lbfgs<F> {
    method: QuasiNewton<F, History<F>>,
}

impl<F: Float> Default for Lbfgs<F> {
    fn default() -> Self {
        Self {
            method: QuasiNewton::new(History::new(10)),
        }
    }
}

impl<F: Float> Lbfgs<F> {
    /// m ≥ 1, the number of steps remembered: 10 by default. Forgets all updates.
    ///
    /// # Panics
    /// If `memory` is 0.
    #[track_caller]
    pub fn memory(mut self, memory: usize) -> Self {
        assert!(memory >= 1, "memory must be >= 1, got 0; 10 is the default");
        self.method.inverse_hessian = History::new(memory);
        self.method.reset();
        self
    }

    /// The line search: `StrongWolfe::default()`, which is (1e-4, 0.9), by default.
    pub fn line_search(mut self, line_search: StrongWolfe<F>) -> Self {
        self.method.line_search = line_search;
        self
    }

    /// What the updates cost so far.
    pub fn evaluations(&self) -> Evaluations {
        self.method.probe.evaluations
    }

    /// Forgets all updates: [`Solver::reset`] without having to name the problem.
    pub fn reset(&mut self) {
        self.method.reset();
    }
}

impl<F: Float, P: Objective<F> + ?Sized> Solver<F, P> for Lbfgs<F> {
    fn evaluate(&mut self, problem: &P, x: &ArrayRef1<F>, grad: &mut ArrayRef1<F>) {
        self.method.probe.evaluate(problem, x, grad);
    }

    /// # Panics
    /// If the length of `x` is not that of the update before.
    fn advance(
        &mut self,
        problem: &P,
        _: usize,
        x: &mut ArrayRef1<F>,
        grad: &mut ArrayRef1<F>,
    ) -> ControlFlow<()> {
        self.method.advance(problem, x, grad)
    }

    fn reset(&mut self) {
        self.reset();
    }
}

/// The last steps, the newest first.
#[derive(Clone, Debug)]
struct History<F> {
    /// m of them; those from `learnt` on are not in use yet.
    steps: Vec<Step<F>>,
    learnt: usize,
    memory: usize,
}

#[derive(Clone, Debug)]
struct Step<F> {
    s: Array1<F>,
    y: Array1<F>,
    sy: F,
    a: F,
}

impl<F: Float> History<F> {
    fn new(memory: usize) -> Self {
        Self {
            steps: Vec::new(),
            learnt: 0,
            memory,
        }
    }
}

impl<F: Float> InverseHessian<F> for History<F> {
    fn allocate(&mut self, len: usize) {
        let step = || Step {
            s: Array1::zeros(len),
            y: Array1::zeros(len),
            sy: F::zero(),
            a: F::zero(),
        };
        self.steps = Vec::from_iter(std::iter::repeat_with(step).take(self.memory));
        self.learnt = 0;
    }

    fn is_empty(&self) -> bool {
        self.learnt == 0
    }

    /// The two loops, with q and r in the place of d.
    fn direction(&mut self, grad: &ArrayRef1<F>, d: &mut ArrayRef1<F>) {
        let steps = &mut self.steps[..self.learnt];
        d.assign(grad);
        for Step { s, y, sy, a } in steps.iter_mut() {
            *a = s.dot(d) / *sy;
            d.scaled_add(-*a, y);
        }
        let newest = &steps[0];
        let gamma = newest.sy / newest.y.dot(&newest.y);
        d.mapv_inplace(|q| gamma * q);
        for Step { s, y, sy, a } in steps.iter().rev() {
            let b = y.dot(d) / *sy;
            d.scaled_add(*a - b, s);
        }
        d.mapv_inplace(|r| -r);
    }

    fn learn(&mut self, s: &ArrayRef1<F>, y: &ArrayRef1<F>, sy: F) {
        self.steps.rotate_right(1);
        let newest = &mut self.steps[0];
        newest.s.assign(s);
        newest.y.assign(y);
        newest.sy = sy;
        self.learnt = self.memory.min(self.learnt + 1);
    }

    fn clear(&mut self) {
        self.learnt = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        linalg::norm, minimize, objective::Quadratic, solver::quasi_newton::tests::updated,
    };
    use ndarray::{Array2, array};

    #[test]
    fn the_two_loops_are_bfgs_from_a_multiple_of_the_identity() {
        let steps = [
            (array![1.0, 2.0, -0.5], array![2.0, 1.0, 0.3]),
            (array![-0.3, 0.1, 0.7], array![0.1, 0.4, 2.0]),
            (array![0.5, -0.9, 0.2], array![0.8, -1.4, 0.1]),
        ];
        let mut history = History::new(2);
        history.allocate(3);
        for (s, y) in &steps {
            history.learn(s, y, s.dot(y));
        }
        let (s, y) = &steps[2];
        let mut h = Array2::<f64>::eye(3) * (s.dot(y) / y.dot(y));
        for (s, y) in &steps[1..] {
            h = updated(&h, s, y);
        }
        let (grad, mut d) = (array![0.4, -1.0, 0.2], array![0.0, 0.0, 0.0]);
        history.direction(&grad, &mut d);
        assert!(norm((d + h.dot(&grad)).iter().copied()) < 1e-14);
    }

    #[test]
    fn more_memory_comes_nearer() {
        let ravine = Quadratic::<f64>::with_condition_number(1000.0, 10);
        let distance = |memory| {
            let mut solver = Lbfgs::default().memory(memory);
            let mut x = Array1::ones(10);
            minimize(&ravine, &mut solver, &mut x, 60, &mut ());
            norm(x.iter().copied())
        };
        assert!(distance(10) < 1e-2 * distance(1));
    }

    #[test]
    fn the_memory_may_change_between_runs() {
        let mut solver = Lbfgs::default();
        for memory in [3, 20, 1] {
            solver = solver.memory(memory);
            let mut x = array![4.0, 3.0];
            minimize(&Quadratic::bowl(), &mut solver, &mut x, 30, &mut ());
            assert!(norm(x.iter().copied()) < 1e-6, "{memory}: {x}");
        }
    }

    #[test]
    #[should_panic(expected = "memory must be >= 1, got 0; 10 is the default")]
    fn no_memory() {
        Lbfgs::<f64>::default().memory(0);
    }

    #[test]
    #[should_panic(expected = "state has length 2, but x has length 1; call reset()")]
    fn changed_dimension() {
        let mut solver = Lbfgs::default();
        minimize(
            &Quadratic::bowl(),
            &mut solver,
            &mut array![4.0, 3.0],
            1,
            &mut (),
        );
        minimize(
            &Quadratic::square(),
            &mut solver,
            &mut array![4.0],
            1,
            &mut (),
        );
    }
}

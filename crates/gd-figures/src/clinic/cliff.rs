//! A cliff, after Pascanu, Mikolov and Bengio 2013: a recurrence of one unit over 50 steps.

use gd_core::Objective;
use gd_core::clip::clip_grad_norm;
use gd_core::objective::FnObjective;
use ndarray::{ArrayRef1, array};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::axis::Axis;
use crate::contour::Grid;
use crate::label::Side;
use crate::panel::{Dot, Panel};
use crate::style::{Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

const LR: f64 = 0.1;
const MAX_NORM: f64 = 0.1;
const START: Point = (4.4, -2.5);
const STEPS: usize = 500;
const ITERATIONS: usize = 50;
const FIRST: f64 = 0.5;
const TARGET: f64 = 0.7;
/// Random starts from this rectangle, and the loss below which a run has arrived.
const STARTS: usize = 300;
const W: (f64, f64) = (0.0, 6.0);
const B: (f64, f64) = (-4.0, 0.0);
const FLOOR: f64 = 0.01;
/// What a run that clipping slows down may take.
const PATIENT_STEPS: usize = 2_000;

/// `clinic-cliff`.
pub struct Cliff;

/// The two runs, and what clipping does to runs from elsewhere.
pub struct Data {
    /// Unclipped and clipped.
    paths: [Path; 2],
    /// How many random starts reach the floor only clipped; only unclipped; and of these, clipped
    /// with more steps.
    arrive: [usize; 3],
}

/// One run.
pub struct Path {
    points: Vec<Point>,
    losses: Vec<f64>,
    norms: Vec<f64>,
}

/// (h₅₀ − 0.7)² with h₀ = ½ and h ← σ(wh + b), and its derivatives by w and b.
fn loss_and_gradient(w: f64, b: f64) -> (f64, [f64; 2]) {
    let (mut h, mut by_w, mut by_b) = (FIRST, 0.0, 0.0);
    for _ in 0..ITERATIONS {
        let next = 1.0 / (1.0 + (-(w * h + b)).exp());
        let slope = next * (1.0 - next);
        by_w = slope * (h + w * by_w);
        by_b = slope * (1.0 + w * by_b);
        h = next;
    }
    let error = h - TARGET;
    (error * error, [2.0 * error * by_w, 2.0 * error * by_b])
}

fn run(max_norm: f64, start: Point, steps: usize) -> Path {
    let cliff = FnObjective::new(
        2,
        |p: &ArrayRef1<f64>| loss_and_gradient(p[0], p[1]).0,
        |p: &ArrayRef1<f64>, grad: &mut ArrayRef1<f64>| {
            let (_, [by_w, by_b]) = loss_and_gradient(p[0], p[1]);
            (grad[0], grad[1]) = (by_w, by_b);
        },
    );
    let (mut p, mut grad) = (array![start.0, start.1], array![0.0, 0.0]);
    let (mut points, mut losses, mut norms) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..=steps {
        losses.push(cliff.value_and_gradient(&p, &mut grad));
        points.push((p[0], p[1]));
        norms.push(clip_grad_norm(&mut grad, max_norm));
        p.scaled_add(-LR, &grad);
    }
    Path {
        points,
        losses,
        norms,
    }
}

/// From random starts, which runs reach the floor.
fn arrive() -> [usize; 3] {
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    let mut counts = [0; 3];
    for _ in 0..STARTS {
        let start = (
            W.0 + (W.1 - W.0) * rng.random::<f64>(),
            B.0 + (B.1 - B.0) * rng.random::<f64>(),
        );
        let arrives = |norm, steps| run(norm, start, steps).losses[steps] < FLOOR;
        let (free, clipped) = (arrives(f64::INFINITY, STEPS), arrives(MAX_NORM, STEPS));
        let delayed = free && !clipped;
        let cases = [
            clipped && !free,
            delayed,
            delayed && arrives(MAX_NORM, PATIENT_STEPS),
        ];
        for (count, case) in counts.iter_mut().zip(cases) {
            *count += usize::from(case);
        }
    }
    counts
}

impl Experiment for Cliff {
    const NAME: &'static str = "clinic-cliff";
    type Data = Data;

    fn data() -> Data {
        Data {
            paths: [f64::INFINITY, MAX_NORM].map(|norm| run(norm, START, STEPS)),
            arrive: arrive(),
        }
    }

    fn values(data: &Data) -> Values {
        let [free, clipped] = &data.paths;
        let [rescued, delayed, late] = data.arrive;
        let thrown = free
            .norms
            .iter()
            .position(|&norm| norm > 10.0)
            .unwrap_or(STEPS);
        let last = |path: &Path| path.losses[STEPS];
        Values::new()
            .number("lr", LR)
            .number("max-norm", MAX_NORM)
            .count("steps", STEPS)
            .count("iterations", ITERATIONS)
            .count("thrown-at", thrown)
            .number("norm-before", free.norms[thrown - 1])
            .number("norm-there", free.norms[thrown])
            .number("landed.w", free.points[thrown + 1].0)
            .number("landed.b", free.points[thrown + 1].1)
            .number("norm-after", free.norms[thrown + 1])
            .number("free-loss", last(free))
            .number(
                "clipped-norm-most",
                clipped.norms.iter().copied().fold(0.0, f64::max),
            )
            .number("clipped-loss", last(clipped))
            .count("starts", STARTS)
            .number("floor", FLOOR)
            .count("patient-steps", PATIENT_STEPS)
            .count("starts.rescued", rescued)
            .count("starts.delayed", delayed)
            .count("starts.late", late)
    }
}

impl Figure for Cliff {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["run", "step", "w", "b", "loss", "gradient norm"]);
        for (name, path) in ["free", "clipped"].into_iter().zip(&data.paths) {
            for t in 0..=STEPS {
                let (w, b) = path.points[t];
                table.row([
                    name.into(),
                    t.into(),
                    w.into(),
                    b.into(),
                    path.losses[t].into(),
                    path.norms[t].into(),
                ]);
            }
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let [free, clipped] = &data.paths;
        let (ws, bs) = ((4.1, 4.6), (-2.55, -1.95));
        let grid = Grid::sample(ws, bs, 161, 161, |w, b| loss_and_gradient(w, b).0);
        let map = |title: &str| {
            let mut panel = Panel::new(
                Axis::linear("权重 *w*", ws.0, ws.1),
                Axis::linear("偏置 *b*", bs.0, bs.1),
            )
            .title(title)
            .height(280.0, 260.0);
            panel.contours(
                &grid,
                &[0.002, 0.02, 0.1, 0.2, 0.3],
                Stroke::thin(Ink::Contour),
            );
            panel.heights_on(&grid, &[(0.02, "0.02"), (0.3, "0.3")]);
            panel
        };
        let mut left = map("不裁剪");
        left.headed(&free.points[..=22.min(STEPS)], Stroke::solid(Ink::Path));
        left.dots(&free.points[..=21], Dot::Disc, 2.0, Ink::Path);
        left.label((4.48, -2.0), "甩到图外", Ink::Path, &[Side::Right]);
        let mut right = map("裁剪到 0.1");
        right.curve(&clipped.points, Stroke::solid(Ink::Data).width(1.2));
        right.dots(&clipped.points[STEPS..], Dot::Star, 6.0, Ink::Data);
        right.label(
            clipped.points[STEPS],
            "第 500 步",
            Ink::Data,
            &[Side::Above, Side::AboveRight],
        );
        for panel in [&mut left, &mut right] {
            panel.dots(&[START], Dot::Ring, 4.0, Ink::Path);
            panel.label(START, "起点", Ink::Path, &[Side::Right]);
        }
        layout::arrange(form, &[left, right])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_derivatives_are_right() {
        let (_, [by_w, by_b]) = loss_and_gradient(3.0, -1.0);
        let h = 1e-6;
        let value = |w, b| loss_and_gradient(w, b).0;
        let known = [
            (value(3.0 + h, -1.0) - value(3.0 - h, -1.0)) / (2.0 * h),
            (value(3.0, -1.0 + h) - value(3.0, -1.0 - h)) / (2.0 * h),
        ];
        assert!((by_w - known[0]).abs() < 1e-8 && (by_b - known[1]).abs() < 1e-8);
    }
}

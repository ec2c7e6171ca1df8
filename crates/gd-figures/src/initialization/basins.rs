//! Himmelblau's function: which of its four minima a start leads to, and how seldom a random start
//! finds the deepest of 2ᵈ minima.

use gd_core::objective::{Himmelblau, StyblinskiTang, TestFunction, TwiceDifferentiable};
use gd_core::optim::Sgd;
use gd_core::{Objective, linalg::symmetric_eigenvalues};
use ndarray::{Array1, Array2, array};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::axis::Axis;
use crate::label::Side;
use crate::panel::{Dot, Panel};
use crate::run::{descend, end};
use crate::style::{Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

/// Small enough to follow the way straight down, and one that oversteps ridges far out.
const LR: f64 = 0.001;
const COARSE_LR: f64 = 0.01;
/// Enough for the flattest of the four minima.
const STEPS: usize = 1_500;
const REACH: f64 = 5.0;
/// Starts along each axis that are counted, and that are drawn.
const COUNTED: usize = 101;
const DRAWN: usize = 13;
/// Starts on a small ring around the summit.
const RING: usize = 8;
const RADIUS: f64 = 0.3;
const INKS: [Ink; 4] = [Ink::First, Ink::Second, Ink::Third, Ink::Fourth];
const NAMES: [&str; 4] = ["A", "B", "C", "D"];
/// Starts of the search in many dimensions.
const TRIES: usize = 10_000;
const DIMENSIONS: [(&str, usize); 4] = [("one", 1), ("two", 2), ("five", 5), ("ten", 10)];

/// `initialization-basins`.
pub struct Basins;

/// What was found.
pub struct Data {
    minima: Vec<Point>,
    summit: Point,
    saddles: Vec<Point>,
    /// From the summit over a saddle to the border, counterclockwise.
    watersheds: Vec<Vec<Point>>,
    /// Starts with the number of the minimum they lead to.
    starts: Vec<(Point, usize)>,
    ring: Vec<(Vec<Point>, usize)>,
    /// Of all counted starts, how many lead to each minimum.
    shares: [usize; 4],
    /// How many of them the larger learning rate leads to another one.
    changed: usize,
    /// How many random starts find the global minimum, by dimension.
    found: [usize; 4],
}

/// The number of the minimum nearest to a point.
fn nearest(minima: &[Point], p: &Array1<f64>) -> usize {
    let distance = |m: &Point| (m.0 - p[0]).hypot(m.1 - p[1]);
    (0..minima.len())
        .min_by(|&i, &j| distance(&minima[i]).total_cmp(&distance(&minima[j])))
        .expect("there are four")
}

fn lattice(n: usize) -> Vec<Point> {
    let at = |i: usize| -REACH + 2.0 * REACH * (i as f64 + 0.5) / n as f64;
    (0..n * n).map(|k| (at(k % n), at(k / n))).collect()
}

/// The critical point near a guess, by Newton's method.
fn critical(guess: Point) -> Point {
    let mut p = array![guess.0, guess.1];
    let (mut g, mut h) = (Array1::zeros(2), Array2::zeros((2, 2)));
    for _ in 0..20 {
        Himmelblau.gradient(&p, &mut g);
        Himmelblau.hessian(&p, &mut h);
        let det = h[[0, 0]] * h[[1, 1]] - h[[0, 1]] * h[[1, 0]];
        p[0] -= (h[[1, 1]] * g[0] - h[[0, 1]] * g[1]) / det;
        p[1] -= (h[[0, 0]] * g[1] - h[[1, 0]] * g[0]) / det;
    }
    (p[0], p[1])
}

/// From a saddle straight uphill to the summit or to the border: the points from which the way
/// down ends on the saddle, which part the basins.
fn uphill(saddle: Point, side: f64, summit: Point) -> Vec<Point> {
    let (stride, near) = (0.02, 0.05);
    let mut h = Array2::zeros((2, 2));
    Himmelblau.hessian(&array![saddle.0, saddle.1], &mut h);
    // the eigenvector of the upward curvature
    let rise = symmetric_eigenvalues(&h)[1];
    let (x, y) = match (h[[0, 1]], rise - h[[0, 0]], rise - h[[1, 1]]) {
        (mixed, below, right) if below.abs() > right.abs() => (mixed, below),
        (mixed, _, right) => (right, mixed),
    };
    let scale = side * near / x.hypot(y);
    let mut p = array![saddle.0 + scale * x, saddle.1 + scale * y];
    let mut g = Array1::zeros(2);
    let mut path = vec![saddle];
    while p.iter().all(|v| v.abs() < REACH) {
        path.push((p[0], p[1]));
        if (p[0] - summit.0).hypot(p[1] - summit.1) < near {
            path.push(summit);
            return path;
        }
        Himmelblau.gradient(&p, &mut g);
        let norm = g[0].hypot(g[1]);
        p.scaled_add(stride / norm, &g);
    }
    let last = |v: f64| v.clamp(-REACH, REACH);
    path.push((last(p[0]), last(p[1])));
    path
}

/// How many independent starts find, with probability 95 %, what one finds with probability `p`.
fn starts_needed(p: f64) -> usize {
    (0.05_f64.ln() / (1.0 - p).ln()).ceil() as usize
}

/// Where the two basins of (x⁴ − 16x² + 5x) / 2 meet, by bisection of its derivative.
fn divide() -> f64 {
    let slope = |x: f64| 2.0 * x.powi(3) - 16.0 * x + 2.5;
    let (mut left, mut right) = (0.0, 1.0);
    for _ in 0..60 {
        let middle = (left + right) / 2.0;
        // uphill until the summit between the two
        match slope(middle) > 0.0 {
            true => left = middle,
            false => right = middle,
        }
    }
    left
}

fn angle((x, y): Point) -> f64 {
    y.atan2(x)
}

impl Experiment for Basins {
    const NAME: &'static str = "initialization-basins";
    type Data = Data;

    fn data() -> Data {
        let summit = critical((-0.27, -0.92));
        let saddles = [(3.4, 0.1), (0.1, 2.9), (-3.1, -0.1), (-0.1, -2.0)].map(critical);
        let mut watersheds: Vec<Vec<Point>> = saddles
            .iter()
            .map(|&saddle| {
                let mut ways = [1.0, -1.0].map(|side| uphill(saddle, side, summit));
                ways.sort_by_key(|way| *way.last().expect("a way has points") != summit);
                let [inwards, outwards] = ways;
                inwards
                    .into_iter()
                    .rev()
                    .chain(outwards.into_iter().skip(1))
                    .collect()
            })
            .collect();
        let border = |way: &Vec<Point>| *way.last().expect("a way has points");
        watersheds.sort_by(|a, b| angle(border(a)).total_cmp(&angle(border(b))));
        // A is (3, 2), then counterclockwise, as the angles of the minima go
        let mut minima: Vec<Point> = TestFunction::<f64>::minima(&Himmelblau)
            .iter()
            .map(|m| (m[0], m[1]))
            .collect();
        let turn =
            |&m: &Point| (angle(m) - angle((3.0, 2.0)) + 1e-9).rem_euclid(std::f64::consts::TAU);
        minima.sort_by(|a, b| turn(a).total_cmp(&turn(b)));
        let leads_to = |lr, start: Point| {
            let steps = (STEPS as f64 * LR / lr) as usize;
            nearest(
                &minima,
                &end(&Himmelblau, Sgd::plain(), lr, &[start.0, start.1], steps),
            )
        };
        let mut shares = [0; 4];
        let mut changed = 0;
        for start in lattice(COUNTED) {
            let arrived = leads_to(LR, start);
            shares[arrived] += 1;
            changed += usize::from(arrived != leads_to(COARSE_LR, start));
        }
        let starts = lattice(DRAWN)
            .into_iter()
            .map(|p| (p, leads_to(LR, p)))
            .collect();
        let ring = (0..RING).map(|k| {
            let (sin, cos) = (std::f64::consts::TAU * (k as f64 + 0.5) / RING as f64).sin_cos();
            let start = [summit.0 + RADIUS * cos, summit.1 + RADIUS * sin];
            let run = descend(&Himmelblau, Sgd::plain(), LR, &start, STEPS);
            let path: Vec<Point> = run.points.iter().step_by(4).map(|p| (p[0], p[1])).collect();
            (path, nearest(&minima, run.last()))
        });
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let found = DIMENSIONS.map(|(_, dim)| {
            let f = StyblinskiTang::new(dim);
            let mut find = || {
                let start: Vec<f64> = (0..dim)
                    .map(|_| REACH * (2.0 * rng.random::<f64>() - 1.0))
                    .collect();
                end(&f, Sgd::plain(), 0.01, &start, 200)
                    .iter()
                    .all(|&v| v < 0.0)
            };
            (0..TRIES).filter(|_| find()).count()
        });
        Data {
            ring: ring.collect(),
            minima,
            summit,
            saddles: saddles.into(),
            watersheds,
            starts,
            shares,
            changed,
            found,
        }
    }

    fn values(data: &Data) -> Values {
        let count = (COUNTED * COUNTED) as f64;
        // of one coordinate, drawn evenly
        let deep_side = (divide() + REACH) / (2.0 * REACH);
        let mut values = Values::new()
            .number("lr", LR)
            .number("coarse-lr", COARSE_LR)
            .count("starts", COUNTED * COUNTED)
            .number("summit.x", data.summit.0)
            .number("summit.y", data.summit.1)
            .number("ring-radius", RADIUS)
            .count("ring", RING)
            .count("changed", data.changed)
            .count("tries", TRIES)
            .number("reach", REACH)
            .number("divide", divide())
            .number("deep-side", deep_side)
            .number("five.chance", deep_side.powi(5))
            .number("ten.chance", deep_side.powi(10))
            .count("ten.starts-by-chance", starts_needed(deep_side.powi(10)))
            .count("ten.starts-for-95-percent", starts_needed(0.5_f64.powi(10)));
        for ((key, &(x, y)), &share) in ["a", "b", "c", "d"]
            .iter()
            .zip(&data.minima)
            .zip(&data.shares)
        {
            values = values
                .number(format!("{key}.x"), x)
                .number(format!("{key}.y"), y)
                .number(format!("{key}.share"), share as f64 / count);
        }
        for ((key, _), &found) in DIMENSIONS.iter().zip(&data.found) {
            values = values.number(format!("deepest.{key}"), found as f64 / TRIES as f64);
        }
        values
    }
}

impl Figure for Basins {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["x", "y", "minimum"]);
        for &((x, y), arrived) in &data.starts {
            table.row([x.into(), y.into(), NAMES[arrived].into()]);
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let mut panel = Panel::new(
            Axis::linear("参数 *x*", -REACH, REACH),
            Axis::linear("参数 *y*", -REACH, REACH),
        );
        panel = panel.height(form.pick(430.0, 280.0), 280.0);
        for (k, ink) in INKS.into_iter().enumerate() {
            panel.area(&sector(data, k), ink, 0.13);
        }
        for way in &data.watersheds {
            let thinned: Vec<Point> = way
                .iter()
                .copied()
                .step_by(6)
                .chain(way.last().copied())
                .collect();
            panel.curve(&thinned, Stroke::thin(Ink::Muted));
        }
        for (k, ink) in INKS.into_iter().enumerate() {
            let of: Vec<Point> = data
                .starts
                .iter()
                .filter(|s| s.1 == k)
                .map(|s| s.0)
                .collect();
            panel.dots(&of, Dot::Speck, 1.7, ink);
        }
        for (path, arrived) in &data.ring {
            panel.headed(path, Stroke::solid(INKS[*arrived]).width(1.6));
        }
        panel.dots(&data.saddles, Dot::Square, 3.2, Ink::Muted);
        panel.dots(&[data.summit], Dot::Ring, 4.0, Ink::Muted);
        for (k, &minimum) in data.minima.iter().enumerate() {
            panel.dots(&[minimum], Dot::Star, 6.5, INKS[k]);
            panel.label(
                minimum,
                &format!("谷 {}", NAMES[k]),
                INKS[k],
                &[Side::AboveRight, Side::Right],
            );
        }
        // below the lowest of the eight paths, left of the watershed
        let below = form.pick((-0.47, -1.75), (-1.0, -1.95));
        panel.label(below, "山顶", Ink::Muted, &[Side::On]);
        panel.label(
            data.saddles[1],
            "鞍点",
            Ink::Muted,
            &[Side::Right, Side::Left],
        );
        layout::arrange(form, &[panel])
    }
}

/// The border of the basin of minimum `k`, which is the part between two watersheds.
fn sector(data: &Data, k: usize) -> Vec<Point> {
    let ends: Vec<Point> = data
        .watersheds
        .iter()
        .map(|way| way[way.len() - 1])
        .collect();
    let n = ends.len();
    let full = std::f64::consts::TAU;
    let turn = |from: Point, to: Point| (angle(to) - angle(from)).rem_euclid(full);
    let inside = |i: usize| turn(ends[i], data.minima[k]) < turn(ends[i], ends[(i + 1) % n]);
    let i = (0..n)
        .find(|&i| inside(i))
        .expect("the sectors cover the plane");
    let next = (i + 1) % n;
    let mut corners: Vec<Point> = [
        (REACH, REACH),
        (-REACH, REACH),
        (-REACH, -REACH),
        (REACH, -REACH),
    ]
    .into_iter()
    .filter(|&corner| turn(ends[i], corner) < turn(ends[i], ends[next]))
    .collect();
    corners.sort_by(|&a, &b| turn(ends[i], a).total_cmp(&turn(ends[i], b)));
    let thin = |way: &[Point]| {
        way.iter()
            .copied()
            .step_by(6)
            .chain(way.last().copied())
            .collect::<Vec<_>>()
    };
    let (there, back) = (thin(&data.watersheds[i]), thin(&data.watersheds[next]));
    there
        .into_iter()
        .chain(corners)
        .chain(back.into_iter().rev())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a point is in a polygon, by the crossings of a ray to the right.
    fn contains(polygon: &[Point], (x, y): Point) -> bool {
        let crossings = (0..polygon.len()).filter(|&i| {
            let (a, b) = (polygon[i], polygon[(i + 1) % polygon.len()]);
            (a.1 > y) != (b.1 > y) && x < a.0 + (y - a.1) / (b.1 - a.1) * (b.0 - a.0)
        });
        crossings.count() % 2 == 1
    }

    #[test]
    fn the_watersheds_part_the_starts_as_the_runs_do() {
        let data = Basins::data();
        let sectors: Vec<Vec<Point>> = (0..4).map(|k| sector(&data, k)).collect();
        let wrong = data
            .starts
            .iter()
            .filter(|(p, k)| !contains(&sectors[*k], *p));
        assert!(wrong.count() <= 1);
    }
}

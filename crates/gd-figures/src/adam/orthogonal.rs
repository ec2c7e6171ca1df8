//! What Muon does to a gradient: five Newton–Schulz steps, seen in the singular values.

use gd_core::Objective;
use gd_core::linalg::symmetric_eigenvalues;
use gd_core::optim::NewtonSchulz;
use ndarray::{Array1, Array2};

use super::{DEPTH, WIDTH, spirals_network};
use crate::axis::Axis;
use crate::label::Side;
use crate::panel::{Dot, Panel};
use crate::style::{Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

const SEED: u64 = 0;
/// The coefficients of Jordan et al. 2024, gd-core's default.
const COEFFICIENTS: (f64, f64, f64) = (3.4445, -4.775, 2.0315);
const ITERATIONS: usize = 5;
/// Below this part of the largest, a singular value taken from a Gram matrix is rounding.
const LEAST: f64 = 1e-6;

/// `adam-orthogonal`.
pub struct Orthogonal;

/// Singular values, from the largest: before, as parts of the Frobenius norm, and after.
pub struct Data {
    before: Vec<f64>,
    after: Vec<f64>,
}

/// Singular values, the largest first.
fn singular_values(a: &Array2<f64>) -> Vec<f64> {
    let squares = symmetric_eigenvalues(&a.dot(&a.t()));
    let mut values: Vec<f64> = squares.iter().map(|s| s.max(0.0).sqrt()).collect();
    values.sort_by(|a, b| b.total_cmp(a));
    values
}

/// aσ + bσ³ + cσ⁵, as often as given.
fn iterate(sigma: f64, times: usize) -> f64 {
    let (a, b, c) = COEFFICIENTS;
    (0..times).fold(sigma, |s, _| a * s + b * s.powi(3) + c * s.powi(5))
}

impl Experiment for Orthogonal {
    const NAME: &'static str = "adam-orthogonal";
    type Data = Data;

    fn data() -> Data {
        let (risk, theta) = spirals_network(SEED);
        let mut grad = Array1::zeros(theta.len());
        risk.gradient(&theta, &mut grad);
        let layer = risk.net().weights(&grad, DEPTH / 2).to_owned();
        let norm = layer.iter().map(|g| g * g).sum::<f64>().sqrt();
        let before = singular_values(&layer);
        let after = singular_values(&NewtonSchulz::default().orthogonalize(&layer));
        Data {
            before: before.iter().map(|s| s / norm).collect(),
            after,
        }
    }

    fn values(data: &Data) -> Values {
        // those that five steps lift: from 0.002 of the norm on
        let lifted = data.before.iter().filter(|s| **s >= 2e-3).count();
        let shown = data.before.iter().filter(|s| **s >= LEAST).count();
        Values::new()
            .count("width", WIDTH)
            .number("before.largest", data.before[0])
            .number("before.second", data.before[1])
            .number("before.lifted-least", data.before[lifted - 1])
            .count("lifted", lifted)
            .number("after.most", data.after[0])
            .number("after.lifted-least", data.after[lifted - 1])
            .number("after.shown-least", data.after[shown - 1])
            .number("slope-at-zero", COEFFICIENTS.0.powi(ITERATIONS as i32))
    }
}

impl Figure for Orthogonal {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["index", "before", "after"]);
        for (i, (before, after)) in data.before.iter().zip(&data.after).enumerate() {
            table.row([(i + 1).into(), (*before).into(), (*after).into()]);
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let numbered = |values: &[f64]| -> Vec<Point> {
            let pairs = (1..).zip(values.iter().copied());
            let pairs = pairs.map(|(i, s)| (f64::from(i), s));
            pairs.filter(|p| p.1 >= LEAST).collect()
        };
        let mut spectrum = Panel::new(
            Axis::linear("第几个奇异值", 0.0, WIDTH as f64 + 1.0)
                .ticks_at(&[1.0, 5.0, 10.0, 15.0, 20.0]),
            Axis::log("大小", LEAST, 5.0),
        )
        .title("一个梯度矩阵的奇异值")
        .height(240.0, 220.0);
        let (before, after) = (numbered(&data.before), numbered(&data.after));
        spectrum.curve(&before, Stroke::thin(Ink::First));
        spectrum.dots(&before, Dot::Disc, 3.0, Ink::First);
        spectrum.curve(&after, Stroke::thin(Ink::Second));
        spectrum.dots(&after, Dot::Square, 3.0, Ink::Second);
        spectrum.label_off(before[2], "之前", Ink::First, &[Side::BelowLeft], 8.0);
        spectrum.label_off(
            after[5],
            "五次迭代之后",
            Ink::Second,
            &[Side::BelowRight, Side::Above],
            8.0,
        );

        let mut map = Panel::new(
            Axis::linear("原来的奇异值 *σ*", 0.0, 1.0),
            Axis::linear("迭代之后", 0.0, 1.4),
        )
        .title("迭代一次和五次")
        .height(240.0, 220.0);
        map.curve(&[(0.0, 1.0), (1.0, 1.0)], Stroke::truth());
        for (i, times) in [1, ITERATIONS].into_iter().enumerate() {
            // close to 0 the graph is steep
            let at = |k: i32| {
                let sigma = (f64::from(k) / 300.0).powi(2);
                (sigma, iterate(sigma, times))
            };
            let curve: Vec<Point> = (0..=300).map(at).collect();
            map.curve(&curve, Stroke::series(i));
        }
        map.label_off(
            (0.06, iterate(0.06, 1)),
            "一次",
            Ink::First,
            &[Side::Right],
            6.0,
        );
        map.label_off(
            (0.5, iterate(0.5, ITERATIONS)),
            "五次",
            Ink::Second,
            &[Side::Below],
            12.0,
        );
        layout::arrange(form, &[spectrum, map])
    }
}

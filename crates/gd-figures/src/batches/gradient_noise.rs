//! 300 estimates of one gradient: from one sample, from 32, and the gradient itself.

use gd_core::Objective;
use gd_core::batch::{Sampler, Sampling};
use gd_core::objective::FiniteSum;
use ndarray::array;

use crate::axis::Axis;
use crate::batches::Problem;
use crate::label::Side;
use crate::panel::{Dot, Panel};
use crate::style::{Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

const ESTIMATES: usize = 300;
const BATCH: usize = 32;
const SEED: u64 = 42;

/// `batches-gradient-noise`.
pub struct GradientNoise;

/// Gradients of the line fit at (0, 0), as (∂L/∂w, ∂L/∂b).
pub struct Data {
    full: Point,
    single: Vec<Point>,
    mini: Vec<Point>,
    /// Exact root mean square of the noise for one sample and for 32 without replacement.
    rms: [f64; 2],
}

impl Experiment for GradientNoise {
    const NAME: &'static str = "batches-gradient-noise";
    type Data = Data;

    fn data() -> Data {
        let model = Problem::lesson().model;
        let origin = array![0.0, 0.0];
        let at_batch = |batch: &[usize]| {
            let mut grad = array![0.0, 0.0];
            model.batch_gradient(&origin, batch, &mut grad);
            (grad[0], grad[1])
        };
        let estimates = |sampling| {
            let mut sampler = Sampler::new(model.samples(), sampling, SEED);
            (0..ESTIMATES)
                .map(|_| at_batch(sampler.next_batch()))
                .collect()
        };
        let mut grad = array![0.0, 0.0];
        model.gradient(&origin, &mut grad);
        let full = (grad[0], grad[1]);
        let n = model.samples();
        let squares = (0..n).map(|i| {
            let (w, b) = at_batch(&[i]);
            (w - full.0).powi(2) + (b - full.1).powi(2)
        });
        let variance = squares.sum::<f64>() / n as f64;
        // a subset drawn without replacement varies less, by (n − B)/(n − 1)
        let subset = variance / BATCH as f64 * (n - BATCH) as f64 / (n - 1) as f64;
        Data {
            full,
            single: estimates(Sampling::OneSample),
            mini: estimates(Sampling::WithoutReplacement { size: BATCH }),
            rms: [variance.sqrt(), subset.sqrt()],
        }
    }

    fn values(data: &Data) -> Values {
        let measured = |points: &[Point]| {
            let square = |p: &Point| (p.0 - data.full.0).powi(2) + (p.1 - data.full.1).powi(2);
            (points.iter().map(square).sum::<f64>() / points.len() as f64).sqrt()
        };
        Values::new()
            .count("estimates", ESTIMATES)
            .number("full.w", data.full.0)
            .number("full.b", data.full.1)
            .number("full.norm", data.full.0.hypot(data.full.1))
            .number("single.rms", data.rms[0])
            .number("single.measured-rms", measured(&data.single))
            .number("mini.rms", data.rms[1])
            .number("mini.measured-rms", measured(&data.mini))
    }
}

impl Figure for GradientNoise {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["batch_size", "gradient_w", "gradient_b"]);
        table.row([100usize.into(), data.full.0.into(), data.full.1.into()]);
        for (size, points) in [(1usize, &data.single), (BATCH, &data.mini)] {
            for &(w, b) in points {
                table.row([size.into(), w.into(), b.into()]);
            }
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let panel = |title: &str, points: &[Point], side: Side| {
            let mut panel = Panel::new(
                Axis::linear("对 *w* 的偏导 ∂*L*/∂*w*", -140.0, 20.0),
                Axis::linear("对 *b* 的偏导 ∂*L*/∂*b*", -30.0, 18.0),
            )
            .title(title);
            // every sample has one gradient, so many of 300 draws coincide
            let mut distinct = points.to_vec();
            distinct.sort_by(|a, b| a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal));
            distinct.dedup();
            panel.dots(&distinct, Dot::Haze, 1.8, Ink::Data);
            // a casing parts the arrow from the cloud
            let (w, b) = data.full;
            panel.arrow(
                (0.0, 0.0),
                (1.03 * w, 1.03 * b),
                Stroke::solid(Ink::Surface).width(6.0),
            );
            panel.arrow((0.0, 0.0), data.full, Stroke::solid(Ink::Path).width(2.2));
            panel.dots(&[(0.0, 0.0)], Dot::Ring, 3.0, Ink::Path);
            panel.label(
                (0.5 * w, 0.5 * b),
                "全批量梯度",
                Ink::Path,
                &[side, Side::BelowRight],
            );
            panel
        };
        let single = panel("每次 1 个样本：到处乱指", &data.single, Side::AboveLeft);
        let mini = panel("每次 32 个样本：聚在真梯度周围", &data.mini, Side::Above);
        layout::arrange(form, &[single, mini])
    }
}

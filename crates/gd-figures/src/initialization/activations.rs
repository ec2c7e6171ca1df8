//! How the activations of a tanh network are spread, in its first and in its tenth layer.

use gd_core::Objective;
use gd_core::autodiff::Activation;
use gd_core::model::{EmpiricalRisk, Target};

use super::signal::{LAYERS, SAMPLES, activations, fresh};
use super::{STARTS, Start};
use crate::axis::Axis;
use crate::clinic::layer_norms;
use crate::panel::Panel;
use crate::style::{Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

const BINS: usize = 21;
/// An activation beyond this is saturated: the slope of tanh there is below 2 %.
const SATURATED: f64 = 0.99;

/// `initialization-activations`.
pub struct Activations;

/// The histograms of one network.
pub struct Net {
    /// Shares of the bins in layer 1 and in layer 10.
    shares: [Vec<f64>; 2],
    /// The share of saturated activations in layer 10.
    saturated: f64,
    /// The mean of (1 − h²)² in layer 10.
    square_slope: f64,
    /// ‖∂L/∂W₁‖ / ‖∂L/∂W₁₀‖, where half of the samples are to be 1, the others 0.
    gradient_ratio: f64,
}

fn gradient_ratio(start: &Start) -> f64 {
    let (net, theta, x) = fresh(Activation::Tanh, start.initializer);
    let labels = (0..SAMPLES).map(|i| i % 2).collect();
    let risk = EmpiricalRisk::new(net, x, Target::BinaryCrossEntropy(labels));
    let mut grad = theta.clone();
    risk.gradient(&theta, &mut grad);
    let norms = layer_norms(risk.net(), &grad);
    norms[0] / norms[LAYERS - 1]
}

fn histogram(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut counts = [0_usize; BINS];
    for value in values {
        let bin = ((value + 1.0) / 2.0 * BINS as f64) as usize;
        counts[bin.min(BINS - 1)] += 1;
    }
    let total: usize = counts.iter().sum();
    counts.iter().map(|&c| c as f64 / total as f64).collect()
}

/// The outline of the bars.
fn outline(shares: &[f64]) -> Vec<Point> {
    let edge = |i: usize| -1.0 + 2.0 * i as f64 / BINS as f64;
    let bars = shares.iter().enumerate();
    bars.flat_map(|(i, &share)| [(edge(i), share), (edge(i + 1), share)])
        .collect()
}

impl Experiment for Activations {
    const NAME: &'static str = "initialization-activations";
    type Data = Vec<Net>;

    fn data() -> Vec<Net> {
        STARTS
            .iter()
            .map(|start| {
                let hidden = activations(Activation::Tanh, start.initializer);
                let last = &hidden[hidden.len() - 1];
                let saturated = last.iter().filter(|v| v.abs() > SATURATED).count();
                Net {
                    shares: [&hidden[0], last].map(|h| histogram(h.iter().copied())),
                    saturated: saturated as f64 / last.len() as f64,
                    square_slope: last
                        .mapv(|h| (1.0 - h * h).powi(2))
                        .mean()
                        .expect("not empty"),
                    gradient_ratio: gradient_ratio(start),
                }
            })
            .collect()
    }

    fn values(data: &Vec<Net>) -> Values {
        STARTS
            .iter()
            .zip(data)
            .fold(Values::new(), |values, (start, net)| {
                values
                    .number(format!("{}.saturated", start.key), net.saturated)
                    .number(format!("{}.square-slope", start.key), net.square_slope)
                    .number(format!("{}.gradient-ratio", start.key), net.gradient_ratio)
                    .number(
                        format!("{}.gradient-factor", start.key),
                        net.gradient_ratio.powf(1.0 / (LAYERS - 1) as f64),
                    )
            })
    }
}

impl Figure for Activations {
    fn table(data: &Vec<Net>) -> Table {
        let mut table = Table::new(&["start", "layer", "bin", "share"]);
        for (start, net) in STARTS.iter().zip(data) {
            for (layer, shares) in [1_usize, 10].into_iter().zip(&net.shares) {
                for (bin, &share) in shares.iter().enumerate() {
                    table.row([start.key.into(), layer.into(), bin.into(), share.into()]);
                }
            }
        }
        table
    }

    fn draw(data: &Vec<Net>, form: Form) -> Drawing {
        let panels: Vec<Panel> = STARTS
            .iter()
            .zip(data)
            .map(|(start, net)| {
                let most = net.shares.iter().flatten().fold(0.0_f64, |m, &s| m.max(s));
                let mut panel = Panel::new(
                    Axis::linear("激活值 *h*", -1.0, 1.0),
                    Axis::linear("占多少", 0.0, 1.25 * most).percent(),
                )
                .title(start.name)
                .height(150.0, 140.0);
                let [first, last] = net.shares.each_ref().map(|s| outline(s));
                let area = [&[(-1.0, 0.0)], &last[..], &[(1.0, 0.0)]].concat();
                panel.area(&area, Ink::Data, 0.25);
                panel.curve(&last, Stroke::solid(Ink::Data).width(1.4));
                panel.curve(&first, Stroke::series(1).width(1.4));
                panel.along(&first, 0.25, "第 1 层", Ink::Second);
                panel.along(&last, 0.62, "第 10 层", Ink::Data);
                panel
            })
            .collect();
        layout::arrange(form, &panels)
    }
}

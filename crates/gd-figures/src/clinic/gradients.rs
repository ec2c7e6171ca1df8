//! Gradient norms by layer, in networks of 10, 20 and 40 layers: vanishing, exploding, and neither.

use gd_core::Objective;
use gd_core::autodiff::Activation;
use gd_core::init::Initializer;
use gd_core::model::Mlp;

use super::{layer_norms, narrow, spirals};
use crate::axis::Axis;
use crate::panel::Panel;
use crate::style::Stroke;
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

const DEPTHS: [usize; 3] = [10, 20, 40];
const SEEDS: u64 = 5;
const KINDS: [(&str, &str, Activation, f64); 2] = [
    ("sigmoid", "sigmoid，Xavier", Activation::Sigmoid, 1.0),
    ("tanh", "tanh，Xavier 的 2 倍", Activation::Tanh, 2.0),
];

/// `clinic-gradients`.
pub struct Gradients;

/// The networks that are drawn, and the first ratio of two that are started right, at 40 layers.
pub struct Data {
    nets: Vec<Net>,
    tanh: f64,
    relu: f64,
}

/// One kind of network at one depth.
struct Net {
    kind: usize,
    depth: usize,
    residual: bool,
    /// ‖∂L/∂Wₗ‖ for l = 2 to the last hidden layer, relative to the last: the median of the seeds.
    relative: Vec<f64>,
}

/// Norms of the square matrices, relative to the last of them: the median of the seeds.
fn relative(net: &Mlp, initializer: Initializer) -> Vec<f64> {
    let layers = 1..net.layers() - 1;
    let risk = spirals(200, net.clone());
    let seeds: Vec<Vec<f64>> = (0..SEEDS)
        .map(|seed| {
            let theta = net.init(initializer, seed);
            let mut grad = theta.clone();
            risk.gradient(&theta, &mut grad);
            let norms = layer_norms(net, &grad);
            let last = norms[layers.end - 1];
            norms[layers.clone()]
                .iter()
                .map(|norm| norm / last)
                .collect()
        })
        .collect();
    let middle = |layer: usize| {
        let mut values: Vec<f64> = seeds.iter().map(|norms| norms[layer]).collect();
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    };
    (0..seeds[0].len()).map(middle).collect()
}

fn measure(kind: usize, depth: usize, residual: bool) -> Net {
    let (_, _, activation, gain) = KINDS[kind];
    let mut net = narrow(depth).activation(activation);
    if residual {
        net = net.residual((depth as f64).sqrt().recip());
    }
    Net {
        kind,
        depth,
        residual,
        relative: relative(&net, Initializer::XavierNormal { gain }),
    }
}

impl Experiment for Gradients {
    const NAME: &'static str = "clinic-gradients";
    type Data = Data;

    fn data() -> Data {
        let kinds = 0..KINDS.len();
        let nets = kinds.flat_map(|kind| {
            let plain = DEPTHS.map(|depth| measure(kind, depth, false));
            let residual = DEPTHS.map(|depth| measure(kind, depth, true));
            plain.into_iter().chain(residual)
        });
        let deepest = |activation| narrow(DEPTHS[2]).activation(activation);
        let xavier = Initializer::XavierNormal { gain: 1.0 };
        Data {
            nets: nets.collect(),
            tanh: relative(&deepest(Activation::Tanh), xavier)[0],
            relu: relative(&deepest(Activation::Relu), Initializer::HeNormal)[0],
        }
    }

    fn values(data: &Data) -> Values {
        let values = Values::new()
            .count("seeds", SEEDS as usize)
            .number("healthy.tanh", data.tanh)
            .number("healthy.relu", data.relu);
        data.nets.iter().fold(values, |values, net| {
            let how = if net.residual { "residual" } else { "plain" };
            let key = format!("{}.{how}.{}", KINDS[net.kind].0, net.depth);
            values.number(key, net.relative[0])
        })
    }
}

impl Figure for Gradients {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["kind", "depth", "residual", "layer", "relative norm"]);
        for net in &data.nets {
            for (l, &norm) in net.relative.iter().enumerate() {
                table.row([
                    KINDS[net.kind].0.into(),
                    net.depth.into(),
                    usize::from(net.residual).into(),
                    (l + 2).into(),
                    norm.into(),
                ]);
            }
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let ranges = [(1e-26, 1e4), (0.1, 1e3)];
        let panels: Vec<Panel> = KINDS
            .iter()
            .enumerate()
            .map(|(kind, (_, name, _, _))| {
                let (lo, hi) = ranges[kind];
                let mut panel = Panel::new(
                    Axis::linear("层 *l*", 0.0, 41.0),
                    Axis::log("‖∂*L*/∂*W*‖ 与最后一层之比", lo, hi),
                )
                .title(*name)
                .height(270.0, 230.0);
                let drawn = |net: &&Net| net.kind == kind && (!net.residual || net.depth == 40);
                for (i, net) in data.nets.iter().filter(drawn).enumerate() {
                    let layers = net.relative.iter().enumerate();
                    let points: Vec<Point> =
                        layers.map(|(l, &norm)| (l as f64 + 2.0, norm)).collect();
                    let stroke = Stroke::series(i);
                    panel.curve(&points, stroke);
                    let name = if net.residual {
                        "40 层，残差".to_owned()
                    } else {
                        format!("{} 层", net.depth)
                    };
                    let prefer = [[0.1, 0.3, 0.3, 0.7], [0.0, 0.0, 0.2, 0.85]][kind][i];
                    panel.along(&points, prefer, &name, stroke.ink);
                }
                panel
            })
            .collect();
        layout::arrange(form, &panels)
    }
}

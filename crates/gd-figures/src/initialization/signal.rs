//! How large the activations are, layer by layer, for four ways to start and two activations.

use gd_core::autodiff::Activation;
use gd_core::init::Initializer;
use gd_core::model::Mlp;
use ndarray::{Array1, Array2};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use super::STARTS;
use crate::axis::Axis;
use crate::label::Side;
use crate::panel::{Dot, Panel};
use crate::style::Stroke;
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

/// Hidden layers.
pub const LAYERS: usize = 10;
/// Units of every layer, and inputs.
pub const WIDTH: usize = 256;
/// Inputs drawn from N(0, 1): enough for two digits of a standard deviation over 256 units.
pub const SAMPLES: usize = 256;
const ACTIVATIONS: [(&str, &str, Activation); 2] = [
    ("tanh", "tanh", Activation::Tanh),
    ("relu", "ReLU", Activation::Relu),
];

/// `initialization-signal`.
pub struct Signal;

/// The networks, and what `torch.nn.Linear` would do.
pub struct Data {
    nets: Vec<Net>,
    /// By which factor a ReLU layer changes the standard deviation if its weights are from
    /// U(−1/√fan_in, 1/√fan_in).
    default_factor: f64,
}

/// The standard deviations of one network.
struct Net {
    activation: usize,
    start: usize,
    /// After layers 1 to 10.
    stds: Vec<f64>,
}

/// By which factor a layer changes the standard deviation: the geometric mean over all layers.
fn factor(stds: &[f64]) -> f64 {
    let last = stds.len() - 1;
    (stds[last] / stds[0]).powf(1.0 / last as f64)
}

/// A fresh network, its parameters, and N(0, 1) inputs.
pub fn fresh(activation: Activation, initializer: Initializer) -> (Mlp, Array1<f64>, Array2<f64>) {
    let net = Mlp::new(&[WIDTH; LAYERS + 1]).activation(activation);
    // an output layer has no activation, so one more layer is needed to see all ten
    let net = Mlp::new(&[net.sizes(), &[1]].concat()).activation(activation);
    let mut x = Array2::zeros((SAMPLES, WIDTH));
    Initializer::Normal { std: 1.0 }.fill(x.view_mut(), &mut ChaCha8Rng::seed_from_u64(1));
    let theta = net.init(initializer, 2);
    (net, theta, x)
}

/// The activations of all its hidden layers.
pub fn activations(activation: Activation, initializer: Initializer) -> Vec<Array2<f64>> {
    let (net, theta, x) = fresh(activation, initializer);
    let mut hidden = net.activations(&theta, x.view());
    hidden.truncate(LAYERS);
    hidden
}

impl Experiment for Signal {
    const NAME: &'static str = "initialization-signal";
    type Data = Data;

    fn data() -> Data {
        let cases = (0..ACTIVATIONS.len()).flat_map(|a| (0..STARTS.len()).map(move |s| (a, s)));
        let nets = cases.map(|(activation, start)| {
            let hidden = activations(ACTIVATIONS[activation].2, STARTS[start].initializer);
            Net {
                activation,
                start,
                stds: hidden.iter().map(|h| h.std(0.0)).collect(),
            }
        });
        let bound = (WIDTH as f64).sqrt().recip();
        let default = activations(Activation::Relu, Initializer::Uniform { bound });
        let default: Vec<f64> = default.iter().map(|h| h.std(0.0)).collect();
        Data {
            nets: nets.collect(),
            default_factor: factor(&default),
        }
    }

    fn values(data: &Data) -> Values {
        let values = Values::new()
            .count("layers", LAYERS)
            .count("width", WIDTH)
            .count("samples", SAMPLES);
        let values = values.number("relu.default.factor", data.default_factor);
        data.nets.iter().fold(values, |values, net| {
            let key = format!(
                "{}.{}",
                ACTIVATIONS[net.activation].0, STARTS[net.start].key
            );
            values
                .number(format!("{key}.first"), net.stds[0])
                .number(format!("{key}.fifth"), net.stds[4])
                .number(format!("{key}.tenth"), net.stds[9])
                .number(format!("{key}.factor"), factor(&net.stds))
        })
    }
}

impl Figure for Signal {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["activation", "start", "layer", "std"]);
        for net in &data.nets {
            for (layer, &std) in net.stds.iter().enumerate() {
                table.row([
                    ACTIVATIONS[net.activation].0.into(),
                    STARTS[net.start].key.into(),
                    (layer + 1).into(),
                    std.into(),
                ]);
            }
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let panels: Vec<Panel> = ACTIVATIONS
            .iter()
            .enumerate()
            .map(|(activation, (_, name, _))| {
                let mut panel = Panel::new(
                    Axis::linear("层", 0.7, LAYERS as f64 + 2.6)
                        .ticks_at(&[1.0, 3.0, 5.0, 7.0, 9.0]),
                    Axis::log(
                        "激活值的标准差",
                        [1e-9, 1e-11][activation],
                        [100.0, 1e12][activation],
                    ),
                )
                .title(*name)
                .height(290.0, 250.0);
                for net in data.nets.iter().filter(|net| net.activation == activation) {
                    let curve: Vec<Point> = net
                        .stds
                        .iter()
                        .enumerate()
                        .map(|(l, &std)| (l as f64 + 1.0, std))
                        .collect();
                    let stroke = Stroke::series(net.start);
                    panel.curve(&curve, stroke);
                    panel.dots(&curve, Dot::Disc, 2.2, stroke.ink);
                    // the calm ones lie close together: their names stand behind their ends, and
                    // three in a row need more room than their ends leave
                    let (layer, end) = curve[LAYERS - 1];
                    let name = STARTS[net.start].name;
                    match [
                        [None, Some(2.2), Some(0.1), Some(0.46)],
                        [None, None, Some(end), Some(end)],
                    ][activation][net.start]
                    {
                        Some(height) => panel.label_off(
                            (layer, height),
                            name,
                            stroke.ink,
                            &[Side::Right; 2],
                            4.0,
                        ),
                        None => panel.along(&curve, 0.5, name, stroke.ink),
                    };
                }
                panel
            })
            .collect();
        layout::arrange(form, &panels)
    }
}

//! What a whole gradient costs, in operations, for networks of growing size.

use gd_core::autodiff::scalar::{Tape, Var};
use gd_core::init::Initializer;
use gd_core::model::Mlp;

use crate::axis::Axis;
use crate::panel::{Dot, Panel};
use crate::style::{Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

/// Units of both hidden layers.
const WIDTHS: [usize; 8] = [1, 2, 4, 8, 16, 32, 64, 128];
/// The size that the prose speaks of.
const SPOKEN: usize = 32;

/// `autodiff-cost`.
pub struct Cost;

/// The operations of one network, for one sample.
pub struct Count {
    width: usize,
    /// n.
    parameters: usize,
    /// To compute the loss.
    forward: usize,
    /// To know every local derivative besides: 1 − a² takes two.
    slopes: usize,
    /// Inputs of all records. Each takes a multiplication and an addition, in a sweep either way.
    edges: usize,
}

impl Count {
    /// The loss of a network 2-h-h-1 with tanh, on a tape, counted.
    fn of(width: usize) -> Self {
        let net = Mlp::new(&[2, width, width, 1]);
        let theta = net.init::<f64>(Initializer::XavierNormal { gain: 1.0 }, 1);
        let tape = Tape::new();
        let parameters: Vec<Var<'_, f64>> = theta.iter().map(|&v| tape.variable(v)).collect();
        let mut hidden: Vec<Var<'_, f64>> = Vec::new();
        for layer in 0..net.layers() {
            let (inputs, outputs) = (net.sizes()[layer], net.sizes()[layer + 1]);
            let weights = &parameters[net.weight_range(layer)];
            let biases = &parameters[net.bias_range(layer)];
            let unit = |i: usize| {
                let row = &weights[i * inputs..(i + 1) * inputs];
                let products = row.iter().enumerate().map(|(j, &w)| match layer {
                    // the sample is no variable
                    0 => w * [0.5, -1.0][j],
                    _ => w * hidden[j],
                });
                let z = products.fold(biases[i], |z, product| z + product);
                if layer + 1 == net.layers() {
                    z
                } else {
                    z.tanh()
                }
            };
            hidden = (0..outputs).map(unit).collect();
        }
        let loss = (hidden[0] - 1.0).powi(2);
        assert!(loss.backward().of(parameters[0]).is_finite());
        let nodes = tape.nodes();
        let slopes = |operation| match operation {
            "tanh" => 2,
            "powi" => 1,
            _ => 0,
        };
        Self {
            width,
            parameters: parameters.len(),
            forward: nodes.len() - parameters.len(),
            slopes: nodes.iter().map(|node| slopes(node.operation)).sum(),
            edges: nodes.iter().flat_map(|node| node.inputs).flatten().count(),
        }
    }

    /// In units of one evaluation of the loss: n derivatives by one sweep backwards, by n sweeps
    /// forwards, and by 2n evaluations.
    fn multiples(&self) -> [f64; 3] {
        let unit = self.forward as f64;
        let n = self.parameters as f64;
        let (slopes, sweep) = (self.slopes as f64, 2.0 * self.edges as f64);
        [
            (unit + slopes + sweep) / unit,
            (unit + slopes + n * sweep) / unit,
            2.0 * n,
        ]
    }
}

impl Experiment for Cost {
    const NAME: &'static str = "autodiff-cost";
    type Data = Vec<Count>;

    fn data() -> Vec<Count> {
        WIDTHS.map(Count::of).into()
    }

    fn values(data: &Vec<Count>) -> Values {
        let spoken = data.iter().find(|count| count.width == SPOKEN);
        let spoken = spoken.expect("it is one of the widths");
        let most = data.last().expect("there are widths");
        let mut values = Values::new().count("width", SPOKEN);
        for (key, count) in [("net", spoken), ("largest", most)] {
            let [reverse, forward, differences] = count.multiples();
            values = values
                .count(format!("{key}.parameters"), count.parameters)
                .count(format!("{key}.operations"), count.forward)
                .count(format!("{key}.records"), count.forward + count.parameters)
                .number(format!("{key}.reverse"), reverse)
                .number(format!("{key}.forward"), forward)
                .number(format!("{key}.differences"), differences);
        }
        let reverse = || data.iter().map(|count| count.multiples()[0]);
        let [_, _, differences] = spoken.multiples();
        values
            // if one evaluation takes a second
            .number("net.minutes", differences / 60.0)
            .number("reverse.least", reverse().fold(f64::INFINITY, f64::min))
            .number("reverse.most", reverse().fold(0.0, f64::max))
    }
}

impl Figure for Cost {
    fn table(data: &Vec<Count>) -> Table {
        let mut table = Table::new(&[
            "parameters",
            "operations",
            "reverse",
            "forward",
            "differences",
        ]);
        for count in data {
            let [reverse, forward, differences] = count.multiples();
            table.row([
                count.parameters.into(),
                count.forward.into(),
                reverse.into(),
                forward.into(),
                differences.into(),
            ]);
        }
        table
    }

    fn draw(data: &Vec<Count>, form: Form) -> Drawing {
        let mut panel = Panel::new(
            Axis::log("参数个数 *n*", 5.0, 30_000.0),
            Axis::log("算一次梯度等于算几次损失", 1.0, 3e5),
        );
        let names = ["反向模式", "前向模式", "中心差分"];
        let inks = [Ink::Path, Ink::Third, Ink::Data];
        let dots = [Dot::Disc, Dot::Ring, Dot::Square];
        for k in [2, 1, 0] {
            let points: Vec<Point> = data
                .iter()
                .map(|count| (count.parameters as f64, count.multiples()[k]))
                .collect();
            panel.curve(&points, Stroke::solid(inks[k]));
            panel.dots(&points, dots[k], 3.2, inks[k]);
            panel.along(&points, [0.6, 0.5, 0.75][k], names[k], inks[k]);
        }
        layout::arrange(form, &[panel])
    }
}

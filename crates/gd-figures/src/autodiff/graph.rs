//! One tanh neuron with its squared error: values forwards, adjoints backwards.

use gd_core::autodiff::scalar::Tape;
use gd_core::numeric::central_difference;

use crate::autodiff::diagram::{Graph, Places};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values};

/// The names of the records, in their order.
const NAMES: [&str; 9] = ["w", "x", "b", "y", "p", "z", "a", "e", "l"];
const TITLES: [&str; 9] = [
    "*w*",
    "*x*",
    "*b*",
    "*y*",
    "*p*=*wx*",
    "*z*=*p*+*b*",
    "*a*=tanh *z*",
    "*e*=*a*−*y*",
    "*L*=*e*²",
];
const START: [f64; 4] = [0.5, 2.0, -0.3, 1.0];
const LR: f64 = 0.1;

/// `autodiff-graph`.
pub struct NeuronGraph;

/// The graph, ∂L/∂w by a central difference, and L after one step of descent on w and b.
pub struct Data {
    graph: Graph,
    by_difference: f64,
    after_a_step: f64,
}

fn loss(w: f64, b: f64) -> f64 {
    ((w * START[1] + b).tanh() - START[3]).powi(2)
}

impl Experiment for NeuronGraph {
    const NAME: &'static str = "autodiff-graph";
    type Data = Data;

    fn data() -> Data {
        let tape = Tape::new();
        let [w, x, b, y] = START.map(|v| tape.variable(v));
        let p = w * x;
        let z = p + b;
        let a = z.tanh();
        let e = a - y;
        let l = e.powi(2);
        let gradient = l.backward();
        Data {
            by_difference: central_difference(|w| loss(w, START[2]), START[0], 1e-5),
            after_a_step: loss(
                START[0] - LR * gradient.of(w),
                START[2] - LR * gradient.of(b),
            ),
            graph: Graph {
                titles: TITLES.to_vec(),
                nodes: tape.nodes(),
                adjoints: gradient.all().to_vec(),
                output: "L",
            },
        }
    }

    fn values(data: &Data) -> Values {
        let mut values = Values::new()
            .count("records", NAMES.len())
            .number("lr", LR)
            .number("by-difference", data.by_difference)
            .number("after-a-step", data.after_a_step);
        for (i, name) in NAMES.into_iter().enumerate() {
            let node = &data.graph.nodes[i];
            values = values
                .number(format!("{name}.value"), node.value)
                .number(format!("{name}.adjoint"), data.graph.adjoints[i]);
            for (input, slope) in node.inputs.into_iter().flatten() {
                values = values.number(format!("{name}.by-{}", NAMES[input]), slope);
            }
        }
        values
    }
}

impl Figure for NeuronGraph {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["record", "operation", "value", "adjoint"]);
        for (i, name) in NAMES.into_iter().enumerate() {
            let node = &data.graph.nodes[i];
            table.row([
                name.into(),
                node.operation.into(),
                node.value.into(),
                data.graph.adjoints[i].into(),
            ]);
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let middles: Vec<Point> = match form {
            // w, p, z, a, e, L in a row; x, b, y below, each before the record that needs it
            Form::Wide => {
                // the last gap holds a minus sign
                let column = |k: usize| 39.0 + 118.0 * k as f64 + if k == 5 { 8.0 } else { 0.0 };
                let (upper, lower) = (31.0, 138.0);
                [(0, upper), (0, lower), (1, lower), (3, lower)]
                    .into_iter()
                    .chain((1..6).map(|k| (k, upper)))
                    .map(|(k, y)| (column(k), y))
                    .collect()
            }
            Form::Narrow => {
                let (left, right) = (70.0, 220.0);
                let row = |k: usize| 31.0 + 98.0 * k as f64;
                [(right, 0), (left, 0), (left, 1), (left, 3)]
                    .into_iter()
                    .chain((1..6).map(|k| (right, k)))
                    .map(|(x, k)| (x, row(k)))
                    .collect()
            }
        };
        let places = Places {
            middles: &middles,
            width: form.pick(70.0, 84.0),
            height: form.pick(170.0, 551.0),
        };
        data.graph.draw(form, &places)
    }
}

//! x² sin x at 3.6: the variable is used twice, and the shares of both paths add up.

use gd_core::autodiff::scalar::Tape;

use crate::autodiff::diagram::{Graph, Places};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values};

const NAMES: [&str; 4] = ["x", "s", "t", "f"];
const TITLES: [&str; 4] = ["*x*", "*s*=*x*²", "*t*=sin *x*", "*f*=*st*"];
const X: f64 = 3.6;

/// `autodiff-two-paths`.
pub struct TwoPaths;

impl Experiment for TwoPaths {
    const NAME: &'static str = "autodiff-two-paths";
    type Data = Graph;

    fn data() -> Graph {
        let tape = Tape::new();
        let x = tape.variable(X);
        let s = x.powi(2);
        let t = x.sin();
        let f = s * t;
        Graph {
            titles: TITLES.to_vec(),
            adjoints: f.backward().all().to_vec(),
            nodes: tape.nodes(),
            output: "f",
        }
    }

    fn values(graph: &Graph) -> Values {
        let mut values = Values::new();
        for (i, name) in NAMES.into_iter().enumerate() {
            values = values
                .number(format!("{name}.value"), graph.nodes[i].value)
                .number(format!("{name}.adjoint"), graph.adjoints[i]);
        }
        for (i, name) in [(1, "square"), (2, "sine")] {
            let (_, slope) = graph.nodes[i].inputs[0].expect("a function of x");
            values = values
                .number(format!("{name}.slope"), slope)
                .number(format!("{name}.share"), graph.adjoints[i] * slope);
        }
        values
    }
}

impl Figure for TwoPaths {
    fn table(graph: &Graph) -> Table {
        let mut table = Table::new(&["record", "operation", "value", "adjoint"]);
        for (i, name) in NAMES.into_iter().enumerate() {
            table.row([
                name.into(),
                graph.nodes[i].operation.into(),
                graph.nodes[i].value.into(),
                graph.adjoints[i].into(),
            ]);
        }
        table
    }

    fn draw(graph: &Graph, form: Form) -> Drawing {
        let middles: [Point; 4] = form.pick(
            [(120.0, 85.0), (340.0, 31.0), (340.0, 139.0), (560.0, 85.0)],
            [(160.0, 31.0), (70.0, 136.0), (250.0, 136.0), (160.0, 241.0)],
        );
        let places = Places {
            middles: &middles,
            width: 84.0,
            height: form.pick(170.0, 272.0),
        };
        graph.draw(form, &places)
    }
}

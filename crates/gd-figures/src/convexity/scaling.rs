//! The line fit with its inputs as they are, in other units, shifted, and standardised.

use gd_core::Objective;
use gd_core::data::{Dataset, lesson_line};
use gd_core::linalg::symmetric_eigenvalues;
use gd_core::model::LinearRegression;
use gd_core::objective::Quadratic;
use gd_core::optim::Sgd;
use ndarray::{Array1, array};

use crate::axis::Axis;
use crate::contour::Grid;
use crate::label::Side;
use crate::panel::{Dot, Panel};
use crate::run::descend;
use crate::style::{Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

/// Enough for κ of 20,000 with the best learning rate.
const MOST: usize = 400_000;
/// Done when the loss is this close above its lowest value.
const CLOSE: f64 = 1e-6;
const SHIFT: f64 = 20.0;
const UNIT: f64 = 10.0;
const EXCESS: [f64; 5] = [0.3, 3.0, 10.0, 30.0, 60.0];

/// `convexity-scaling`.
pub struct Scaling;

/// The fit for one way of writing down the inputs.
pub struct Fit {
    key: &'static str,
    kappa: f64,
    /// 2/(L + μ).
    lr: f64,
    /// From w = b = 0, which predicts 0 in every unit.
    steps: usize,
    exact: Array1<f64>,
    /// The loss above its lowest value, as a function of (w, b) less `exact`.
    bowl: Quadratic<f64>,
    path: Vec<Point>,
}

/// Inputs as they are, ×10, +20, standardised.
pub type Data = Vec<Fit>;

fn fit(key: &'static str, data: &Dataset<f64>, change: impl Fn(f64) -> f64) -> Fit {
    let changed = Dataset::new(data.x.mapv(change), data.y.clone());
    let model = LinearRegression::line(&changed);
    let hessian = model.constant_hessian();
    let curvatures = symmetric_eigenvalues(&hessian);
    let lr = 2.0 / (curvatures[0] + curvatures[1]);
    let exact = model.least_squares();
    // the loss is a quadratic: 100 times cheaper than a pass over the data
    let bowl = Quadratic::new(hessian);
    let start = -&exact;
    let steps = crate::run::steps_until(
        &bowl,
        Sgd::plain(),
        lr,
        start.as_slice().expect("one row"),
        MOST,
        |x| bowl.value(x) < CLOSE,
    );
    let path = descend(&model, Sgd::plain(), lr, &[0.0, 0.0], 30);
    Fit {
        key,
        kappa: curvatures[1] / curvatures[0],
        lr,
        steps: steps.expect("below 2/L it converges"),
        path: path.points.iter().map(|x| (x[0], x[1])).collect(),
        exact,
        bowl,
    }
}

impl Experiment for Scaling {
    const NAME: &'static str = "convexity-scaling";
    type Data = Data;

    fn data() -> Data {
        let data = lesson_line::<f64>();
        let mean = data.x.mean().expect("there are points");
        let spread = data
            .x
            .mapv(|x| (x - mean).powi(2))
            .mean()
            .unwrap_or(0.0)
            .sqrt();
        vec![
            fit("raw", &data, |x| x),
            fit("unit", &data, |x| UNIT * x),
            fit("shifted", &data, |x| x + SHIFT),
            fit("standardised", &data, |x| (x - mean) / spread),
        ]
    }

    fn values(data: &Data) -> Values {
        let values = Values::new().number("unit", UNIT).number("shift", SHIFT);
        data.iter().fold(values, |values, fit| {
            let key = fit.key;
            values
                .number(format!("{key}.kappa"), fit.kappa)
                .number(format!("{key}.lr"), fit.lr)
                .count(format!("{key}.steps"), fit.steps)
                .number(format!("{key}.w"), fit.exact[0])
                .number(format!("{key}.b"), fit.exact[1])
        })
    }
}

impl Figure for Scaling {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["inputs", "step", "w", "b"]);
        for fit in [&data[0], &data[3]] {
            for (t, &(w, b)) in fit.path.iter().enumerate() {
                table.row([fit.key.into(), t.into(), w.into(), b.into()]);
            }
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let raw = panel(
            &data[0],
            "原来的 *x*：来回折",
            Axis::linear("斜率 *w*", -1.0, 5.4),
            Axis::linear("截距 *b*", -0.8, 5.6),
        );
        let standardised = panel(
            &data[3],
            "标准化之后：一步到底",
            Axis::linear("斜率 *w*", -1.6, 12.4),
            Axis::linear("截距 *b*", -4.0, 10.0),
        );
        layout::arrange(form, &[raw, standardised])
    }
}

fn panel(fit: &Fit, title: &str, w: Axis, b: Axis) -> Panel {
    let (x, y) = ((w.lo, w.hi), (b.lo, b.hi));
    let exact = &fit.exact;
    let map = Grid::sample(x, y, 97, 97, |w, b| {
        fit.bowl.value(&array![w - exact[0], b - exact[1]])
    });
    let mut panel = Panel::new(w, b).title(title).equal();
    panel.contours(&map, &EXCESS, Stroke::thin(Ink::Contour));
    panel.steps(&fit.path[..12], Stroke::solid(Ink::Path).width(1.4));
    panel.dots(&fit.path[1..], Dot::Disc, 2.4, Ink::Path);
    panel.dots(&fit.path[..1], Dot::Ring, 4.2, Ink::Path);
    let best = (exact[0], exact[1]);
    panel.dots(&[best], Dot::Star, 6.0, Ink::Truth);
    panel.label(
        fit.path[0],
        "起点",
        Ink::Path,
        &[Side::Below, Side::BelowLeft],
    );
    panel.label(best, "最低点", Ink::Truth, &[Side::AboveRight, Side::Right]);
    panel
}

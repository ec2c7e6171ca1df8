//! How often a random symmetric Hessian makes a critical point a minimum.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::StandardNormal;

use crate::axis::Axis;
use crate::label::Side;
use crate::panel::{Dot, Panel};
use crate::style::{Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout, text};

const MATRICES: usize = 500_000;
const SEED: u64 = 42;
const MOST: usize = 5;
const WORDS: [&str; MOST] = ["one", "two", "three", "four", "five"];

/// `critical-points-share`.
pub struct Share;

/// Shares for d = 1 to 5.
pub struct Data {
    counts: [usize; MOST],
    /// The exact probabilities that have a short formula: d = 1, 2, 3.
    exact: [f64; 3],
}

impl Data {
    fn share(&self, d: usize) -> f64 {
        self.counts[d - 1] as f64 / MATRICES as f64
    }
}

/// How many of the leading minors of one random matrix are positive in a row: for every d up to
/// that number its leading d × d block, itself a random matrix of the same kind, has only
/// positive eigenvalues.
///
/// The matrix is from the Gaussian orthogonal ensemble: independent normal entries, variance 1
/// on the diagonal and ½ beside it. Its Cholesky factor is built row by row and no row is drawn
/// after one has failed; that is what makes so many matrices cheap.
fn positive_minors(rng: &mut ChaCha8Rng) -> usize {
    let mut factor = [[0.0_f64; MOST]; MOST];
    for i in 0..MOST {
        let mut rest: f64 = rng.sample(StandardNormal);
        for j in 0..i {
            let entry: f64 = rng.sample(StandardNormal);
            let known: f64 = (0..j).map(|k| factor[i][k] * factor[j][k]).sum();
            factor[i][j] = (entry * std::f64::consts::FRAC_1_SQRT_2 - known) / factor[j][j];
            rest -= factor[i][j] * factor[i][j];
        }
        if rest <= 0.0 {
            return i;
        }
        factor[i][i] = rest.sqrt();
    }
    MOST
}

impl Experiment for Share {
    const NAME: &'static str = "critical-points-share";
    type Data = Data;

    fn data() -> Data {
        let mut rng = ChaCha8Rng::seed_from_u64(SEED);
        let mut counts = [0; MOST];
        for _ in 0..MATRICES {
            for count in &mut counts[..positive_minors(&mut rng)] {
                *count += 1;
            }
        }
        let (root, pi) = (std::f64::consts::SQRT_2, std::f64::consts::PI);
        Data {
            counts,
            exact: [0.5, (2.0 - root) / 4.0, (pi - 2.0 * root) / (4.0 * pi)],
        }
    }

    fn values(data: &Data) -> Values {
        let mut values = Values::new().count("matrices", MATRICES);
        for (i, word) in WORDS.iter().enumerate() {
            values = values.number(format!("share.{word}"), data.share(i + 1));
        }
        for (word, exact) in WORDS.iter().zip(data.exact) {
            values = values.number(format!("exact.{word}"), exact);
        }
        values.count("count.five", data.counts[4])
    }
}

impl Figure for Share {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["dimension", "minima", "matrices", "share"]);
        for d in 1..=MOST {
            let count = data.counts[d - 1];
            table.row([
                d.into(),
                count.into(),
                MATRICES.into(),
                data.share(d).into(),
            ]);
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let dimensions = [1.0, 2.0, 3.0, 4.0, 5.0];
        let mut panel = Panel::new(
            Axis::linear("维数 *d*", 0.6, 6.1).ticks_at(&dimensions),
            Axis::log("全部特征值为正的比例", 1e-5, 2.5).percent(),
        )
        .height(250.0, 230.0);
        let points: Vec<Point> = (1..=MOST).map(|d| (d as f64, data.share(d))).collect();
        panel.curve(&points, Stroke::thin(Ink::Data));

        let exact: Vec<Point> = data
            .exact
            .iter()
            .enumerate()
            .map(|(i, &share)| (i as f64 + 1.0, share))
            .collect();
        panel.dots(&exact, Dot::Ring, 5.6, Ink::Truth);
        panel.dots(&points, Dot::Disc, 3.2, Ink::Data);
        for point in &points {
            // two significant digits
            let percent = 100.0 * point.1;
            let digits = (1.0 - percent.log10().floor()).max(1.0) as usize;
            let share = text::fixed(percent, digits) + "%";
            // far enough for the rings, and the same where there is none
            panel.label_off(*point, &share, Ink::Data, &[Side::AboveRight; 2], 9.0);
        }
        panel.note("绿圈：精确值（*d* ≤ 3）", Ink::Truth);
        layout::arrange(form, &[panel])
    }
}

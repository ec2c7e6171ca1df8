//! What training minimises: the mean loss of a network over its data.

use std::cell::RefCell;

use ndarray::{Array2, ArrayRef1, ArrayView2, Axis};

use super::{Mlp, mlp::Record};
use crate::{Float, Objective, autodiff::array, check, objective::FiniteSum};

/// A loss with the answers it compares to: values or labels, one for each sample.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Target<F> {
    /// The mean of (outputᵢⱼ − yᵢⱼ)² over samples and outputs, with y n×out: regression.
    MeanSquaredError(Array2<F>),
    /// One output z, the logit of label 1 against label 0: the mean of softplus(z) − yz.
    BinaryCrossEntropy(Vec<usize>),
    /// One output for each class, the logits: the mean of −ln softmax(z)ₗ at the label l.
    CrossEntropy(Vec<usize>),
    /// One output z: the mean of max(0, 1 − sz) with s = −1 for label 0 and 1 for label 1.
    Hinge(Vec<usize>),
}

impl<F> Target<F> {
    /// The labels, if there are classes.
    fn labels(&self) -> Option<&[usize]> {
        match self {
            Self::MeanSquaredError(_) => None,
            Self::BinaryCrossEntropy(labels) | Self::CrossEntropy(labels) | Self::Hinge(labels) => {
                Some(labels)
            }
        }
    }
}

/// The empirical risk f(θ) = (1/n) Σᵢ ℓ(net(xᵢ; θ), yᵢ) of a network over n samples.
///
/// Loss and gradient come out of one pass forwards and one backwards. The memory for them is kept
/// from call to call: after the first, evaluations over as many samples or fewer do not allocate.
///
/// ```
/// use gd_core::{Descent, Objective, init::Initializer, minimize, optim::Adam};
/// use gd_core::model::{EmpiricalRisk, Mlp, Target};
/// use ndarray::array;
///
/// // exclusive or
/// let x = array![[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]];
/// let risk = EmpiricalRisk::new(Mlp::new(&[2, 4, 1]), x, Target::BinaryCrossEntropy(vec![0, 1, 1, 0]));
/// let mut theta = risk.net().init::<f64>(Initializer::XavierNormal { gain: 1.0 }, 1);
/// minimize(&risk, &mut Descent::new(Adam::default(), 0.05), &mut theta, 500, &mut ());
/// assert!(risk.value(&theta) < 0.01);
/// assert_eq!(risk.accuracy(&theta), 1.0);
/// ```
#[derive(Clone, Debug)]
pub struct EmpiricalRisk<F> {
    net: Mlp,
    x: Array2<F>,
    target: Target<F>,
    work: RefCell<Work<F>>,
}

/// What is kept from one evaluation to the next.
#[derive(Clone, Debug)]
struct Work<F> {
    tape: array::Tape<F>,
    record: Record,
    labels: Vec<usize>,
}

impl<F: Float> EmpiricalRisk<F> {
    /// The risk of `net` on the samples in the rows of `x`, n×in.
    ///
    /// # Panics
    /// If there are no samples, if the shapes of net, `x` and `target` do not fit, if a label names
    /// no class, or if a number is not finite.
    #[track_caller]
    pub fn new(net: Mlp, x: Array2<F>, target: Target<F>) -> Self {
        let (inputs, outputs) = (net.sizes()[0], net.sizes()[net.layers()]);
        assert!(
            x.ncols() == inputs && x.nrows() > 0,
            "x must be n x {inputs} with n >= 1 for this network, got {} x {}",
            x.nrows(),
            x.ncols()
        );
        check::all_finite("x", &x, "data must be finite");
        let (rows, needed, classes) = match &target {
            Target::MeanSquaredError(y) => {
                check::all_finite("y", y, "data must be finite");
                (y.nrows(), y.ncols(), 0)
            }
            Target::CrossEntropy(labels) => (labels.len(), outputs, outputs),
            Target::BinaryCrossEntropy(labels) | Target::Hinge(labels) => (labels.len(), 1, 2),
        };
        assert!(
            rows == x.nrows() && needed == outputs,
            "there are {} samples and {rows} targets; the network has {outputs} outputs and the \
             targets need {needed}",
            x.nrows()
        );
        for (i, &label) in target.labels().into_iter().flatten().enumerate() {
            assert!(
                label < classes,
                "labels[{i}] is {label}, but there are {classes} classes, 0 to {}",
                classes - 1
            );
        }
        Self {
            net,
            x,
            target,
            work: RefCell::new(Work {
                tape: array::Tape::new(),
                record: Record::default(),
                labels: Vec::new(),
            }),
        }
    }

    /// The network.
    pub fn net(&self) -> &Mlp {
        &self.net
    }

    /// The samples, n×in.
    pub fn inputs(&self) -> ArrayView2<'_, F> {
        self.x.view()
    }

    /// The share of samples whose label the network finds, 0 to 1.
    ///
    /// # Panics
    /// If the target has no labels (regression).
    pub fn accuracy(&self, theta: &ArrayRef1<F>) -> f64 {
        let labels = self.target.labels();
        let labels = labels.expect("accuracy needs labels; for regression ask for value()");
        let found = self.net.classify(theta, self.x.view());
        let right = found.iter().zip(labels).filter(|(a, b)| a == b).count();
        right as f64 / labels.len() as f64
    }

    /// The loss over some samples, or all, and its gradient if there is a place for it.
    fn evaluate(
        &self,
        theta: &ArrayRef1<F>,
        batch: Option<&[usize]>,
        grad: Option<&mut ArrayRef1<F>>,
    ) -> F {
        let Work {
            tape,
            record,
            labels,
        } = &mut *self.work.borrow_mut();
        tape.clear();
        let x = match batch {
            Some(batch) => tape.constant_rows(self.x.view(), batch),
            None => tape.constant(self.x.view()),
        };
        if let Some(all) = self.target.labels() {
            labels.clear();
            match batch {
                Some(batch) => labels.extend(batch.iter().map(|&i| all[i])),
                None => labels.extend_from_slice(all),
            }
        }
        self.net.record(tape, theta, x, record);
        let output = *record.hidden.last().expect("there is at least one layer");
        let loss = match &self.target {
            Target::MeanSquaredError(y) => {
                let y = match batch {
                    Some(batch) => tape.constant_rows(y.view(), batch),
                    None => tape.constant(y.view()),
                };
                let error = tape.sub(output, y);
                let square = tape.mul(error, error);
                tape.mean(square)
            }
            Target::BinaryCrossEntropy(_) => tape.binary_cross_entropy(output, labels),
            Target::CrossEntropy(_) => tape.cross_entropy(output, labels),
            Target::Hinge(_) => tape.hinge(output, labels),
        };
        if let Some(grad) = grad {
            assert!(
                grad.len() == theta.len(),
                "theta has length {}, but the gradient has length {}; give one number per parameter",
                theta.len(),
                grad.len()
            );
            tape.backward(loss);
            let pieces = record.parameters.iter().flatten();
            let numbers = pieces.flat_map(|&piece| tape.gradient(piece).iter());
            for (g, &number) in grad.iter_mut().zip(numbers) {
                *g = number;
            }
        }
        tape.value(loss)[[0, 0]]
    }
}

impl Mlp {
    /// The class of every sample in the rows of `x`: with one output 1 if it is > 0 and else 0, with
    /// several the number of the greatest.
    pub fn classify<F: Float>(&self, theta: &ArrayRef1<F>, x: ArrayView2<'_, F>) -> Vec<usize> {
        let class = |row: ndarray::ArrayView1<'_, F>| match row.len() {
            1 => usize::from(row[0] > F::zero()),
            _ => (1..row.len()).fold(0, |best, k| if row[k] > row[best] { k } else { best }),
        };
        let outputs = self.forward(theta, x);
        outputs.axis_iter(Axis(0)).map(class).collect()
    }
}

impl<F: Float> Objective<F> for EmpiricalRisk<F> {
    fn dim(&self) -> usize {
        self.net.dim()
    }

    fn value(&self, theta: &ArrayRef1<F>) -> F {
        self.evaluate(theta, None, None)
    }

    fn gradient(&self, theta: &ArrayRef1<F>, grad: &mut ArrayRef1<F>) {
        self.evaluate(theta, None, Some(grad));
    }

    fn value_and_gradient(&self, theta: &ArrayRef1<F>, grad: &mut ArrayRef1<F>) -> F {
        self.evaluate(theta, None, Some(grad))
    }
}

impl<F: Float> FiniteSum<F> for EmpiricalRisk<F> {
    fn samples(&self) -> usize {
        self.x.nrows()
    }

    fn batch_gradient(&self, theta: &ArrayRef1<F>, batch: &[usize], grad: &mut ArrayRef1<F>) {
        assert!(
            !batch.is_empty(),
            "the batch must not be empty; its mean has no meaning"
        );
        self.evaluate(theta, Some(batch), Some(grad));
    }
}

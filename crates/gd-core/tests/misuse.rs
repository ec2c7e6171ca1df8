//! Arguments that do not fit together, data that break their promises, numbers at the ends of their
//! range: each gives the right answer, or a message that names value and range; never a wrong number.

use std::panic::{AssertUnwindSafe, catch_unwind};

use gd_core::{
    Objective, Optimizer, Solver, autodiff,
    autodiff::array::Tape,
    data::{Dataset, Labelled, Standardizer},
    init::Initializer,
    linalg::least_squares,
    minimize,
    model::{EmpiricalRisk, LinearRegression, LogisticRegression, Mlp, Target},
    numeric,
    objective::{self, FiniteSum, FnObjective, Quadratic, TwiceDifferentiable},
    observer::Trajectory,
    optim::{Groups, NewtonSchulz, Sgd},
    schedule::{ExponentialLr, ReduceOnPlateau, Schedule, Sequential},
    solver::Newton,
};
use ndarray::{Array1, Array2, ArrayRef1, array};

/// Asserts that `misuse` panics with a message in which `part` occurs.
#[track_caller]
fn refuses<R>(part: &str, misuse: impl FnOnce() -> R) {
    let Err(payload) = catch_unwind(AssertUnwindSafe(|| drop(misuse()))) else {
        panic!("accepted; {part:?} was to be said")
    };
    let literal = payload.downcast_ref::<&str>().copied();
    let formatted = payload.downcast_ref::<String>().map(String::as_str);
    let message = literal.or(formatted).expect("a message");
    assert!(message.contains(part), "no {part:?} in {message:?}");
}

#[test]
fn gradients_of_another_length_than_the_objective() {
    let mut functions = objective::two_dimensional::<f64>();
    functions.push(Box::new(Quadratic::new(array![[2.0, 1.0], [1.0, 2.0]])));
    for f in &functions {
        for len in [1, 3] {
            let message =
                format!("the gradient has length {len}, but the objective has dimension 2");
            refuses(&message, || {
                f.gradient(&array![1.0, 1.0], &mut Array1::zeros(len))
            });
        }
    }
    for f in objective::one_dimensional::<f64>() {
        refuses("the gradient has length 2, but", || {
            f.gradient(&array![1.0], &mut Array1::zeros(2))
        });
    }
    let own = FnObjective::new(
        1,
        |x: &ArrayRef1<f64>| x[0],
        |_: &ArrayRef1<f64>, grad: &mut ArrayRef1<f64>| grad.fill(1.0),
    );
    refuses("x has length 2, but", || own.value(&array![1.0, 2.0]));
    refuses("the gradient has length 2, but", || {
        own.gradient(&array![1.0], &mut array![0.0, 0.0])
    });
}

#[test]
fn hessians_of_another_shape_than_the_objective() {
    let data = Dataset::new(array![0.0, 1.0], array![3.0, 5.0]);
    let labelled = Labelled::new(array![[0.0], [1.0]], vec![0, 1]);
    let functions: [Box<dyn TwiceDifferentiable<f64>>; 12] = [
        Box::new(Quadratic::bowl()),
        Box::new(Quadratic::new(array![[2.0, 1.0], [1.0, 2.0]])),
        Box::new(objective::Rosenbrock::new(2)),
        Box::new(objective::Himmelblau),
        Box::new(objective::Beale),
        Box::new(objective::Booth),
        Box::new(objective::Rastrigin::new(2)),
        Box::new(objective::Ackley::new(2)),
        Box::new(objective::Saddle),
        Box::new(objective::Plateau),
        Box::new(LinearRegression::line(&data)),
        Box::new(LogisticRegression::new(&labelled)),
    ];
    for f in &functions {
        refuses(
            "the Hessian is 3x3, but the objective has dimension 2",
            || f.hessian(&array![1.0, 1.0], &mut Array2::zeros((3, 3))),
        );
        refuses("has length 3, but", || {
            f.hessian(&array![1.0, 1.0, 1.0], &mut Array2::zeros((2, 2)))
        });
    }
}

#[test]
fn batches_with_samples_that_do_not_exist() {
    let data = Dataset::new(array![0.0, 1.0], array![3.0, 5.0]);
    let labelled = Labelled::new(array![[0.0], [1.0]], vec![0, 1]);
    let net = Mlp::new(&[1, 1]);
    let target = Target::MeanSquaredError(array![[3.0], [5.0]]);
    let models: [Box<dyn FiniteSum<f64>>; 4] = [
        Box::new(LinearRegression::line(&data)),
        Box::new(LinearRegression::polynomial(&data, 4)),
        Box::new(LogisticRegression::new(&labelled)),
        Box::new(EmpiricalRisk::new(net, array![[0.0], [1.0]], target)),
    ];
    for model in &models {
        let (theta, mut grad) = (Array1::zeros(model.dim()), Array1::zeros(model.dim()));
        refuses(
            "batch[1] is 2, but there are 2 samples; count from 0",
            || model.batch_gradient(&theta, &[0, 2], &mut grad),
        );
        refuses("the batch must not be empty", || {
            model.batch_gradient(&theta, &[], &mut grad)
        });
    }
}

/// The fields of data sets are public, and so may have changed since they were checked.
#[test]
fn data_that_were_changed_into_nonsense() {
    let mut data = Dataset::new(array![0.0, 1.0], array![3.0, 5.0]);
    data.x = array![0.0, 1.0, 2.0];
    refuses("x has length 3 and y has length 2", || {
        LinearRegression::line(&data)
    });
    data.x = array![0.0, f64::NAN];
    refuses("x[1] is NaN", || LinearRegression::polynomial(&data, 2));

    let mut labelled = Labelled::new(array![[0.0], [1.0]], vec![0, 1]);
    labelled.labels = vec![0, 1, 1];
    refuses("x has 2 rows and there are 3 labels", || {
        LogisticRegression::new(&labelled)
    });
    labelled.labels = vec![0, 1];
    labelled.x[[1, 0]] = f64::INFINITY;
    refuses("x[1] is inf", || LogisticRegression::new(&labelled));
}

#[test]
fn variables_of_another_tape() {
    let (mut one, mut other) = (Tape::new(), Tape::new());
    let a = one.parameter(array![[1.0]].view());
    let b = other.parameter(array![[5.0]].view());
    let message = "the variable is of another tape, or of this one before clear()";
    refuses(message, || one.add(a, b));
    refuses(message, || one.matmul(a, b));
    refuses(message, || one.value(b)[[0, 0]]);
    refuses(message, || one.backward(b));
    one.clear();
    one.parameter(array![[2.0]].view());
    refuses(message, || one.value(a)[[0, 0]]);

    let (one, other) = (autodiff::scalar::Tape::new(), autodiff::scalar::Tape::new());
    let (x, y) = (one.variable(3.0), other.variable(5.0));
    refuses("must be of the same tape", || x * y);
    refuses("is of another tape", || (x * x).backward().of(y));
}

#[test]
fn a_cloned_tape_knows_the_variables_from_before() {
    let mut tape = Tape::new();
    let x = tape.parameter(array![[3.0]].view());
    let mut copy = tape.clone();
    let square = copy.mul(x, x);
    copy.backward(square);
    assert_eq!(copy.gradient(x), &array![[6.0]]);

    let tape = autodiff::scalar::Tape::new();
    let x = tape.variable(3.0);
    let gradient = (x * x).backward();
    assert_eq!(gradient.of(x), 6.0);
}

#[test]
fn gradients_before_backward() {
    let mut tape = Tape::new();
    let x = tape.parameter(array![[3.0]].view());
    refuses("call backward() first", || tape.gradient(x)[[0, 0]]);
    let square = tape.mul(x, x);
    tape.backward(square);
    assert_eq!(tape.gradient(x), &array![[6.0]]);
    tape.clear();
    let x = tape.parameter(array![[3.0]].view());
    refuses("call backward() first", || tape.gradient(x)[[0, 0]]);
}

#[test]
fn shapes_on_a_tape() {
    let mut tape = Tape::new();
    let a = tape.parameter(array![[1.0, 2.0, 3.0]].view());
    let b = tape.parameter(array![[1.0, 2.0]].view());
    refuses("the shapes must agree, got 1x3 and 1x2", || tape.add(a, b));
    refuses(
        "1x3 by 1x2: a must have as many columns as b has rows",
        || tape.matmul(a, b),
    );
    refuses(
        "1x3 by the transpose of 1x2: a and b must have as many columns",
        || tape.matmul_transposed(a, b),
    );
    refuses("the row to add must be 1x3, got 1x2", || tape.add_row(a, b));
    refuses("rows[1] is 1, but there are 1; count from 0", || {
        tape.constant_rows(array![[1.0]].view(), &[0, 1])
    });
    let no_classes = tape.parameter(Array2::zeros((1, 0)).view());
    refuses("labels[0] is 0, but there are 0 classes", || {
        tape.cross_entropy(no_classes, &[0])
    });
    // what was refused has left nothing on the tape
    let double = tape.add(a, a);
    let loss = tape.sum(double);
    tape.backward(loss);
    assert_eq!(tape.gradient(a), &array![[2.0, 2.0, 2.0]]);
}

#[test]
fn empty_matrices() {
    let empty = Array2::<f64>::zeros((0, 3));
    assert_eq!(NewtonSchulz::default().orthogonalize(&empty), empty);
    let mut tape = Tape::new();
    let a = tape.parameter(empty.view());
    let b = tape.parameter(Array2::zeros((2, 3)).view());
    let product = tape.matmul_transposed(a, b);
    let sum = tape.sum(product);
    tape.backward(sum);
    assert_eq!(
        (tape.value(product).dim(), tape.value(sum)[[0, 0]]),
        ((0, 2), 0.0)
    );
}

#[test]
fn a_coordinate_that_the_path_has_not() {
    let mut path = Trajectory::new();
    path.points.push(array![1.0, 2.0]);
    refuses("coordinate must be less than 2, got 2", || {
        path.coordinate(2)
    });
}

/// v vᵀ + w wᵀ, singular but for rounding errors: x − H⁻¹g would be some 10¹⁵.
#[test]
fn pure_newton_on_a_hessian_that_is_singular_up_to_rounding() {
    let (v, w) = ([0.1, 0.3, 0.7], [0.2, 0.5, 0.4]);
    let h = Array2::from_shape_fn((3, 3), |(i, j)| v[i] * v[j] + w[i] * w[j]);
    struct Tilted(Array2<f64>);
    impl Objective<f64> for Tilted {
        fn dim(&self) -> usize {
            3
        }
        fn value(&self, x: &ArrayRef1<f64>) -> f64 {
            x.dot(&self.0.dot(x)) / 2.0 + x[0]
        }
        fn gradient(&self, x: &ArrayRef1<f64>, grad: &mut ArrayRef1<f64>) {
            grad.assign(&(self.0.dot(x) + array![1.0, 0.0, 0.0]));
        }
    }
    impl TwiceDifferentiable<f64> for Tilted {
        fn hessian(&self, _: &ArrayRef1<f64>, hessian: &mut ndarray::ArrayRef2<f64>) {
            hessian.assign(&self.0);
        }
    }
    let mut x = array![1.0, 1.0, 1.0];
    let stop = minimize(&Tilted(h), &mut Newton::pure(), &mut x, 5, &mut ());
    assert_eq!(
        (stop, x),
        (gd_core::Stop::Stalled { at: 0 }, array![1.0, 1.0, 1.0])
    );

    // curvatures of different size are no reason to refuse
    let bowl = Quadratic::diagonal(&[1.0, 1e-30, 1e30]);
    let mut x = array![1.0, 1.0, 1.0];
    let mut newton = Newton::pure();
    let mut grad = Array1::zeros(3);
    Solver::<f64, Quadratic<f64>>::evaluate(&mut newton, &bowl, &x, &mut grad);
    assert!(newton.advance(&bowl, 0, &mut x, &mut grad).is_continue());
    assert_eq!(x, array![0.0, 0.0, 0.0]);
}

#[test]
fn least_squares_of_numbers_whose_squares_are_out_of_range() {
    for scale in [1e-200_f64, 1.0, 1e200] {
        let a = array![[scale, 0.0], [scale, scale], [scale, 2.0 * scale]];
        let x = least_squares(&a, &array![3.0, 5.0, 8.0]);
        let exact = array![17.0 / 6.0, 2.5] / scale;
        for (x, exact) in x.iter().zip(&exact) {
            assert!((x / exact - 1.0).abs() < 1e-13, "{x} is not {exact}");
        }
    }
}

#[test]
fn columns_whose_squares_are_out_of_range() {
    for scale in [1e-200_f64, 1.0, 1e200] {
        let x = array![[scale, 1.0], [3.0 * scale, 1.0]];
        let z = Standardizer::fit(&x).apply(&x);
        assert!(
            (z - array![[-1.0, 0.0], [1.0, 0.0]])
                .iter()
                .all(|e: &f64| e.abs() < 1e-15)
        );
    }
}

#[test]
fn vectors_whose_squares_are_out_of_range() {
    let ravine = Quadratic::<f64>::ravine();
    let one = array![1.0, 1.0];
    for scale in [1e-200, 1e200] {
        let product = numeric::hessian_vector_product(&ravine, &one, &(&one * scale));
        let exact = array![1.0, 50.0] * scale;
        assert!((product / exact - 1.0).iter().all(|e| e.abs() < 1e-8));
        let sharp = numeric::sharpness(&ravine, &one, &(&one * scale), 1e-6, 100);
        assert!((sharp.eigenvalue - 50.0).abs() < 1e-6);
    }
    refuses("tol must be finite and >= 0, got NaN", || {
        numeric::sharpness(&ravine, &one, &one, f64::NAN, 100)
    });
    refuses(
        "start has length 1, but the problem has dimension 2",
        || numeric::sharpness(&ravine, &one, &array![1.0], 1e-6, 100),
    );
}

#[test]
fn updates_beyond_the_exponents_of_powi() {
    let lr = ExponentialLr::new(1.0_f64, 1.0 - 1e-10);
    let t = 10_000_000_000_usize;
    assert!((lr.at(t) / (-1.0_f64).exp() - 1.0).abs() < 1e-6);
}

#[test]
fn numbers_at_the_ends_of_their_types() {
    let tape = autodiff::scalar::Tape::new();
    let x = tape.variable(1.0);
    assert_eq!(x.powi(i32::MIN).backward().of(x), f64::from(i32::MIN));
    refuses("constant must be finite as a weight, got 1000", || {
        Mlp::new(&[1, 1]).init::<f32>(Initializer::Constant(1e300), 0)
    });
}

/// With a threshold of 1, better than ∞ means less than ∞, not less than ∞·0.
#[test]
fn a_threshold_of_everything() {
    let mut lr = ReduceOnPlateau::new(0.5).threshold(1.0).patience(0);
    assert_eq!([5.0, 1.0].map(|metric| lr.observe(metric)), [0.5, 0.05]);
}

#[test]
fn rules_in_groups_can_move_to_another_thread() {
    let mut rule = Groups::new().group(1, 1.0, Sgd::plain());
    let x = std::thread::spawn(move || {
        let mut x = array![4.0];
        rule.step(0.25, &mut x, &array![8.0]);
        x
    });
    assert_eq!(x.join().unwrap(), array![2.0]);
}

#[test]
fn a_sequence_shows_where_its_parts_begin() {
    assert_eq!(
        format!("{:?}", Sequential::<f64>::new(0.1).then(5, 0.2)),
        "Sequential { milestones: [5], .. }"
    );
}

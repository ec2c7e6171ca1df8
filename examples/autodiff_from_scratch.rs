#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = "../crates/gd-core" }
//! ndarray = "0.17"
//! ```

// 一条记录：算出的值；用到了哪几条记录，局部导数各是多少
struct Record {
    value: f64,
    inputs: Vec<(usize, f64)>,
}

#[derive(Default)]
struct Tape(Vec<Record>);

impl Tape {
    // 记一条，返回它的编号
    fn push(
        &mut self,
        value: f64,
        inputs: &[(usize, f64)],
    ) -> usize {
        let inputs = inputs.to_vec();
        self.0.push(Record { value, inputs });
        self.0.len() - 1
    }
    fn mul(&mut self, i: usize, j: usize) -> usize {
        let (a, b) = (self.0[i].value, self.0[j].value);
        // ab 对 a 的导数是 b，对 b 的导数是 a
        self.push(a * b, &[(i, b), (j, a)])
    }
    fn sin(&mut self, i: usize) -> usize {
        let a = self.0[i].value;
        self.push(a.sin(), &[(i, a.cos())])
    }
    // 从输出往回走一遍，得到每条记录的伴随
    fn backward(&self, output: usize) -> Vec<f64> {
        let mut adjoint = vec![0.0; self.0.len()];
        adjoint[output] = 1.0;
        for k in (0..=output).rev() {
            for &(i, slope) in &self.0[k].inputs {
                // 被用到两次就收到两份，所以是 += 而不是 =
                adjoint[i] += adjoint[k] * slope;
            }
        }
        adjoint
    }
}

fn main() {
    let mut tape = Tape::default();
    let x = tape.push(3.6, &[]); // 变量：不用到别的记录
    let square = tape.mul(x, x);
    let sine = tape.sin(x);
    let f = tape.mul(square, sine);
    println!("f = {:.6}", tape.0[f].value);
    println!("带子算的导数 = {:.6}", tape.backward(f)[x]);
    let x = 3.6_f64;
    let formula = 2.0 * x * x.sin() + x * x * x.cos();
    println!("公式算的导数 = {formula:.6}");
}

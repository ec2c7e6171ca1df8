"""Writes adafactor.json: 100 steps of torch.optim.Adafactor (>= 2.5, float64, CPU) on small problems.

Usage: python make_adafactor.py   (needs torch; the result depends on its version in the last digits)
"""

import json
import math
from pathlib import Path

import torch

torch.set_default_dtype(torch.float64)
STEPS = 100


def matrix(rows, cols, entry):
    return torch.tensor([[entry(i, j) for j in range(cols)] for i in range(rows)])


def least_squares(rows, d, cols):
    """0.5*||A W - B||_F^2 with A rows x d, B rows x cols, and a start W0 d x cols."""
    a = matrix(rows, d, lambda i, j: (2 if i == j else 0) + 0.5 * math.sin(1 + i + 2 * j))
    b = matrix(rows, cols, lambda i, j: math.cos(0.5 + 1.3 * i + 0.7 * j))
    w0 = matrix(d, cols, lambda i, j: 0.3 * math.sin(0.2 + 1.1 * i - 0.6 * j))
    text = {
        "loss": "0.5*||A W - B||_F^2",
        "gradient": "A^T(A W - B)",
        "formula": "A[i][j]=(2 if i==j else 0)+0.5*sin(1+i+2j); B[i][j]=cos(0.5+1.3i+0.7j); "
        "W0[i][j]=0.3*sin(0.2+1.1i-0.6j)",
        "A": a.tolist(),
        "B": b.tolist(),
    }
    return text, w0, lambda w: a.T @ (a @ w - b)


def rosenbrock(x):
    slope = x[1] - x[0] ** 2
    return torch.stack([-2 * (1 - x[0]) - 400 * x[0] * slope, 200 * slope])


PROBLEMS = {
    "tall": least_squares(5, 4, 3),
    "wide": least_squares(4, 3, 5),
    "rosenbrock": (
        {"loss": "(1-x)^2+100*(y-x^2)^2"},
        torch.tensor([0.0, 2.0]),
        rosenbrock,
    ),
    "quadratic": (
        {"loss": "x^2+2*y^2"},
        torch.tensor([4.0, 3.0]),
        lambda x: torch.tensor([2.0, 4.0]) * x,
    ),
}

CONFIGURATIONS = [
    ("default", {"lr": 0.01}),
    ("weight_decay", {"lr": 0.02, "weight_decay": 0.3}),
    ("clipped", {"lr": 0.01, "d": 0.5, "beta2_decay": -0.5}),
    ("large_eps", {"lr": 0.3, "eps": [2.0, 0.3], "d": 2.0, "beta2_decay": -1.0, "weight_decay": 0.01}),
]


def run(start, gradient, hyperparameters, perturbation=0.0):
    """The path, and in how many steps the clipping shortened the update.

    The gradient is taken where every parameter is moved by the perturbation, up or down in turn.
    """
    x = start.clone().requires_grad_()
    # the constructor refuses d < 1, but step does not mind
    settings = {name: v for name, v in hyperparameters.items() if name != "d"}
    optimizer = torch.optim.Adafactor([x], **settings)
    optimizer.param_groups[0]["d"] = hyperparameters.get("d", 1.0)
    path, clipped = [x.detach().clone()], 0
    for step in range(STEPS):
        signs = torch.tensor([(-1.0) ** (k + step) for k in range(x.numel())])
        x.grad = gradient(x.detach() + perturbation * signs.reshape(x.shape))
        optimizer.step()
        path.append(x.detach().clone())
        state = optimizer.state[x]
        if x.dim() == 1:
            v = state["variance"]
        else:
            v = state["row_var"] @ state["col_var"] / state["row_var"].mean()
        rms = (x.grad / v.sqrt()).square().mean().sqrt().item()
        clipped += rms > optimizer.param_groups[0]["d"] * (1 + 1e-12)
    return path, clipped


def main():
    runs = []
    for problem, (_, start, gradient) in PROBLEMS.items():
        for name, hyperparameters in CONFIGURATIONS:
            path, clipped = run(start, gradient, hyperparameters)
            perturbed, _ = run(start, gradient, hyperparameters, perturbation=1e-15)
            change = max((p - q).abs().max().item() for p, q in zip(path, perturbed))
            runs.append(
                {
                    "optimizer": f"adafactor_{name}",
                    "problem": problem,
                    "hyperparameters": hyperparameters,
                    "clipped_steps": clipped,
                    "max_change_if_each_gradient_taken_1e-15_away": change,
                    "suggested_tolerance": max(1e-12, 10 * change),
                    "params": [p.flatten().tolist() for p in path],
                }
            )
    problems = {
        name: text | {"shape": list(start.shape), "start": start.flatten().tolist()}
        for name, (text, start, _) in PROBLEMS.items()
    }
    file = {
        "kind": "Adafactor: matrices (factored second moment) and vectors (not factored)",
        "source": f"torch.optim.Adafactor {torch.__version__}, float64, CPU, foreach=False; made by "
        "make_adafactor.py",
        "how_to_read": "params[t] are the parameters after t steps, row-major, params[0] the start. "
        "Hyperparameters that are not given have torch's defaults: beta2_decay -0.8, eps (None, 1e-3), "
        "d 1, weight_decay 0; eps[0] None is the machine epsilon 2.220446049250313e-16. torch's "
        "constructor refuses d < 1; it was set afterwards. clipped_steps: in how many steps RMS(U) > d. "
        "Compare with |a-b| <= suggested_tolerance * max(1, |b|).",
        "formula": "t=1,2,...; G gradient at W; alpha=max(eps2,RMS(W))*min(lr,1/sqrt(t)); "
        "W=W*(1-lr*weight_decay); s=t^beta2_decay; matrix: R=R+s*(rowmeans(G^2)-R), "
        "C=C+s*(colmeans(G^2)-C), V=R C/max(mean(R),eps1); vector: V=V+s*(G^2-V); R,C,V start at 0; "
        "U=G/sqrt(max(V,eps1^2)); W=W-alpha*U/max(1,RMS(U)/d)",
        "problems": problems,
        "runs": runs,
    }
    Path(__file__).with_name("adafactor.json").write_text(json.dumps(file) + "\n")


if __name__ == "__main__":
    main()

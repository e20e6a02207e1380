"""The run: Weft first, which says whether there is a GPU, then the peers; a table and a JSON file."""

import datetime
import json
import subprocess

import numpy as np
from weft_peers import formulas

from . import peers

NO_GPU = 3
WORKLOADS = {
    "add": "x + y", "exp_sin": "exp(-x²)·sin(y) + 1", "poly8": "polynomial of degree 8",
    "sum_sqrt": "sum(sqrt(x² + y²))", "sum": "sum(x)", "matmul": "matrix product",
}
# Elements read and written for each element of x.
TRAFFIC = {"add": 3, "exp_sin": 3, "poly8": 2, "sum_sqrt": 2, "sum": 1}
DTYPES = ("float64", "float32")


def weft(options, here):
    """What Weft measures by itself, or the line that says why it did not."""
    words = [str(value) for value in (options.n, options.side, options.repeat)]
    done = subprocess.run([here / "measure", *words], capture_output=True, text=True)
    lines = [line for line in done.stdout.splitlines() if line.strip()]
    if done.returncode == NO_GPU:
        return None, lines[-1] if lines else "not run: no GPU that can be used"
    if done.returncode != 0:
        raise SystemExit(f"compare: Weft failed:\n{done.stdout}{done.stderr[-2000:]}")
    title = next((line for line in lines if line.startswith("gpu: ")), "gpu: unknown")
    pairs = (line.split() for line in lines)
    return {name: float(value) for name, value in
            (pair for pair in pairs if len(pair) == 2 and pair[0] != "gpu:")}, title


def inputs(workload, dtype, options, rng):
    """Arrays of the host for a workload, in the ranges of bench/peers."""
    if workload == "matmul":
        shape = (options.side, options.side)
        return {name: rng.uniform(-1, 1, shape).astype(dtype) for name in ("a0", "b0")}
    arrays = {"x": rng.uniform(-1, 2, options.n).astype(dtype)}
    if workload not in ("poly8", "sum"):
        arrays["y"] = rng.uniform(0, 2, options.n).astype(dtype)
    return arrays


def of_weft(found, workload, dtype):
    key = f"{workload}.{dtype}"
    return {"status": "ok", "kernel_ms": found["kernel_ms." + key],
            "wall_ms": found.get("wall_ms." + key), "timing": "device events"}


def rows(options, found, systems):
    """One row for each workload and type; all results were checked."""
    rng = np.random.default_rng(20250901)
    for dtype in DTYPES:
        for workload, title in WORKLOADS.items():
            arrays = inputs(workload, dtype, options, rng)
            name = "matmul_0" if workload == "matmul" else workload
            wide = {key: array.astype(np.float64) for key, array in arrays.items()}
            expected = np.asarray(formulas.compute(np, name, wide)[0])
            cells = {"weft": of_weft(found, workload, dtype)}
            for system in systems:
                try:
                    cells[system.name] = peers.measure(
                        system, name, arrays, expected, options.repeat)
                except Exception as reason:  # a peer's failure is a cell, not the end
                    cells[system.name] = {"status": f"{type(reason).__name__}: {reason}"[:200]}
            yield {"workload": workload, "title": title, "dtype": dtype, "cells": cells}


def cell(value, which):
    if value["status"] != "ok":
        return value["status"].split(":")[0]
    return "-" if value[which] is None else f"{value[which]:.3g}"


def table(report):
    names = ["weft", *report["systems"]]
    lines = [f"# Weft and others on one GPU, {report['date']}", "", report["gpu"], "",
             f"{report['n']:,} elements, matrices of {report['side']} by {report['side']}; "
             f"medians of {report['repeat']}, milliseconds; results checked.", ""]
    for which, title in (
            ("kernel_ms", "Kernels, arrays on the GPU (device events; JAX: wall clock)"),
            ("wall_ms", "From arrays of the host to a result there")):
        lines += [f"## {title}", "", "| workload | type | " + " | ".join(names) + " |",
                  "|---|---|" + "---:|" * len(names)]
        for row in report["rows"]:
            cells = " | ".join(cell(row["cells"][name], which) for name in names)
            lines.append(f"| {row['title']} | {row['dtype']} | {cells} |")
        lines.append("")
    lines += ["## Weft alone", "", "| what | value |", "|---|---:|"]
    lines += [f"| {name} | {value:.4g} |" for name, value in report["weft"].items()]
    lines += ["", *(f"{name}: not run: {why}" for name, why in report["absent"].items()), ""]
    return "\n".join(lines)


def main(options, here):
    found, title = weft(options, here)
    if found is None:
        print(title)
        return 0
    print(title)
    systems, absent = peers.available()
    for name, why in absent.items():
        print(f"{name}: not run: {why}")
    report = {
        "date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC"),
        "gpu": title, "n": options.n, "side": options.side, "repeat": options.repeat,
        "systems": {system.name: system.version for system in systems}, "absent": absent,
        "weft": found, "rows": list(rows(options, found, systems)),
    }
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "gpu.json").write_text(json.dumps(report, indent=1))
    (options.out / "gpu.md").write_text(table(report))
    print(table(report))
    wrong = [(row["workload"], row["dtype"], name) for row in report["rows"]
             for name, value in row["cells"].items() if value["status"] == "wrong"]
    for one in wrong:
        print("wrong result:", *one)
    return 1 if wrong else 0

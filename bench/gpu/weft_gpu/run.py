"""The run: Weft first, which says whether there is a GPU, then all systems workload by workload.

Each row is printed and kept as it comes; when the time is over the rest is left out, and named.
"""

import datetime
import os
import tempfile
import zlib
from pathlib import Path

import numpy as np
from weft_peers import catalogue
from weft_peers.inputs import RANGES, SEED, shape_of

from . import check, report
from .budget import Budget, ResultFile
from .lines import TookTooLong
from .peer import Peer, save
from .weft import Worker, measure

PEERS = ("cupy", "jax", "torch")

# Where the same workload also runs in a session: the cores alone, and both together.
MIXED = ("cpu", "cpu+cuda")


def inputs(workload, dtype, n):
    """Arrays of the host, the same on every machine and as in bench/peers."""
    arrays = {}
    for name in workload.inputs:
        rng = np.random.default_rng([SEED, zlib.crc32(name.encode())])
        low, high = RANGES.get(name, (-1.0, 1.0))
        arrays[name] = rng.uniform(low, high, shape_of(name, n)).astype(dtype)
    return arrays


def of_weft(worker, workload, dtype, options, arrays, expected, found, seconds):
    """A cell of Weft; a single kernel was timed by the device's events before."""
    try:
        said, results = worker.run(
            workload.name, dtype, options.n, options.repeat, arrays, seconds)
    except TookTooLong as late:
        return {"status": "too long", "reason": str(late)}
    except Exception as reason:  # a failure of one workload is a cell, not the end
        return {"status": "error", "reason": f"{type(reason).__name__}: {reason}"[:300]}
    wrong = check.disagreement(workload, dtype, options.n, results, expected)
    if wrong:
        return {"status": "wrong", "reason": wrong}
    cell = {"status": "ok", "timing": "events of tasks",
            **{name: float(said[name]) for name in (
                "kernel_ms", "call_ms", "wall_ms", "tasks", "tasks_elsewhere",
                "bytes_in", "bytes_out")}}
    name = "matmul" if workload.name.startswith("matmul") else workload.name
    by_device = found.get(f"kernel_ms.{name}.{dtype}")
    if by_device is not None:
        cell |= {"tasks_ms": cell["kernel_ms"], "kernel_ms": by_device, "timing": "device events"}
    return cell


def cells_of(workload, dtype, options, found, workers, systems, budget):
    """The cells of a row, each printed as it comes; and how many elements its main input has."""
    arrays = inputs(workload, dtype, options.n)
    expected = check.expected(workload, arrays)
    save(options.folder, arrays, expected)
    cells = {}
    print(f"  {workload.name} {dtype}:", end="", flush=True)
    for name in [*workers, *systems]:
        if not budget.has_time(f"{workload.name} {dtype}, {name}"):
            cells[name] = {"status": "not run", "reason": "no time was left"}
        elif name in workers:
            cells[name] = of_weft(
                workers[name], workload, dtype, options, arrays, expected, found, budget.part())
        else:
            cells[name] = systems[name].measure(
                workload, dtype, options.n, options.repeat, budget.part())
        print(f" {name} {report.cell(cells[name], 'kernel_ms')}", end="", flush=True)
    print(flush=True)
    return cells, (next(iter(arrays.values())).size if arrays else options.n)


def rows(options, found, workers, systems, budget):
    """One row for each workload and type; all results were checked."""
    for workload in catalogue.workloads((options.side,)):
        for dtype in catalogue.DTYPES:
            if options.only and workload.name not in options.only:
                continue
            if not budget.has_time(f"{workload.name} {dtype}"):
                continue
            cells, elements = cells_of(
                workload, dtype, options, found, workers, systems, budget)
            yield {"workload": workload.name, "title": workload.title, "dtype": dtype,
                   "memory_bound": workload.memory_bound, "flops": workload.flops,
                   "bytes": catalogue.minimum_bytes(
                       workload, elements, np.dtype(dtype).itemsize), "cells": cells}


def available(options, budget):
    """The peers that can be used, what they say of themselves, and for the others why not."""
    systems, said, absent = {}, {}, {}
    for name in PEERS:
        peer = Peer(name, options.rehearse, options.folder)
        answer = peer.ask({"n": options.n, "repeat": options.repeat}, budget.part())
        if answer["status"] == "ok":
            systems[name], said[name] = peer, answer
        else:
            absent[name] = answer["reason"]
            peer.close()
            print(f"{name}: not run: {answer['reason']}", flush=True)
    return systems, said, absent


def run(options, here, found, title, budget, keep):
    """Everything but Weft's own measurements, as one document; `keep` has it after each row."""
    systems, said, absent = available(options, budget)
    devices = {"weft": "cpu"} if options.rehearse else {
        "weft": "cuda", **{f"weft {device}": device for device in MIXED}}
    workers = {name: Worker(here, device) for name, device in devices.items()}
    document = {
        "date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC"),
        "gpu": title, "n": options.n, "side": options.side, "repeat": options.repeat,
        "cores": os.cpu_count(),
        "systems": {name: answer["version"] for name, answer in said.items()}, "absent": absent,
        "copy_gb_per_s": {name: answer["copy_gb_per_s"] for name, answer in said.items()},
        "weft": found, "rows": [], "left_out": budget.left_out,
    }
    keep(document, False)
    try:
        for row in rows(options, found, workers, systems, budget):
            document["rows"].append(row)
            keep(document, False)
    finally:
        for process in [*workers.values(), *systems.values()]:
            process.close()
    keep(document, True)
    return document


def main(options, here):
    """The exit code: 1 where a result was wrong or Weft failed."""
    budget = Budget(options.minutes)
    if options.rehearse:
        found, title = {}, "a rehearsal on the CPU: the times mean nothing"
    else:
        found, title = measure(options, here, budget.part())
    print(title, flush=True)
    if found is None:
        return 0
    name = "gpu-partial" if options.only else "gpu"
    file = ResultFile(options.out / f"{name}.json")

    def keep(document, complete):
        if not options.rehearse:
            file.write(document, complete and not budget.left_out)
    with tempfile.TemporaryDirectory(prefix="weft-gpu-peers-") as folder:
        options.folder = Path(folder)
        document = run(options, here, found, title, budget, keep)
    text = report.markdown(document)
    print(text)
    if not options.rehearse:
        (options.out / f"{name}.md").write_text(text)
    bad = [(row["workload"], row["dtype"], name, cell) for row in document["rows"]
           for name, cell in row["cells"].items()
           if cell["status"] == "wrong" or cell["status"] == "error" and name.startswith("weft")]
    for workload, dtype, name, cell in bad:
        print(f"{cell['status']}: {name}, {workload} {dtype}: {cell['reason']}")
    return 1 if bad else 0

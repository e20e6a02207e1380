"""The run: Weft first, which says whether there is a GPU, then all systems workload by workload."""

import datetime
import json
import os
import zlib

import numpy as np
from weft_peers import catalogue
from weft_peers.inputs import RANGES, SEED, shape_of

from . import check, peers, report
from .weft import Worker, measure

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


def of_weft(worker, workload, dtype, options, arrays, expected, found):
    """A cell of Weft; a single kernel was timed by the device's events before."""
    try:
        said, results = worker.run(
            workload.name, dtype, options.n, options.repeat, arrays)
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


def of_peer(system, workload, dtype, options, arrays, expected):
    try:
        return peers.measure(
            system, workload, dtype, options.n, arrays, expected, options.repeat)
    except Exception as reason:  # a peer's failure is a cell, not the end
        system.release()
        return {"status": "error", "reason": f"{type(reason).__name__}: {reason}"[:300]}


def rows(options, found, workers, systems):
    """One row for each workload and type; all results were checked."""
    for dtype in catalogue.DTYPES:
        for workload in catalogue.workloads((options.side,)):
            if options.only and workload.name not in options.only:
                continue
            arrays = inputs(workload, dtype, options.n)
            expected = check.expected(workload, arrays)
            cells = {name: of_weft(worker, workload, dtype, options, arrays, expected, found)
                     for name, worker in workers.items()}
            for system in systems:
                cells[system.name] = of_peer(system, workload, dtype, options, arrays, expected)
            elements = (next(iter(arrays.values())).size if arrays else options.n)
            itemsize = np.dtype(dtype).itemsize
            print(f"  {workload.name} {dtype}: " + ", ".join(
                f"{name} {report.cell(cell, 'kernel_ms')}" for name, cell in cells.items()),
                flush=True)
            yield {"workload": workload.name, "title": workload.title, "dtype": dtype,
                   "memory_bound": workload.memory_bound, "flops": workload.flops,
                   "bytes": catalogue.minimum_bytes(workload, elements, itemsize), "cells": cells}


def run(options, here, found, title):
    """Everything but Weft's own measurements, as one document."""
    systems, absent = peers.available(options.rehearse)
    for name, why in absent.items():
        print(f"{name}: not run: {why}")
    copies = {system.name: peers.copy_gb_per_s(system, np.zeros(options.n), options.repeat)
              for system in systems}
    devices = {"weft": "cpu"} if options.rehearse else {
        "weft": "cuda", **{f"weft {device}": device for device in MIXED}}
    workers = {name: Worker(here, device) for name, device in devices.items()}
    try:
        document = {
            "date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC"),
            "gpu": title, "n": options.n, "side": options.side, "repeat": options.repeat,
            "cores": os.cpu_count(),
            "systems": {system.name: system.version for system in systems}, "absent": absent,
            "copy_gb_per_s": copies, "weft": found,
            "rows": list(rows(options, found, workers, systems)),
        }
    finally:
        for worker in workers.values():
            worker.close()
    return document


def main(options, here):
    """The exit code: 1 where a result was wrong or Weft failed."""
    if options.rehearse:
        found, title = {}, "a rehearsal on the CPU: the times mean nothing"
    else:
        found, title = measure(options, here)
    print(title)
    if found is None:
        return 0
    document = run(options, here, found, title)
    text = report.markdown(document)
    print(text)
    if not options.rehearse:
        options.out.mkdir(parents=True, exist_ok=True)
        name = "gpu-partial" if options.only else "gpu"
        (options.out / f"{name}.json").write_text(json.dumps(document, indent=1) + "\n")
        (options.out / f"{name}.md").write_text(text)
    bad = [(row["workload"], row["dtype"], name, cell) for row in document["rows"]
           for name, cell in row["cells"].items()
           if cell["status"] == "wrong" or cell["status"] != "ok" and name.startswith("weft")]
    for workload, dtype, name, cell in bad:
        print(f"{cell['status']}: {name}, {workload} {dtype}: {cell['reason']}")
    return 1 if bad else 0

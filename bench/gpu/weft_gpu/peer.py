"""One peer in a process of its own, so that its compiler and its memory are its own too.

python -m weft_gpu.peer NAME [--rehearse] answers requests, a JSON object in each line:
{"folder": F} with a copy bandwidth, and measurements as `Peer.measure` makes them.
"""

import json
import os
import sys
from pathlib import Path

import numpy as np

from .lines import Ended, LineProcess, TookTooLong


class Peer:
    """The side of the process that asks."""

    def __init__(self, name, rehearse, folder):
        self.name = name
        self.folder = folder
        paths = os.pathsep.join([*sys.path[:2], os.environ.get("PYTHONPATH", "")])
        self.process = LineProcess(
            [sys.executable, "-B", "-m", "weft_gpu.peer", name, *(["--rehearse"] if rehearse else [])],
            {**os.environ, "PYTHONPATH": paths})

    def ask(self, request, seconds):
        """The answer, or why there is none."""
        try:
            self.process.send(json.dumps(request))
            return json.loads(self.process.answer(seconds))
        except TookTooLong as late:
            return {"status": "too long", "reason": str(late)}
        except Ended as end:
            return {"status": "error", "reason": str(end)}

    def measure(self, workload, dtype, n, repeat, seconds):
        """A cell: the inputs and NumPy's results lie in the folder."""
        return self.ask({"workload": workload.name, "dtype": dtype, "n": n, "repeat": repeat,
                         "folder": str(self.folder)}, seconds)

    def close(self):
        self.process.close()


def save(folder, inputs, expected):
    """What all peers read: the inputs, and what NumPy makes of them."""
    for file in folder.glob("*.npy"):
        file.unlink()
    for name, array in inputs.items():
        np.save(folder / f"in-{name}.npy", array)
    for i, array in enumerate(expected or []):
        np.save(folder / f"out-{i}.npy", array)


def read(folder):
    inputs = {file.stem.removeprefix("in-"): np.load(file) for file in folder.glob("in-*.npy")}
    outputs = sorted(folder.glob("out-*.npy"))
    return inputs, [np.load(file) for file in outputs] or None


def answer(system, request, workloads):
    from . import peers
    if "workload" not in request:
        source = np.zeros(request["n"])
        return {"status": "ok", "version": system.version,
                "copy_gb_per_s": peers.copy_gb_per_s(system, source, request["repeat"])}
    inputs, expected = read(Path(request["folder"]))
    try:
        return peers.measure(system, workloads[request["workload"]], request["dtype"], request["n"],
                             inputs, expected, request["repeat"])
    except Exception as reason:  # a peer's failure is a cell, not the end
        system.release()
        return {"status": "error", "reason": f"{type(reason).__name__}: {reason}"[:300]}


def serve(name, rehearse):
    """Answers go to the real standard output; what libraries print goes to the log."""
    out = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)
    from . import peers
    from weft_peers import catalogue
    try:
        system = peers.open_system(name, rehearse)
    except Exception as reason:  # a driver's error has a type of its own in each system
        kind = "cannot be imported" if isinstance(reason, ImportError) else type(reason).__name__
        for _ in sys.stdin:
            print(json.dumps({"status": "absent", "reason": f"{kind}: {reason}"}), file=out)
        return
    for line in sys.stdin:
        request = json.loads(line)
        sides = (int(request["workload"].rpartition("_")[2]),) if request.get(
            "workload", "").startswith("matmul_") else ()
        workloads = {workload.name: workload for workload in catalogue.workloads(sides)}
        print(json.dumps(answer(system, request, workloads)), file=out)


if __name__ == "__main__":
    serve(sys.argv[1], "--rehearse" in sys.argv[2:])

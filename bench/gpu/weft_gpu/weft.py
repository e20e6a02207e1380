"""Weft's side: what it measures below the session, and its workers, one for each choice of devices."""

import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np

from .lines import LineProcess

NO_GPU = 3


class WeftFailure(Exception):
    """Weft could not run a workload; the message is its own."""


def measure(options, here, seconds):
    """What Weft measures of launches, copies and single kernels, or the line that says why not."""
    words = [str(value) for value in (options.n, options.side, options.repeat)]
    with tempfile.TemporaryFile(mode="w+") as out, tempfile.TemporaryFile(mode="w+") as log:
        process = subprocess.Popen([here / "measure", *words], stdout=out, stderr=log)
        late = False
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            # What it has printed so far counts.
            late = True
            process.kill()
            process.wait()
            print(f"  Weft alone: ended after {seconds:.0f} s; what it had measured is kept")
        out.seek(0)
        log.seek(0)
        said, errors = out.read(), log.read()
    lines = [line for line in said.splitlines() if line.strip()]
    if process.returncode == NO_GPU:
        return None, lines[-1] if lines else "not run: no GPU that can be used"
    if process.returncode != 0 and not late:
        raise SystemExit(f"compare: Weft failed:\n{said}{errors[-2000:]}")
    title = next((line for line in lines if line.startswith("gpu: ")), "gpu: unknown")
    pairs = (line.split() for line in lines)
    return {name: float(value) for name, value in
            (pair for pair in pairs if len(pair) == 2 and pair[0] != "gpu:")}, title


class Worker:
    """Weft in a process of its own, on devices such as cuda or cpu+cuda."""

    def __init__(self, here, device):
        self.device = device
        self.folder = tempfile.TemporaryDirectory(prefix="weft-gpu-")
        self.process = LineProcess([here / "worker", device])

    def run(self, workload, dtype, n, repeat, inputs, seconds):
        """What Weft says of a workload, and its results as arrays."""
        folder = Path(self.folder.name)
        for name, array in inputs.items():
            array.tofile(folder / f"{name}.bin")
        shapes = (f"{name}={','.join(map(str, a.shape))}" for name, a in inputs.items())
        try:
            self.process.send(" ".join([workload, dtype, str(n), str(repeat), str(folder), *shapes]))
            found = self._answer(time.monotonic() + seconds)
            return found, self._results(folder, found)
        finally:
            for file in folder.glob("*.bin"):
                file.unlink()

    def _answer(self, end):
        found = {}
        while True:
            name, _, value = self.process.answer(max(0.0, end - time.monotonic())).partition(" ")
            if name == "done":
                return found
            if name == "error":
                raise WeftFailure(value)
            found[name] = value

    @staticmethod
    def _results(folder, found):
        results = []
        while f"shape{len(results)}" in found:
            i = len(results)
            shape = [int(extent) for extent in found[f"shape{i}"].strip("()").split(",") if extent]
            results.append(np.fromfile(folder / f"out{i}.bin", found[f"dtype{i}"]).reshape(shape))
        drawn = folder / "drawn.bin"
        if drawn.exists():
            numbers = np.fromfile(drawn, found["dtype0"])
            results.append(np.asarray(numbers.var(dtype=np.float64)))
        return results

    def close(self):
        self.process.close()
        self.folder.cleanup()

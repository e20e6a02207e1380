"""Weft's side: what it measures below the session, and its workers, one for each choice of devices."""

import subprocess
import tempfile
from pathlib import Path

import numpy as np

NO_GPU = 3


class WeftFailure(Exception):
    """Weft could not run a workload; the message is its own."""


def measure(options, here):
    """What Weft measures of launches, copies and single kernels, or the line that says why not."""
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


class Worker:
    """Weft in a process of its own, on devices such as cuda or cpu+cuda."""

    def __init__(self, here, device):
        self.device = device
        self.folder = tempfile.TemporaryDirectory(prefix="weft-gpu-")
        self.log = tempfile.TemporaryFile(mode="w+")
        self.process = subprocess.Popen(
            [here / "worker", device], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=self.log, text=True, bufsize=1)

    def run(self, workload, dtype, n, repeat, inputs):
        """What Weft says of a workload, and its results as arrays."""
        folder = Path(self.folder.name)
        for name, array in inputs.items():
            array.tofile(folder / f"{name}.bin")
        shapes = (f"{name}={','.join(map(str, a.shape))}" for name, a in inputs.items())
        try:
            self.process.stdin.write(
                " ".join([workload, dtype, str(n), str(repeat), str(folder), *shapes]) + "\n")
            found = self._answer()
            return found, self._results(folder, found)
        finally:
            for file in folder.glob("*.bin"):
                file.unlink()

    def _answer(self):
        found = {}
        for line in self.process.stdout:
            name, _, value = line.strip().partition(" ")
            if name == "done":
                return found
            if name == "error":
                raise WeftFailure(value)
            found[name] = value
        self.log.seek(0)
        raise WeftFailure(f"the worker ended: {self.log.read()[-500:]}")

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
        self.process.stdin.close()
        self.process.wait(60)
        self.folder.cleanup()

"""Input files and reference digests, made once per size and kept in the work folder."""

import json
import math
import os
import zlib
from pathlib import Path

import numpy as np

from . import digest, files, formulas

SEED = 20250901
FORMAT = 1  # raise when ranges, formulas or the digest change: old folders are then left alone

RANGES = {
    "x": (-1.0, 2.0), "y": (0.0, 2.0),
    "s": (20.0, 80.0), "k": (20.0, 80.0), "t": (0.25, 4.0),
    "m": (-2.0, 4.0), "q": (-1.0, 3.0),
}


def shape_of(name, n):
    """Shape of an input: vectors of n, table m of about n with 4:5 sides, square q, matrices aN and bN."""
    if name == "m":
        rows = math.isqrt(4 * n // 5)
        return rows, n // rows
    if name == "q":
        side = math.isqrt(n)
        return side, side
    if name in ("left", "right"):
        return 64, 256, 256
    if name == "signal":
        return 1 << 22, 2
    if name[0] in "ab":
        return int(name[1:]), int(name[1:])
    return (n,)


class Inputs:
    """The .npy files for one n; written on first use, the same on every machine."""

    def __init__(self, work, n):
        self.n = n
        self.folder = Path(work) / f"v{FORMAT}-n{n}"
        self.folder.mkdir(parents=True, exist_ok=True)

    def path(self, name, dtype):
        path = self.folder / f"{name}-{dtype}.npy"
        if not path.exists():
            # Each array has its own seed, so a file does not depend on which were made before it.
            rng = np.random.default_rng([SEED, zlib.crc32(name.encode())])
            low, high = RANGES.get(name, (-1.0, 1.0))
            a = rng.uniform(low, high, shape_of(name, self.n)).astype(dtype)
            write_whole(path, lambda f: np.save(f, a), "wb")
        return str(path)

    def files(self, workload, dtype):
        """The files of a workload that reads its inputs anew in each call."""
        return {name: files.path(self.folder, workload.files, name, dtype, self.n)
                for name in workload.inputs}

    def elements(self, workload):
        """Elements of the workload's main input, or of what it draws."""
        if not workload.inputs:
            return self.n
        return math.prod(shape_of(workload.inputs[0], self.n))

    def _array(self, workload, name, dtype):
        if workload.files:
            return files.values(name, dtype, self.n)
        return np.load(self.path(name, dtype))

    def reference(self, workload, dtype):
        """The digest of the result computed by NumPy in float64 from the same inputs."""
        path = self.folder / f"{workload.name}-{dtype}.digest.json"
        if not path.exists():
            arrays = {name: self._array(workload, name, dtype).astype(np.float64)
                      for name in workload.inputs}
            with np.errstate(all="ignore"):
                results = formulas.compute(
                    np, "sum_sqrt" if workload.files else workload.name, arrays)
            text = json.dumps(digest.digest(results))
            write_whole(path, lambda f: f.write(text), "w")
        return json.loads(path.read_text())


def write_whole(path, write, mode):
    """Writes beside the path and renames, so that an interrupted run leaves no half file."""
    part = path.with_name(path.name + f".{os.getpid()}.part")
    with open(part, mode) as f:
        write(f)
    part.replace(path)

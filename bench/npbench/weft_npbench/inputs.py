"""Input files and reference digests of one program at one size, kept in the work folder."""

import json
import zlib
from pathlib import Path

import numpy as np
from weft_peers import digest
from weft_peers.inputs import SEED, write_whole

from . import numpy_programs

FORMAT = 1  # raise when ranges, formulas or the digest change: old folders are then left alone


class Inputs:
    """What `weft_peers.run` asks of inputs, for one program. The workers get the length of a loop as `n`."""

    def __init__(self, work, program):
        self.program, self.n = program, program.steps
        self.folder = Path(work) / f"v{FORMAT}" / f"{program.name}-{program.size}-{program.steps}"
        self.folder.mkdir(parents=True, exist_ok=True)

    def path(self, name, dtype):
        path = self.folder / f"{name}-{dtype}.npy"
        if not path.exists():
            a = array(self.program, name)
            write_whole(path, lambda f: np.save(f, a), "wb")
        return str(path)

    def reference(self, program, dtype):
        """The digest of NumPy's result, in float64 from the same inputs."""
        path = self.folder / f"{dtype}.digest.json"
        if not path.exists():
            arrays = {name: np.load(self.path(name, dtype)).astype(np.float64) for name in program.inputs}
            text = json.dumps(digest.digest(numpy_programs.run(program.name, arrays, program.steps)))
            write_whole(path, lambda f: f.write(text), "w")
        return json.loads(path.read_text())


def array(program, name):
    """An input: seeded uniform numbers of its range, rounded to the program's type."""
    rng = np.random.default_rng([SEED, zlib.crc32(f"{program.name}/{name}".encode())])
    a = rng.uniform(*program.ranges.get(name, (0.0, 1.0)), program.shapes(program.size)[name])
    if name in program.dominant:
        a = (a + a.T) / 2
        a[np.diag_indices(program.size)] += program.size
    return a.astype(program.dtype)

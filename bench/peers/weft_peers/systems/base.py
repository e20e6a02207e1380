"""What a Python peer must offer to the worker."""

import numpy as np

from .. import formulas


class Unsupported(Exception):
    """The system cannot express the workload; the message says why."""


class Peer:
    """A system under test. Arrays loaded are plain NumPy until `adopt` turns them into its own."""

    name = ""

    def __init__(self, threads):
        self.threads = threads
        self.arrays = {}
        self.files = {}

    def info(self):
        """Versions and settings, as a flat dict of strings and numbers."""
        raise NotImplementedError

    def adopt(self, array):
        """Turns a NumPy array into what the system computes on. Not timed."""
        return array

    def load(self, arrays):
        self.arrays.update((name, self.adopt(a)) for name, a in arrays.items())

    def unload(self):
        self.arrays.clear()
        self.files.clear()

    def prepare(self, workload, dtype, n):
        """The ways to run the workload: a dict of variant name to a function that computes it in
        full and returns a tuple of results. The fastest variant counts. Not timed."""
        raise NotImplementedError

    def prepare_files(self, kind, dtype):
        """The ways to compute sum(sqrt(x² + y²)) from files of a format, each opening them anew."""
        raise Unsupported("does not read files")

    def draw(self, workload, dtype, n):
        """n random numbers, drawn as the random workloads draw them, as a NumPy array."""
        raise NotImplementedError

    def to_numpy(self, results):
        return tuple(np.asarray(r) for r in results)

    def plain(self, xp, workload):
        """The shared formula on this system's arrays."""
        arrays = self.arrays
        return lambda: formulas.compute(xp, workload, arrays)

"""Numba: compiled loops on all threads."""

import inspect

import numba
from weft_peers.systems.base import Peer

from ..numba_programs import program


class NumbaPeer(Peer):
    name = "numba"

    def __init__(self, threads):
        super().__init__(threads)
        numba.set_num_threads(threads)

    def info(self):
        return {"numba": numba.__version__, "threads": numba.get_num_threads()}

    def prepare(self, workload, dtype, n):
        compiled = program(workload)
        arguments = list(self.arrays.values())
        if "steps" in inspect.signature(compiled.py_func).parameters:
            arguments.append(n)
        return {"njit": lambda: compiled(*arguments)}


PEER = NumbaPeer

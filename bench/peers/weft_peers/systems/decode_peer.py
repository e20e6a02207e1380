"""No system: the files' bytes are read and decompressed by as many threads, and nothing more.

What a job over the same files cannot be faster than with the same codecs.
"""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numcodecs
import numpy as np

from .. import files
from .base import Peer, Unsupported

PART = 2 << 20  # bytes


class DecodePeer(Peer):
    name = "decode"

    def __init__(self, threads):
        super().__init__(threads)
        self.pool = ThreadPoolExecutor(threads)
        numcodecs.blosc.use_threads = False

    def info(self):
        return {"numcodecs": numcodecs.__version__, "threads": self.threads}

    def prepare(self, workload, dtype, n):
        raise Unsupported("reads files")

    def prepare_files(self, kind, dtype):
        run = {"npy": self._plain, "netcdf": self._plain, "zarr_zstd": self._zarr,
               "zarr_blosc": self._zarr, "hdf5": self._hdf5}[kind]
        return {"read": lambda: (np.float64(sum(run(self.files[name]) for name in "xy")),)}

    def _all(self, part, items):
        return sum(self.pool.map(part, items))

    def _plain(self, path):
        def part(start):
            with open(path, "rb", buffering=0) as f:
                f.seek(start)
                return f.readinto(bytearray(PART))
        return self._all(part, range(0, Path(path).stat().st_size, PART))

    def _zarr(self, path):
        codec = numcodecs.get_codec(json.loads((Path(path) / ".zarray").read_text())["compressor"])

        def part(file):
            return len(memoryview(codec.decode(file.read_bytes())).cast("B"))
        return self._all(part, [f for f in Path(path).iterdir() if not f.name.startswith(".")])

    def _hdf5(self, path):
        import h5py
        with h5py.File(path) as f:
            data = f["data"].id
            places = [data.get_chunk_info(i) for i in range(data.get_num_chunks())]
            size = f["data"].dtype.itemsize
        inflate, shuffle = numcodecs.Zlib(), numcodecs.Shuffle(size)

        def part(place):
            with open(path, "rb", buffering=0) as f:
                f.seek(place.byte_offset)
                return len(memoryview(shuffle.decode(inflate.decode(f.read(place.size)))).cast("B"))
        return self._all(part, places)


PEER = DecodePeer

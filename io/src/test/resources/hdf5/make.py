"""Makes the HDF5 files beside it with h5py, and in expected/ what h5py reads from them.

    pip install h5py numpy
    python make.py
"""

import pathlib

import h5py
import numpy as np

HERE = pathlib.Path(__file__).parent
EXPECTED = HERE / "expected"
KINDS = ["i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f4", "f8", "c8", "c16"]


def pattern(shape, dtype):
    """Different values, the extremes of the type among them."""
    dtype = np.dtype(dtype)
    count = int(np.prod(shape))
    values = (np.arange(count) * 7 - 3).astype(np.float64)
    if dtype.kind in "iu":
        info = np.iinfo(dtype)
        out = (np.arange(count, dtype=np.int64) * 7 % 100).astype(dtype)
        if count > 1:
            out[0], out[-1] = info.min, info.max
    elif dtype.kind == "c":
        out = (values + 1j * values[::-1] / 8).astype(dtype)
    else:
        out = (values / 4).astype(dtype)
        if count > 2:
            out[1], out[2] = np.nan, -np.inf
    return out.reshape(shape)


def save(file):
    """Writes what h5py reads of every dataset, in native byte order."""
    stem = pathlib.Path(file).stem

    def visit(name, node):
        if isinstance(node, h5py.Dataset):
            try:
                value = node[...]
            except OSError:
                return
            if isinstance(value, np.ndarray) and value.dtype.kind in "biufc" and value.dtype != np.float16:
                name = name.replace("/", "__")
                np.save(EXPECTED / f"{stem}__{name}.npy", value.astype(value.dtype.newbyteorder("=")))

    with h5py.File(HERE / file) as f:
        f.visititems(visit)


def types():
    with h5py.File(HERE / "types.h5", "w") as f:
        for kind in KINDS:
            for order, mark in (("le", "<"), ("be", ">")):
                f[f"{kind}-{order}"] = pattern((2, 3), mark + kind)
        f["bool"] = np.array([[True, False], [False, True]])
        f["scalar"] = np.float64(2.5)
        f["empty"] = np.zeros((3, 0, 2), "f4")
        f.create_dataset("enum", data=[0, 2, 1], dtype=h5py.enum_dtype({"A": 0, "B": 1, "C": 2}, "i4"))
    save("types.h5")


def chunked(f, name, data, **how):
    return f.create_dataset(name, data=data, chunks=(3, 2, 2), **how)


def layouts(file, libver):
    data = pattern((7, 5, 3), "i4")
    with h5py.File(HERE / file, "w", libver=libver) as f:
        chunked(f, "plain", data)
        chunked(f, "gzip", data, compression="gzip")
        chunked(f, "shuffle", data, compression="gzip", shuffle=True)
        chunked(f, "checksum", data, compression="gzip", shuffle=True, fletcher32=True)
        chunked(f, "odd-checksum", pattern((7, 5, 3), "i1"), fletcher32=True)
        chunked(f, "lzf", np.zeros((7, 5, 3), "f8") + 3, compression="lzf", shuffle=True)
        # What does not become smaller is kept as it is, chunk by chunk.
        mixed = np.zeros((2, 64), "u1")
        mixed[1] = np.frombuffer(np.random.default_rng(1).bytes(64), "u1")
        f.create_dataset("mixed", data=mixed, chunks=(1, 64), compression="lzf")
        chunked(f, "big-endian", pattern((7, 5, 3), ">f8"), compression="gzip", shuffle=True)
        chunked(f, "bool", data % 2 == 0, compression="gzip")
        chunked(f, "complex", pattern((7, 5, 3), "c16"), compression="gzip", shuffle=True)
        f.create_dataset("one-chunk", data=data, chunks=(7, 5, 3), compression="gzip")
        f.create_dataset("one-plain-chunk", data=data, chunks=(7, 5, 3))
        f.create_dataset("grows", data=data, chunks=(3, 2, 2), maxshape=(None, 5, 3))
        f.create_dataset("grows-gzip", data=data, chunks=(3, 2, 2), maxshape=(None, 5, 3), compression="gzip")
        f.create_dataset("grows-both", data=data, chunks=(3, 2, 2), maxshape=(None, None, 3), compression="gzip")
        f.create_dataset("many", data=np.arange(140, dtype="i2"), chunks=(1,))
        sparse = f.create_dataset("sparse", (9, 4), "f4", chunks=(2, 2), fillvalue=-1.5)
        sparse[3, 1:3] = 7
        f.create_dataset("unwritten", (3, 2), "i2", fillvalue=-9)
        f.create_dataset("unwritten-chunks", (3, 2), ">i2", chunks=(2, 2), fillvalue=-9)
        early = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        early.set_chunk((3, 2, 2))
        early.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
        space = h5py.h5s.create_simple((7, 5, 3))
        h5py.Dataset(h5py.h5d.create(f.id, b"early", h5py.h5t.NATIVE_INT32, space, early))[...] = data
        small = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        small.set_layout(h5py.h5d.COMPACT)
        space = h5py.h5s.create_simple((2, 3))
        h5py.Dataset(h5py.h5d.create(f.id, b"compact", h5py.h5t.NATIVE_INT32, space, small))[...] = pattern((2, 3), "i4")
    save(file)


def gap():
    """A list of chunks with a gap, which is not read."""
    with h5py.File(HERE / "gap.h5", "w", libver=("v110", "v110")) as f:
        d = f.create_dataset("x", (8,), "i4", chunks=(1,), maxshape=(None,))
        d[0], d[5] = 1, 2


def groups(file, libver):
    with h5py.File(HERE / file, "w", libver=libver) as f:
        f["a/b/c"] = pattern((4,), "f8")
        f["a/near"] = h5py.SoftLink("b/c")
        f["far"] = h5py.SoftLink("/a/near")
        f["same"] = f["a/b"]
        f["a/b/up"] = f["a"]
        f["round"] = h5py.SoftLink("/square")
        f["square"] = h5py.SoftLink("/round")
        f["nowhere"] = h5py.SoftLink("/not/there")
        f["elsewhere"] = h5py.ExternalLink("other.h5", "/x")
        for i in range(20):
            f[f"many/array{i:02d}"] = np.int32(i)
        f["half"] = np.ones(3, "f2")
        f["text"] = np.array([b"ab", b"c"])
        f["texts"] = np.array(["ab", "c"], dtype=h5py.string_dtype())
        f["record"] = np.zeros(2, [("x", "f4"), ("y", "i4")])
        f["reference"] = np.array([f["a"].ref], dtype=h5py.ref_dtype)
        f["null"] = h5py.Empty("f4")
    save(file)


def unfollowed():
    with h5py.File(HERE / "unfollowed.h5", "w") as f:
        f["here"] = pattern((4,), "f8")
        layout = h5py.VirtualLayout((4,), "f8")
        layout[:] = h5py.VirtualSource("secret.h5", "x", (4,))
        f.create_virtual_dataset("virtual", layout)
        f.create_dataset("outside", (4,), "f8", external=[("secret.bin", 0, 32)])


def user_block():
    with h5py.File(HERE / "user-block.h5", "w", userblock_size=512) as f:
        f.create_dataset("x", data=pattern((4, 5), "f4"), chunks=(2, 2), compression="gzip")
        f["y"] = pattern((3,), "f8")
    save("user-block.h5")


def one():
    with h5py.File(HERE / "one.h5", "w") as f:
        f["group/only"] = pattern((2, 3), "f8")
        f["group/only"].attrs["units"] = "m s-1"
        f["group/only"].attrs["numbers"] = np.array([1.5, 2.5], "f4")
        f["group/only"].attrs["fixed"] = np.bytes_("text")
        for i in range(12):
            f["group/only"].attrs[f"more{i}"] = i
    save("one.h5")


EXPECTED.mkdir(exist_ok=True)
types()
layouts("layouts.h5", "earliest")
layouts("layouts-latest.h5", ("v110", "v110"))
gap()
groups("groups.h5", "earliest")
groups("groups-latest.h5", ("v110", "v110"))
unfollowed()
user_block()
one()

"""Writes small Zarr stores, and what is in them, for the tests of io.

    python3 make_zarr_fixtures.py v2    # with zarr-python 2 and numcodecs (Debian: python3-zarr)
    python3 make_zarr_fixtures.py v3    # with tensorstore (pip install tensorstore)

Each makes v2.zip or v3.zip among the test resources. A store is a folder NAME.zarr in it; beside it NAME.npy holds what
its maker reads from it.
"""

import gzip as gzip_module
import json
import os
import pathlib
import sys
import tempfile
import zipfile

import numpy as np

DTYPES = ["bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64",
          "float32", "float64", "complex64", "complex128"]


def pattern(dtype, shape):
    n = int(np.prod(shape, dtype=np.int64))
    i = np.arange(n, dtype=np.int64)
    dtype = np.dtype(dtype)
    if dtype.kind == "b":
        values = i % 3 == 0
    elif dtype.kind == "c":
        values = (i * 0.5 - 3) + 1j * (i * 0.25)
    elif dtype.kind == "f":
        values = i * 0.5 - 3
    elif dtype.kind == "u":
        values = i * 7
    else:
        values = i * 7 - 40
    return values.astype(dtype).reshape(shape)


def v2(folder):
    import numcodecs
    import zarr

    def write(name, shape, chunks, dtype, part=None, **options):
        path = os.path.join(folder, name + ".zarr")
        array = zarr.open_array(path, mode="w", shape=shape, chunks=chunks, dtype=dtype, **options)
        selection = part if part is not None else Ellipsis
        values = pattern(np.dtype(dtype).newbyteorder("="), shape)
        array[selection] = values[selection]
        read = np.asarray(zarr.open_array(path, mode="r")[...])
        np.save(os.path.join(folder, name + ".npy"), read.astype(read.dtype.newbyteorder("=")))

    for dtype in DTYPES:
        write("v2-" + dtype, (5, 7), (2, 3), dtype, compressor=numcodecs.Zlib(1))
        if np.dtype(dtype).itemsize > 1:
            big = np.dtype(dtype).newbyteorder(">")
            write("v2-big-" + dtype, (5, 7), (3, 4), big, compressor=None)
    for name, codec in {
        "null": None,
        "zlib": numcodecs.Zlib(6),
        "gzip": numcodecs.GZip(5),
        "zstd": numcodecs.Zstd(3),
    }.items():
        write("v2-codec-" + name, (20, 30), (7, 30), "<f8", compressor=codec)
    for cname in ["lz4", "lz4hc", "zstd", "zlib", "blosclz"]:
        for shuffle in [0, 1, 2]:
            codec = numcodecs.Blosc(cname=cname, clevel=5, shuffle=shuffle)
            write("v2-blosc-%s-%d" % (cname, shuffle), (40, 30), (17, 30), "<i4", compressor=codec)
    write("v2-shuffle", (20, 30), (7, 30), "<f4", compressor=numcodecs.Zlib(1), filters=[numcodecs.Shuffle(4)])
    write("v2-fortran", (5, 6, 7), (2, 6, 3), "<f8", order="F", compressor=numcodecs.Zstd(1))
    write("v2-nested", (5, 7), (2, 3), "<f8", dimension_separator="/", compressor=numcodecs.Zlib(1))
    write("v2-scalar", (), (), "<f8", compressor=numcodecs.Zlib(1))
    write("v2-empty", (3, 0, 2), (2, 1, 2), "<f8", compressor=numcodecs.Zlib(1))
    write("v2-beyond", (3, 2), (10, 5), "<i2", compressor=None)
    for name, fill in {"nan": float("nan"), "inf": float("inf"), "minus-inf": float("-inf"), "number": 2.5,
                       "null": None}.items():
        part = (slice(0, 2), slice(0, 3)) if name != "null" else None
        write("v2-fill-" + name, (5, 7), (2, 3), "<f4", fill_value=fill, part=part, compressor=None)
    write("v2-fill-uint64", (5, 7), (2, 3), "<u8", fill_value=2**64 - 1, part=(slice(0, 2), slice(0, 3)))
    write("v2-fill-bool", (5, 7), (2, 3), "|b1", fill_value=True, part=(slice(0, 2), slice(0, 3)))
    write("v2-fill-complex", (5,), (2,), "<c8", fill_value=complex("nan+2j"), part=(slice(0, 2),))

    root = zarr.open_group(os.path.join(folder, "v2-group.zarr"), mode="w")
    root.attrs["title"] = "a group"
    tas = root.create_dataset("surface/tas", data=pattern("float32", (4, 6)), chunks=(2, 6))
    tas.attrs["_ARRAY_DIMENSIONS"] = ["time", "cell"]
    tas.attrs["units"] = "K"
    tas.attrs["valid_range"] = [-1.5, float("nan")]
    root.create_dataset("time", data=np.arange(4).astype("<M8[s]"))
    root.create_dataset("half", data=pattern("float16", (4,)))
    root.create_dataset("packed", data=pattern("int32", (4,)), compressor=numcodecs.BZ2(1))
    zarr.consolidate_metadata(root.store)


def compress(store, codec):
    """Shards that are compressed as a whole, which tensorstore does not write."""
    metadata = pathlib.Path(store, "zarr.json")
    changed = json.loads(metadata.read_text())
    changed["codecs"].append(codec)
    metadata.write_text(json.dumps(changed))
    for path in pathlib.Path(store).rglob("*"):
        if path.is_file() and path != metadata:
            path.write_bytes(gzip_module.compress(path.read_bytes(), mtime=0))


def v3(folder):
    import tensorstore as ts

    bytes_codec = {"name": "bytes", "configuration": {"endian": "little"}}
    big = {"name": "bytes", "configuration": {"endian": "big"}}
    gzip = {"name": "gzip", "configuration": {"level": 5}}
    zstd = {"name": "zstd", "configuration": {"level": 3}}
    crc = {"name": "crc32c"}

    def blosc(cname, shuffle, typesize):
        return {"name": "blosc", "configuration": {
            "cname": cname, "clevel": 5, "shuffle": shuffle, "typesize": typesize, "blocksize": 0}}

    def transpose(*order):
        return {"name": "transpose", "configuration": {"order": list(order)}}

    def shard(inner, codecs, location="end", index=None):
        return {"name": "sharding_indexed", "configuration": {
            "chunk_shape": list(inner), "codecs": codecs, "index_location": location,
            "index_codecs": index or [bytes_codec, crc]}}

    def write(name, shape, chunks, dtype, codecs, part=None, fill=None, keys=None, **more):
        path = os.path.join(folder, name + ".zarr")
        metadata = {"shape": list(shape), "data_type": dtype, "codecs": codecs,
                    "chunk_grid": {"name": "regular", "configuration": {"chunk_shape": list(chunks)}}}
        if fill is not None:
            metadata["fill_value"] = fill
        if keys is not None:
            metadata["chunk_key_encoding"] = keys
        metadata.update(more)
        spec = {"driver": "zarr3", "kvstore": {"driver": "file", "path": path + "/"}, "metadata": metadata,
                "create": True, "delete_existing": True, "store_data_equal_to_fill_value": False}
        array = ts.open(spec).result()
        values = pattern(dtype, shape)
        selection = part if part is not None else ()
        array[selection].write(values[selection]).result()
        read = array.read().result()
        np.save(os.path.join(folder, name + ".npy"), np.asarray(read))

    for dtype in DTYPES:
        little = [{"name": "bytes"}] if np.dtype(dtype).itemsize == 1 else [bytes_codec]
        write("v3-" + dtype, (5, 7), (2, 3), dtype, little + [zstd])
        if np.dtype(dtype).itemsize > 1:
            write("v3-big-" + dtype, (5, 7), (3, 4), dtype, [big])
    for name, codecs in {
        "plain": [bytes_codec],
        "gzip": [bytes_codec, gzip],
        "zstd": [bytes_codec, zstd],
        "crc": [bytes_codec, crc],
        "zstd-crc": [bytes_codec, zstd, crc],
        "gzip-zstd": [bytes_codec, gzip, zstd],
        "transpose": [transpose(1, 0), bytes_codec, zstd],
        "transposes": [transpose(1, 0), transpose(1, 0), bytes_codec],
    }.items():
        write("v3-codec-" + name, (20, 30), (7, 30), "float64", codecs)
    for cname in ["lz4", "lz4hc", "zstd", "zlib", "blosclz"]:
        for shuffle in ["noshuffle", "shuffle", "bitshuffle"]:
            write("v3-blosc-%s-%s" % (cname, shuffle), (40, 30), (17, 30), "int32",
                  [bytes_codec, blosc(cname, shuffle, 4)])
    write("v3-transpose-3d", (5, 6, 7), (2, 6, 3), "int16", [transpose(2, 0, 1), bytes_codec])
    for name, codec in {
        "end": shard((3, 5), [bytes_codec, zstd]),
        "start": shard((3, 5), [bytes_codec, zstd], "start"),
        "plain": shard((3, 5), [bytes_codec]),
        "big-index": shard((3, 5), [big, gzip], "end", [big, crc]),
        "bare-index": shard((3, 5), [bytes_codec, crc], "start", [bytes_codec]),
        "inner-transpose": shard((3, 5), [transpose(1, 0), bytes_codec, blosc("lz4", "shuffle", 8)]),
        "nested": shard((6, 5), [shard((3, 5), [bytes_codec, gzip])]),
    }.items():
        write("v3-shard-" + name, (14, 22), (6, 10), "float64", [codec])
    write("v3-shard-gzip", (14, 22), (6, 10), "float64", [shard((3, 5), [bytes_codec])])
    compress(os.path.join(folder, "v3-shard-gzip.zarr"), gzip)
    write("v3-shard-transpose", (14, 22), (6, 10), "float64", [transpose(1, 0), shard((5, 3), [bytes_codec])])
    write("v3-shard-holes", (14, 22), (6, 10), "float64", [shard((3, 5), [bytes_codec, zstd])], fill=7.5,
          part=(slice(3, 9), slice(4, 11)))
    write("v3-dot", (5, 7), (2, 3), "float64", [bytes_codec],
          keys={"name": "default", "configuration": {"separator": "."}})
    write("v3-keys-of-2", (5, 7), (2, 3), "float64", [bytes_codec], keys={"name": "v2"})
    write("v3-scalar", (), (), "float64", [bytes_codec])
    write("v3-empty", (3, 0, 2), (2, 1, 2), "float64", [bytes_codec])
    write("v3-beyond", (3, 2), (10, 5), "int16", [bytes_codec])
    part = (slice(0, 2), slice(0, 3))
    for name, fill in {"nan": "NaN", "inf": "Infinity", "minus-inf": "-Infinity", "number": 2.5,
                       "hex": "0x7fc00001"}.items():
        write("v3-fill-" + name, (5, 7), (2, 3), "float32", [bytes_codec], part=part, fill=fill)
    write("v3-fill-uint64", (5, 7), (2, 3), "uint64", [bytes_codec], part=part, fill=2**64 - 1)
    write("v3-fill-bool", (5, 7), (2, 3), "bool", [{"name": "bytes"}], part=part, fill=True)
    write("v3-fill-complex", (5,), (2,), "complex64", [bytes_codec], part=(slice(0, 2),), fill=["NaN", 2.0])
    write("v3-named", (4, 6), (2, 6), "float32", [bytes_codec, zstd], dimension_names=["time", None],
          attributes={"units": "K"})
    write("v3-float16", (4,), (4,), "float16", [bytes_codec])

    group = os.path.join(folder, "v3-group.zarr")
    write("v3-group.zarr/surface/tas", (4, 6), (2, 6), "float32", [bytes_codec, zstd])
    write("v3-group.zarr/time", (4,), (4,), "int64", [bytes_codec])
    for below in ["surface/tas", "time"]:
        os.rename(os.path.join(group, below + ".zarr"), os.path.join(group, below))
        os.remove(os.path.join(group, below + ".npy"))
    for below in ["", "surface"]:
        with open(os.path.join(group, below, "zarr.json"), "w") as out:
            json.dump({"zarr_format": 3, "node_type": "group", "attributes": {"title": "a group"}}, out)


def pack(folder, archive):
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as out:
        for path in sorted(pathlib.Path(folder).rglob("*")):
            if path.is_file() and not path.name.endswith(".__lock"):
                entry = zipfile.ZipInfo(str(path.relative_to(folder)), (2026, 1, 1, 0, 0, 0))
                entry.compress_type = zipfile.ZIP_DEFLATED
                out.writestr(entry, path.read_bytes())


if __name__ == "__main__":
    resources = pathlib.Path(__file__).resolve().parent.parent / "resources/dev/weft/io/zarr"
    resources.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        {"v2": v2, "v3": v3}[sys.argv[1]](made)
        pack(made, resources / (sys.argv[1] + ".zip"))

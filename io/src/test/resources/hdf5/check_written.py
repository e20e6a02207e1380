"""Has h5py and netCDF4 read the files that Weft writes, whose bytes stand in written/ as hexadecimal numbers.

    pip install h5py netCDF4 numpy
    python check_written.py

Run it after ChunkedWritingTest has written them with -Dgolden.update=true.
"""

import pathlib
import tempfile

import h5py
import netCDF4
import numpy as np

HERE = pathlib.Path(__file__).parent
# Name: shape, chunks, level of deflate.
WRITTEN = {
    "plain": ((5, 7), (2, 3), None),
    "packed": ((5, 7), (2, 3), 0),
    "many": ((1100,), (1,), 0),
    "scalar": ((), None, None),
    "empty": ((3, 0), None, None),
}

ATTRIBUTES = {
    "_FillValue": np.float32(-999),
    "count": np.int64(3),
    "factors": [0.5, 2.0],
    "flag": np.int8(1),
    "long_name": "Schritte, gezählt",
    "nothing": "",
    "words": ["one", "another"],
}


def text(value):
    return value.decode() if isinstance(value, bytes) else value


def check_attributes(found):
    assert set(found) == set(ATTRIBUTES), set(found)
    for name, expected in ATTRIBUTES.items():
        value = found[name]
        if isinstance(expected, list):
            assert [text(each) for each in value] == expected, value
        else:
            assert text(value) == expected and (name != "_FillValue" or value.dtype == "f4"), (name, value)


with tempfile.TemporaryDirectory() as folder:
    for name, (shape, chunks, level) in WRITTEN.items():
        file = pathlib.Path(folder) / f"{name}.h5"
        file.write_bytes(bytes.fromhex((HERE / "written" / f"{name}.hex").read_text()))
        expected = (np.arange(np.prod(shape, dtype=int)) * 7 - 3).astype("f4").reshape(shape)
        with h5py.File(file) as f:
            data = f["group"][name]
            assert data.dtype == expected.dtype and data.shape == shape, data
            assert data.chunks == chunks and data.compression_opts == level, (data.chunks, data.compression_opts)
            assert data.shuffle == (level is not None), data.shuffle
            assert np.array_equal(data[()], expected), data[()]
            check_attributes(dict(data.attrs))
        with netCDF4.Dataset(file) as f:
            f.set_auto_maskandscale(False)
            assert np.array_equal(f["group"][name][...], expected)
            assert f["group"][name].count == 3
        print(f"{name}: equal")

"""Makes the netCDF files beside it with netCDF4, in expected/ what netCDF4 and xarray read from them, and in
written/ files that Weft is to write byte for byte.

    pip install netCDF4 xarray numpy
    python make.py
"""

import pathlib

import netCDF4
import numpy as np
import xarray as xr

HERE = pathlib.Path(__file__).parent
EXPECTED = HERE / "expected"
WRITTEN = HERE / "written"
OLD = ["i1", "i2", "i4", "f4", "f8"]
NEW = OLD + ["u1", "u2", "u4", "i8", "u8"]
FORMATS = {
    "classic": "NETCDF3_CLASSIC",
    "offset": "NETCDF3_64BIT_OFFSET",
    "data": "NETCDF3_64BIT_DATA",
    "four": "NETCDF4",
}


def pattern(shape, dtype):
    dtype = np.dtype(dtype)
    count = int(np.prod(shape))
    out = (np.arange(count) * 7 % 100).astype(dtype)
    if dtype.kind in "iu":
        out[0], out[-1] = np.iinfo(dtype).min, np.iinfo(dtype).max
    else:
        out = (out / 4).astype(dtype)
        out[0] = np.nan
    return out.reshape(shape)


def save(stem):
    """What netCDF4 reads, as it lies in the file; and what xarray makes of it."""
    with netCDF4.Dataset(HERE / f"{stem}.nc") as f:
        f.set_auto_maskandscale(False)
        for name, variable in f.variables.items():
            if variable.dtype.kind in "iuf":
                value = np.asarray(variable[...])
                np.save(EXPECTED / f"{stem}__{name}.npy", value.astype(value.dtype.newbyteorder("=")))
    with xr.open_dataset(HERE / f"{stem}.nc", decode_times=False, decode_coords=False) as f:
        for name in f.variables:
            if f[name].dtype.kind in "iuf":
                np.save(EXPECTED / f"{stem}__{name}.decoded.npy", f[name].values)


def kinds(stem):
    with netCDF4.Dataset(HERE / f"{stem}.nc", "w", format=FORMATS[stem]) as f:
        f.title = "all types"
        f.createDimension("time", None)
        f.createDimension("y", 3)
        f.createDimension("x", 5)
        kinds = {"four": ["i2", "u4", "i8", "f4"], "data": NEW}.get(stem, OLD)
        for kind in kinds:
            fixed = f.createVariable(f"fixed_{kind}", kind, ("y", "x"), fill_value=False)
            fixed[...] = pattern((3, 5), kind)
            fixed.units = "1"
            record = f.createVariable(f"record_{kind}", kind, ("time", "y"), fill_value=False)
            record[...] = pattern((4, 3), kind)
        scalar = f.createVariable("scalar", "f8", (), fill_value=False)
        scalar[...] = 2.5
        f.createVariable("letters", "S1", ("x",))[...] = np.array(list("hello"), "S1")
    save(stem)


def single(stem, kind):
    """One variable with records alone is not padded."""
    with netCDF4.Dataset(HERE / f"{stem}.nc", "w", format="NETCDF3_CLASSIC") as f:
        f.createDimension("time", None)
        f.createDimension("x", 3)
        f.createVariable("v", kind, ("time", "x"), fill_value=False)[...] = pattern((5, 3), kind)
    save(stem)


def climate(stem):
    with netCDF4.Dataset(HERE / f"{stem}.nc", "w", format=FORMATS[stem.split("-")[1]]) as f:
        f.Conventions = "CF-1.8"
        f.createDimension("time", None)
        f.createDimension("lat", 3)
        f.createDimension("lon", 4)
        f.createDimension("bnds", 2)
        for name, size in (("time", 2), ("lat", 3), ("lon", 4)):
            axis = f.createVariable(name, "f8", (name,))
            axis[...] = np.arange(size)
            if name == "time":
                axis.bounds = "time_bnds"
        f.createVariable("time_bnds", "f8", ("time", "bnds"))[...] = np.zeros((2, 2))
        how = {"zlib": True, "shuffle": True, "chunksizes": (1, 2, 3)} if stem.endswith("four") else {}
        tas = f.createVariable("tas", "f4", ("time", "lat", "lon"), fill_value=1e20, **how)
        values = pattern((2, 3, 4), "f4")
        values[0, 0, 0] = 1e20
        tas[...] = values
        tas.units = "K"
        tas.long_name = "Near-Surface Air Temperature"
    save(stem)


PACKED = [
    # name, type, attributes
    ("short_both", "i2", {"_FillValue": -999, "scale_factor": 0.01, "add_offset": 273.15}),
    ("short_float", "i2", {"_FillValue": -999, "scale_factor": np.float32(0.01), "add_offset": np.float32(273.15)}),
    ("short_scale", "i2", {"scale_factor": np.float32(0.1)}),
    ("short_offset", "i2", {"add_offset": np.float32(0.1)}),
    ("short_fill", "i2", {"_FillValue": -999}),
    ("byte_fill", "i1", {"missing_value": np.int8(-99)}),
    ("int_fill", "i4", {"_FillValue": -999}),
    ("int_float", "i4", {"scale_factor": np.float32(0.01), "add_offset": np.float32(1)}),
    ("int_scale", "i4", {"scale_factor": np.float32(0.01), "_FillValue": -999}),
    ("float_fill", "f4", {"_FillValue": np.float32(-999)}),
    ("float_two", "f4", {"_FillValue": np.float32(-999), "missing_value": np.float32(70)}),
    ("float_scale", "f4", {"scale_factor": 0.1}),
    ("double_scale", "f8", {"scale_factor": np.float32(0.1), "_FillValue": -999.0}),
    ("unsigned_byte", "i1", {"_Unsigned": "true", "_FillValue": np.int8(-1), "scale_factor": 0.5}),
    ("unsigned_only", "i1", {"_Unsigned": "true"}),
    ("plain", "i2", {"units": "m"}),
]


def packed(stem, form):
    with netCDF4.Dataset(HERE / f"{stem}.nc", "w", format=form) as f:
        f.createDimension("x", 40)
        for name, kind, attributes in PACKED:
            attributes = dict(attributes)
            fill = attributes.pop("_FillValue", False)
            variable = f.createVariable(name, kind, ("x",), fill_value=fill)
            variable.set_auto_maskandscale(False)
            for key, value in attributes.items():
                setattr(variable, key, value)
            values = (np.arange(40) * 7 - 70).astype(kind)
            values[3] = -999 if kind not in ("i1",) else -99
            values[5] = -1
            variable[...] = values
    save(stem)


def numbered(shape, kind, begin=0):
    return (np.arange(begin, begin + int(np.prod(shape)), dtype="i8") * 7 - 3).astype(kind).reshape(shape)


def written(stem, form, variables):
    """What Weft is to write, byte for byte: name, type, axes, shape and attributes of each variable."""
    with netCDF4.Dataset(WRITTEN / f"{stem}.nc", "w", format=form) as f:
        f.set_fill_off()
        for name, kind, axes, shape, attributes in variables:
            for axis, extent in zip(axes, shape):
                if axis not in f.dimensions:
                    f.createDimension(axis, extent or None)
            variable = f.createVariable(name, kind, axes, fill_value=attributes.get("_FillValue", False))
            variable.set_auto_maskandscale(False)
            for key, value in attributes.items():
                if key != "_FillValue":
                    setattr(variable, key, value)
        for name, kind, axes, shape, attributes in variables:
            if 0 not in shape:
                f[name][...] = numbered(shape, kind)


def all_written():
    plain = ("dim_0", "dim_1", "dim_2")
    for kind in NEW:
        form = FORMATS["offset" if kind in OLD else "data"]
        written(f"kind-{kind}", form, [("data", kind, plain, (3, 4, 5), {})])
    written("scalar", FORMATS["offset"], [("data", "f8", (), (), {})])
    written("padded", FORMATS["offset"], [("data", "i2", plain[:1], (3,), {})])
    written("records", FORMATS["offset"], [("data", "f4", plain[:2], (0, 3), {})])
    attributes = {
        "_FillValue": np.float32(-999),
        "count": np.int32(3),
        "factors": np.array([0.5, 2.0]),
        "flag": np.int8(1),
        "units": "K",
    }
    axes = ("time", "lat", "lon")
    named = [
        ("tas", "f4", axes, (2, 3, 4), attributes),
        ("steps", "i2", ("time",), (2,), {"long_name": "Schritte, gezählt"}),
        ("mean", "f8", axes[1:], (3, 4), {}),
    ]
    written("named", FORMATS["offset"], named)
    written("wide", FORMATS["data"], [*named, ("number", "i8", ("lon",), (4,), {"large": np.int64(1 << 40)})])


EXPECTED.mkdir(exist_ok=True)
WRITTEN.mkdir(exist_ok=True)
all_written()
for each in FORMATS:
    kinds(each)
single("single-i1", "i1")
single("single-i2", "i2")
single("single-f8", "f8")
climate("climate-classic")
climate("climate-four")
packed("packed-classic", "NETCDF3_CLASSIC")
packed("packed-four", "NETCDF4")

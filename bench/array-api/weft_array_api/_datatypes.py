"""Functions of types, and what the namespace tells of itself."""

import re
from dataclasses import dataclass

from weft_bridge import integers
from weft_bridge import shapes as shapes_word

from ._array import DEVICE, Array, Device, check_device, on
from ._java import call, java
from ._types import TYPES, DType, isdtype


def astype(x, dtype, /, *, copy=True, device=None):
    check_device(device)
    return x if dtype == x.dtype and not copy else on(x, "cast", dtype.word)


def _type(value):
    return value.dtype if isinstance(value, Array) else value


def can_cast(from_, to, /):
    return TYPES[call(":dtype.Promotion", "of", _type(from_).word, to.word)] == to


KINDS = {bool: "BOOL", int: "SIGNED", float: "FLOATING", complex: "COMPLEX"}


def result_type(*arrays_and_dtypes):
    types = [_type(v) for v in arrays_and_dtypes if isinstance(v, (Array, DType))]
    if not types:
        raise ValueError("result_type needs an array or a type")
    result = types[0]
    for other in types[1:]:
        result = TYPES[call(":dtype.Promotion", "of", result.word, other.word)]
    for value in arrays_and_dtypes:
        if not isinstance(value, (Array, DType)):
            kind = KINDS[type(value)]
            result = TYPES[call(":dtype.Promotion", "withScalar", result.word, kind)]
    return result


def broadcast_shapes(*shapes):
    return call(":shape.Shape", "broadcast", shapes_word(shapes))


@dataclass
class finfo_object:
    bits: int
    eps: float
    max: float
    min: float
    smallest_normal: float
    dtype: DType


@dataclass
class iinfo_object:
    bits: int
    max: int
    min: int
    dtype: DType


def finfo(type, /):
    dtype = _type(type)
    names = ("epsilon", "largest", "smallestNormal")
    values = [call(":dtype.FloatingLimits", name, dtype.word) for name in names]
    real = {"complex64": "float32", "complex128": "float64"}.get(dtype.name, dtype.name)
    eps, largest, normal = values
    return finfo_object(_bits(TYPES[real]), eps, largest, -largest, normal, TYPES[real])


def _bits(dtype):
    return 8 * call(dtype.word, "itemSize")


def iinfo(type, /):
    dtype = _type(type)
    low, high = call(dtype.word, "minValue"), call(dtype.word, "maxValue")
    # uint64's largest value is no Java long, which has its bits.
    unsigned = dtype.kind == "UNSIGNED" and _bits(dtype) == 64
    return iinfo_object(_bits(dtype), 2**64 - 1 if unsigned else high, low, dtype)


class Info:
    """What __array_namespace_info__ gives."""

    def capabilities(self):
        return {"boolean indexing": True, "data-dependent shapes": True, "max dimensions": None}

    def default_device(self):
        return DEVICE

    def devices(self):
        return tuple(Device(n) for n in re.findall(r"name=(\w+)", call("session", "devices")))

    def default_dtypes(self, *, device=None):
        check_device(device)
        found = {
            "real floating": call("session", "zeros", integers((1,))).dtype,
            "integral": call("session", "arange", 1).dtype,
            "indexing": call(call("session", "arange", 1), "argmax", integers(())).dtype,
        }
        if "complex128" in java.types:
            found["complex floating"] = "complex128"
        return {kind: TYPES[name] for kind, name in found.items()}

    def dtypes(self, *, device=None, kind=None):
        check_device(device)
        standard = {name: dtype for name, dtype in TYPES.items() if name != "float16"}
        return {n: t for n, t in standard.items() if kind is None or isdtype(t, kind)}


def __array_namespace_info__():
    return Info()


FUNCTIONS = {
    f.__name__: f
    for f in (astype, can_cast, result_type, broadcast_shapes, finfo, iinfo, isdtype)
} | {"__array_namespace_info__": __array_namespace_info__}

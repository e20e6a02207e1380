"""Element types, and Python's numbers as bytes of them."""

import struct

from weft_bridge import dtype as dtype_word

from ._java import call, java

CODES = {
    "bool": "?", "int8": "b", "int16": "h", "int32": "i", "int64": "q",
    "uint8": "B", "uint16": "H", "uint32": "I", "uint64": "Q",
    "float16": "e", "float32": "f", "float64": "d", "complex64": "f", "complex128": "d",
}  # fmt: skip


class DType:
    """A type of the Java process, by its name."""

    def __init__(self, name):
        self.name = name
        self.word = dtype_word(name)
        self.kind = call(self.word, "kind")

    def __eq__(self, other):
        return isinstance(other, DType) and self.name == other.name

    def __hash__(self):
        return hash(self.name)

    def __repr__(self):
        return "weft." + self.name


TYPES = {name: DType(name) for name in java.types}


def isdtype(dtype, kind):
    if isinstance(kind, tuple):
        return any(isdtype(dtype, one) for one in kind)
    if isinstance(kind, DType):
        return dtype == kind
    kinds = {
        "bool": ["BOOL"],
        "signed integer": ["SIGNED"],
        "unsigned integer": ["UNSIGNED"],
        "integral": ["SIGNED", "UNSIGNED"],
        "real floating": ["FLOATING"],
        "complex floating": ["COMPLEX"],
        "numeric": ["SIGNED", "UNSIGNED", "FLOATING", "COMPLEX"],
    }
    if kind not in kinds:
        raise ValueError(f"unknown kind {kind!r}")
    return dtype.kind in kinds[kind]


def flat(obj):
    """The numbers of nested lists in C order, and the shape."""
    if not isinstance(obj, (list, tuple)):
        return [obj], ()
    parts = [flat(item) for item in obj]
    shape = parts[0][1] if parts else ()
    if any(part[1] != shape for part in parts):
        raise ValueError("the lists are ragged")
    return [number for part in parts for number in part[0]], (len(obj), *shape)


def default(numbers):
    """The type of an array of Python's numbers."""
    if any(isinstance(number, complex) for number in numbers):
        return TYPES["complex128"]
    if not numbers or any(isinstance(number, float) for number in numbers):
        return TYPES["float64"]
    return TYPES["bool" if all(isinstance(n, bool) for n in numbers) else "int64"]


def pack(numbers, dtype):
    """The bytes of numbers; a number that the type cannot hold raises OverflowError."""
    code = CODES[dtype.name]
    if dtype.kind == "COMPLEX":
        numbers = [part for n in map(complex, numbers) for part in (n.real, n.imag)]
    elif dtype.kind == "BOOL":
        numbers = [bool(n) for n in numbers]
    elif dtype.kind == "FLOATING":
        numbers = [float(n) for n in numbers]
    elif any(isinstance(n, (float, complex)) for n in numbers):
        raise TypeError(f"a floating number has no place in an array of {dtype.name}")
    try:
        return struct.pack(f"<{len(numbers)}{code}", *numbers)
    except (struct.error, OverflowError) as e:
        raise OverflowError(f"a number is out of the range of {dtype.name}: {e}") from None


def unpack(data, dtype):
    code = CODES[dtype.name]
    numbers = struct.unpack(f"<{len(data) // struct.calcsize('<' + code)}{code}", data)
    if dtype.kind == "COMPLEX":
        return [complex(*numbers[i : i + 2]) for i in range(0, len(numbers), 2)]
    return list(numbers)

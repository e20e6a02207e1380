"""The array object: a handle of a Java array."""

import math

from weft_bridge import Handle, arrays, index, integers, row

from ._java import camel, call, java
from ._types import TYPES, default, flat, pack, unpack


class Device(str):
    """A device by its name."""


NUMBERS = (bool, int, float, complex)
DEVICE = Device("cpu")


def check_device(device):
    if device is not None and device != DEVICE:
        raise ValueError(f"there is no device {device!r}, only {DEVICE!r}")


def wrap(answer):
    """Handles in what Java answered, as arrays."""
    if isinstance(answer, Handle):
        return Array(answer)
    return [wrap(one) for one in answer] if isinstance(answer, list) else answer


def on(x, method, *values):
    """A method of an array, with arrays among the values."""
    given = [value.handle if isinstance(value, Array) else value for value in values]
    return wrap(call(x.handle, method, *given))


def number(value, x):
    """A number beside an array as Java takes it: bool and complex numbers are arrays without axes."""
    if isinstance(value, bool):
        return scalar(value, TYPES["bool"])
    if isinstance(value, complex):
        single = x.dtype.name in ("float16", "float32", "complex64")
        return scalar(value, TYPES["complex64" if single else "complex128"])
    return value


def scalar(value, dtype):
    """A number as an array without axes."""
    return from_numbers([value], (), dtype)


def from_numbers(numbers, shape, dtype):
    return Array(java.put(dtype.name, shape, pack(numbers, dtype)))


def row_of(name):
    """A row of the op table applied to an array, or to an array and a number or another array."""

    def apply(*operands):
        x = next(operand for operand in operands if isinstance(operand, Array))
        given = [o if isinstance(o, Array) else number(o, x) for o in operands]
        if not isinstance(given[0], Array):
            return on(x, "applyFrom", row(name), given[0])
        if all(isinstance(operand, Array) for operand in given):
            return on(given[0], "apply", row(name), arrays([o.handle for o in given[1:]]))
        return on(x, "apply", row(name), given[1])

    return apply


def elementwise(name):
    """A function of arrays by Java's method of the name, or by the row where it has none."""
    method = camel(name)
    by_row = row_of(name)

    def apply(first, *others):
        methodical = isinstance(first, Array) and not any(isinstance(o, NUMBERS) for o in others)
        if methodical and method in java.methods:
            return on(first, method, *others)
        return by_row(first, *others)

    return apply


class Array:
    """An array of the Array API standard. Only what standard names is here."""

    def __init__(self, handle):
        self.handle = handle

    @property
    def dtype(self):
        return TYPES[self.handle.dtype]

    @property
    def shape(self):
        return self.handle.shape

    @property
    def ndim(self):
        return len(self.handle.shape)

    @property
    def size(self):
        return math.prod(self.handle.shape)

    @property
    def device(self):
        return DEVICE

    @property
    def T(self):
        return on(self, "t")

    @property
    def mT(self):
        if self.ndim < 2:
            raise ValueError(f"mT of an array with {self.ndim} axes")
        return on(self, "swapaxes", -1, -2)

    def numbers(self):
        """The elements in C order as Python's numbers."""
        return unpack(self.handle.get(), self.dtype)

    def _only(self):
        if self.size != 1:
            raise TypeError(f"an array of shape {self.shape} is no number")
        return self.numbers()[0]

    def __bool__(self):
        return bool(self._only())

    def __int__(self):
        return int(self._only())

    def __float__(self):
        return float(self._only())

    def __complex__(self):
        return complex(self._only())

    def __index__(self):
        if self.dtype.kind not in ("SIGNED", "UNSIGNED") or self.ndim:
            raise TypeError(f"an array of {self.dtype!r} and shape {self.shape} is no index")
        return self._only()

    def __getitem__(self, key, /):
        items = key if isinstance(key, tuple) else (key,)
        given = [item.handle if isinstance(item, Array) else item for item in items]
        return on(self, "slice", index(given))

    def __setitem__(self, key, value, /):
        """Arrays of Weft never change: this name gets another array."""
        if "withWhere" in java.methods:
            self.handle = self._updated(key, value).handle
            return
        # Bytes put in place of others.
        total = self.size
        places = on(Array(call("session", "arange", total)), "reshape", integers(self.shape))[key]
        if not isinstance(value, Array):
            value = scalar(value, self.dtype)
        given = on(on(value, "cast", self.dtype.word), "broadcastTo", integers(places.shape))
        item = len(self.handle.get()) // total if total else 0
        data, new = bytearray(self.handle.get()), given.handle.get()
        for i, place in enumerate(places.numbers()):
            data[place * item : (place + 1) * item] = new[i * item : (i + 1) * item]
        self.handle = java.put(self.dtype.name, self.shape, bytes(data))

    def _updated(self, key, value):
        given = value if isinstance(value, Array) else scalar(value, self.dtype)
        if isinstance(key, Array) and key.dtype.kind == "BOOL":
            return on(self, "withWhere", key, given)
        items = key if isinstance(key, tuple) else (key,)
        plain = [item.handle if isinstance(item, Array) else item for item in items]
        return on(self, "with", index(plain), given)

    def __array_namespace__(self, /, *, api_version=None):
        import weft_array_api

        if api_version not in (None, weft_array_api.__array_api_version__):
            raise ValueError(f"there is no version {api_version!r}")
        return weft_array_api

    def to_device(self, device, /, *, stream=None):
        check_device(device)
        return on(self, "on", str(DEVICE))

    def __len__(self):
        if not self.shape:
            raise TypeError("an array without axes has no length")
        return self.shape[0]

    def __repr__(self):
        return f"Array({self.numbers()}, shape={self.shape}, dtype={self.dtype.name})"


def asarray(obj, /, *, dtype=None, device=None, copy=None):
    check_device(device)
    if isinstance(obj, Array):
        return obj if dtype in (None, obj.dtype) else on(obj, "cast", dtype.word)
    numbers, shape = flat(obj)
    if any(isinstance(item, Array) for item in numbers):
        inner = [item._only() for item in numbers]
        dtype, numbers = dtype or numbers[0].dtype, inner
    return from_numbers(numbers, shape, dtype or default(numbers))


OPERATORS = {
    "add": "add", "sub": "subtract", "mul": "multiply", "truediv": "divide",
    "floordiv": "floor_divide", "mod": "remainder", "pow": "pow", "and": "bitwise_and",
    "or": "bitwise_or", "xor": "bitwise_xor", "lshift": "bitwise_left_shift",
    "rshift": "bitwise_right_shift",
}  # fmt: skip
COMPARISONS = {
    "eq": "equal", "ne": "not_equal", "lt": "less", "le": "less_equal", "gt": "greater",
    "ge": "greater_equal",
}  # fmt: skip


def _operator(name, apply, swapped=False):
    def operator(self, other, /):
        if not isinstance(other, (Array, *NUMBERS)):
            return NotImplemented
        return apply(other, self) if swapped else apply(self, other)

    operator.__name__ = name
    setattr(Array, name, operator)


def _unary(name, apply):
    def operator(self, /):
        return apply(self)

    operator.__name__ = name
    setattr(Array, name, operator)


for _name, _function in {**OPERATORS, **COMPARISONS}.items():
    _operator(f"__{_name}__", elementwise(_function))
    if _name in OPERATORS:
        _operator(f"__r{_name}__", elementwise(_function), swapped=True)
_operator("__matmul__", lambda a, b: on(a, "matmul", b))
_operator("__rmatmul__", lambda a, b: on(a, "matmul", b), swapped=True)
for _name, _function in {"abs": "abs", "neg": "negative", "pos": "positive", "invert": "bitwise_invert"}.items():
    _unary(f"__{_name}__", elementwise(_function))

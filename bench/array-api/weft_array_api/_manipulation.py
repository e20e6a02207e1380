"""Functions that rearrange elements, and that choose them."""

from weft_bridge import arrays as arrays_word
from weft_bridge import integers

from ._array import Array, on, wrap
from ._java import call, needs, present


def handles(arrays):
    return arrays_word([x.handle for x in arrays])


def _axes(axis):
    return integers(axis if isinstance(axis, (tuple, list)) else (axis,))


def broadcast_to(x, /, shape):
    return on(x, "broadcastTo", integers(shape))


@needs("broadcastArrays", where="session_methods")
def broadcast_arrays(*arrays):
    return tuple(wrap(call("session", "broadcastArrays", handles(arrays))))


def concat(arrays, /, *, axis=0):
    if axis is None:
        return wrap(call("session", "concatenateRaveled", handles(arrays)))
    return wrap(call("session", "concatenate", axis, handles(arrays)))


def expand_dims(x, /, axis):
    several = isinstance(axis, (tuple, list))
    return on(x, "expandDims", integers(axis) if several else axis)


def flip(x, /, *, axis=None):
    return on(x, "flip", integers(())) if axis is None else on(x, "flip", _axes(axis))


def moveaxis(x, source, destination, /):
    return on(x, "moveaxis", _axes(source), _axes(destination))


def permute_dims(x, /, axes):
    return on(x, "transpose", integers(axes))


def matrix_transpose(x, /):
    return x.mT


def repeat(x, repeats, /, *, axis=None):
    if axis is None:
        return repeat(on(x, "ravel"), repeats, axis=0)
    counts = integers(repeats.numbers()) if isinstance(repeats, Array) else repeats
    return on(x, "repeat", counts, axis)


def reshape(x, /, shape, *, copy=None):
    return on(x, "reshape", integers(shape))


def roll(x, /, shift, *, axis=None):
    if axis is None:
        return reshape(on(on(x, "ravel"), "roll", shift, 0), x.shape)
    if isinstance(axis, (tuple, list)):
        shifts = shift if isinstance(shift, (tuple, list)) else [shift] * len(axis)
        return on(x, "roll", integers(shifts), integers(axis))
    return on(x, "roll", shift, axis)


def squeeze(x, /, axis):
    axes = axis if isinstance(axis, (tuple, list)) else (axis,)
    return on(x, "squeeze", integers(axes)) if axes else x


def stack(arrays, /, *, axis=0):
    return wrap(call("session", "stack", axis, handles(arrays)))


def tile(x, repetitions, /):
    return on(x, "tile", integers(repetitions))


@needs("unstack")
def unstack(x, /, *, axis=0):
    return tuple(on(x, "unstack", axis))


def take(x, indices, /, *, axis=None):
    if axis is None:
        if x.ndim != 1:
            raise ValueError(f"take of {x.ndim} axes needs one named")
        axis = 0
    return on(x, "take", indices, axis)


@needs("takeAlongAxis")
def take_along_axis(x, indices, /, *, axis=-1):
    return on(x, "takeAlongAxis", indices, axis)


FUNCTIONS = present(
    [broadcast_to, broadcast_arrays, concat, expand_dims, flip, moveaxis, permute_dims,
     matrix_transpose, repeat, reshape, roll, squeeze, stack, tile, unstack, take, take_along_axis]
)  # fmt: skip

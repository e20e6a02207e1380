"""The extension fft: methods of arrays by their names."""

from types import SimpleNamespace

from weft_bridge import integers

from ._array import on
from ._creation import _cast, _session, check_device
from ._java import needs, present


def _of_one(name):
    """A transform along one axis, of n elements or of those that are there."""

    @needs(name)
    def function(x, /, *, n=None, axis=-1, norm="backward"):
        if n is None:
            there = x.shape[axis]
            n = 2 * (there - 1) if name in ("irfft", "hfft") else there
        return on(x, name, n, axis, norm)

    function.__name__ = name
    return function


def _of_several(name):
    """A transform along some axes, or the last so many."""

    @needs(name)
    def function(x, /, *, s=None, axes=None, norm="backward"):
        count = x.ndim if s is None else len(s)
        axes = tuple(range(-count, 0)) if axes is None else tuple(axes)
        extents = (-1,) * len(axes) if s is None else tuple(s)
        return on(x, name, integers(extents), integers(axes), norm)

    function.__name__ = name
    return function


def _frequencies(name):
    @needs(name, where="session_methods")
    def function(n, /, *, d=1.0, dtype=None, device=None):
        check_device(device)
        return _cast(_session(name, n, float(d)), dtype)

    function.__name__ = name
    return function


def _shift(name):
    @needs(name)
    def function(x, /, *, axes=None):
        listed = (axes,) if isinstance(axes, int) else axes
        return on(x, name, integers(tuple(listed or ())))

    function.__name__ = name
    return function


FUNCTIONS = present(
    [_of_one(name) for name in ("fft", "ifft", "rfft", "irfft", "hfft", "ihfft")]
    + [_of_several(name) for name in ("fftn", "ifftn", "rfftn", "irfftn")]
    + [_frequencies(name) for name in ("fftfreq", "rfftfreq")]
    + [_shift(name) for name in ("fftshift", "ifftshift")]
)
fft = SimpleNamespace(**FUNCTIONS)

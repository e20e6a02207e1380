"""Weft as a namespace of the Array API standard, for its test suite.

Every function calls Weft's Java API by name in a process of its own (weft_bridge). Python packs
arguments and unpacks results; it computes nothing with elements. A function that Java has not is
not here. Two things are the bridge's own: `x[key] = value`, since arrays of Weft never change
(bytes are put in place of others), and the loops of `clip` and `roll` over which method is meant.
"""

import math

from . import _creation, _datatypes, _elementwise, _manipulation, _reductions
from ._array import Array
from ._fft import fft
from ._linalg import linalg
from ._java import JavaError, WeftError, java
from ._types import TYPES

__array_api_version__ = "2025.12"
__version__ = "of this checkout"

e, inf, nan, pi, newaxis = math.e, math.inf, math.nan, math.pi, None

for _module in (_creation, _datatypes, _elementwise, _manipulation, _reductions):
    globals().update(_module.FUNCTIONS)
globals().update({name: dtype for name, dtype in TYPES.items() if name != "float16"})

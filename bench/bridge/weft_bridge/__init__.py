"""Weft's Java API from Python: a Java process, lines and bytes. No arithmetic happens here.

    java = Java()
    x = java.put("float64", (2,), struct.pack("<2d", 1, 2))
    java.call(x, "add", 1).get()          # the bytes of [2.0, 3.0]

Values become the words that dev.weft.bench.bridge.Words reads.
"""

import subprocess
from pathlib import Path
from urllib.parse import quote, unquote_plus

START = Path(__file__).resolve().parent.parent / "start"
LONGS = range(-(2**63), 2**63)


class JavaError(Exception):
    """What a Java method threw: `kind` is the name of its class."""

    def __init__(self, kind, message):
        super().__init__(f"{kind}: {message}")
        self.kind = kind


class Handle:
    """An array of the Java process; it is forgotten there when nothing refers to it here."""

    __slots__ = ("java", "number", "dtype", "shape")

    def __init__(self, java, number, dtype, extents):
        self.java = java
        self.number = number
        self.dtype = dtype
        self.shape = tuple(int(extent) for extent in extents.split(",") if extent)

    def __del__(self):
        self.java.forgotten.append(self.number)

    def get(self):
        """The computed elements, as bytes in C order."""
        return self.java.request(f"get {self.number}")


class Word(str):
    """A value that is a word already. Arrays that it names are kept as long as it is."""

    def __new__(cls, text, kept=()):
        word = super().__new__(cls, text)
        word.kept = kept
        return word


def integers(values):
    return Word("l" + ",".join(str(int(value)) for value in values))


def axes(values, keep=False):
    """Axes of a reduction; None is all of them."""
    listed = "*" if values is None else ",".join(str(int(value)) for value in values)
    return Word(f"x{listed}{'k' if keep else ''}")


def arrays(handles):
    return Word("y" + ",".join(handle.number for handle in handles), handles)


def shapes(all_extents):
    return Word("h" + ";".join(",".join(map(str, extents)) or "-" for extents in all_extents))


def dtype(name):
    return Word("d" + name)


def row(name):
    """A row of the op table."""
    return Word("o" + name)


def index(items):
    """An index of positions, slices, None, Ellipsis and handles of arrays."""
    return Word("s" + ";".join(map(_item, items)), items)


def _item(item):
    if item is None:
        return "w"
    if item is Ellipsis:
        return "e"
    if isinstance(item, slice):
        bounds = (item.start, item.stop, item.step)
        return "r" + ":".join("" if bound is None else str(bound.__index__()) for bound in bounds)
    return "a" + item.number if isinstance(item, Handle) else f"p{item}"


def word(value):
    if isinstance(value, Word):
        return value
    if isinstance(value, Handle):
        return "a" + value.number
    if value is None:
        return "n"
    if isinstance(value, bool):
        return f"b{value}"
    if isinstance(value, int):
        if value not in LONGS:
            raise OverflowError(f"{value} is no Java long")
        return f"i{value}"
    if isinstance(value, float):
        return "f" + (value.hex() if value - value == 0 else repr(value))
    if isinstance(value, str):
        return "t" + quote(value, safe="")
    raise TypeError(f"{type(value).__name__} has no word")


class Java:
    """The Java process, alive until this object is closed or forgotten."""

    def __init__(self, chunk=None):
        command = [str(START)] + (["--chunk", str(chunk)] if chunk else [])
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.forgotten = []
        types, rows, methods, session = self.request("names").split(";")
        self.types = types.split(",")
        self.rows = set(rows.split(","))
        self.methods = set(methods.split(","))
        self.session_methods = set(session.split(","))

    def close(self):
        self.process.stdin.close()
        self.process.wait()

    def put(self, name, shape, data):
        """An array of elements given as bytes in C order."""
        extents = ",".join(map(str, shape))
        return self.request(f"put {name} {extents} {len(data)}", data)

    def call(self, target, method, *values):
        """What a public method gives; the target is a handle, 'session', a type or ':Class'."""
        named = isinstance(target, str) and not isinstance(target, Word)
        head = target if named else word(target)
        return self.request(" ".join(["call", head, method, *map(word, values)]))

    def evaluate(self, text, **inputs):
        """What an expression of the command line gives: a handle for each of its results."""
        named = [f"{name}={handle.number}" for name, handle in inputs.items()]
        return self.request(" ".join(["eval", quote(text, safe=""), *named]))

    def request(self, line, data=b""):
        if self.forgotten:
            numbers, self.forgotten[:] = list(self.forgotten), []
            line = f"free {' '.join(numbers)}\n{line}"
        self.process.stdin.write(line.encode() + b"\n" + data)
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer.endswith(b"\n"):
            raise RuntimeError(f"the Java process ended with {self.process.wait()} at: {line}")
        kind, *words = answer.decode().rstrip("\n").split(" ")
        return getattr(self, "_" + kind)(*words)

    def _array(self, number, name, extents):
        return Handle(self, number, name, extents)

    def _arrays(self, *words):
        return [Handle(self, *words[i : i + 3]) for i in range(0, len(words), 3)]

    def _bytes(self, count):
        return self.process.stdout.read(int(count))

    def _done(self):
        return None

    def _error(self, kind, message):
        raise JavaError(kind, unquote_plus(message))

    def _value(self, value):
        text = value[1:]
        if value[0] == "l":
            return tuple(int(number) for number in text.split(",") if number)
        return {"i": int, "f": float, "b": "True".__eq__, "d": str, "t": unquote_plus}[value[0]](text)

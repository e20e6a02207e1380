"""The Java process behind the namespace, and how its names are found."""

import os

from weft_bridge import Java, JavaError

CHUNK = os.environ.get("WEFT_BRIDGE_CHUNK")
java = Java(chunk=CHUNK)


class WeftError(ValueError, IndexError, TypeError):
    """Weft's error for the caller. Java has one, UsageException, where Python has several."""


def call(target, method, *values):
    try:
        return java.call(target, method, *values)
    except JavaError as e:
        if e.kind in ("UsageException", "LanguageException"):
            raise WeftError(str(e)) from None
        raise


def camel(name):
    """Java's name for Python's: bitwise_and is bitwiseAnd."""
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def needs(*methods, where="methods"):
    """Marks a function that is there only where Java has all these methods of arrays."""

    def mark(function):
        function.weft_missing = sorted(set(methods) - getattr(java, where))
        return function

    return mark


def present(functions):
    """Those functions whose Java methods are there, by name."""
    return {f.__name__: f for f in functions if not getattr(f, "weft_missing", ())}

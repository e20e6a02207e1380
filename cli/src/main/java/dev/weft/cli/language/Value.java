package dev.weft.cli.language;

import dev.weft.core.NDArray;
import dev.weft.core.dtype.Complex;
import dev.weft.core.dtype.DType;
import java.util.List;

/** What an expression can stand for. Python's own numbers stay apart: they never widen an array. */
sealed interface Value {
  /** An array of the session. */
  record Array(NDArray array) implements Value {}

  /** Python's int, within int64. */
  record Whole(long value) implements Value {}

  /** Python's int beyond int64 but within uint64, by its bits. */
  record Large(long bits) implements Value {}

  /** Python's float. */
  record Real(double value) implements Value {}

  /** Python's complex. */
  record ComplexNumber(Complex value) implements Value {}

  /** Python's bool. */
  record Truth(boolean value) implements Value {}

  /** A tuple or a list. */
  record Items(List<Value> items, boolean list) implements Value {}

  /** An element type. */
  record Type(DType dtype) implements Value {}

  /** Characters, for instance the name of a dtype. */
  record Word(String text) implements Value {}

  /** A range of an index. */
  record Range(Value start, Value stop, Value step) implements Value {}

  /** Values without content. */
  enum Special implements Value {
    /** Python's None, and newaxis. */
    NONE,
    /** Three dots. */
    ELLIPSIS
  }

  /** Whether this is one of Python's numbers. */
  default boolean isNumber() {
    return this instanceof Whole
        || this instanceof Large
        || this instanceof Real
        || this instanceof ComplexNumber
        || this instanceof Truth;
  }

  /** The value in an error message. */
  default String shown() {
    return switch (this) {
      case Array(NDArray array) -> "an array of " + array.dtype() + " " + array.shape();
      case Whole(long value) -> "the integer " + value;
      case Large(long bits) -> "the integer " + Long.toUnsignedString(bits);
      case Real(double value) -> "the number " + value;
      case ComplexNumber(Complex value) -> "the number " + value;
      case Truth(boolean value) -> value ? "True" : "False";
      case Items(List<Value> items, boolean list) ->
          "a " + (list ? "list" : "tuple") + " of " + items.size();
      case Type(DType dtype) -> "the dtype " + dtype;
      case Word(String text) -> "the text '" + text + "'";
      case Range range -> "a range";
      case Special special -> special == Special.NONE ? "None" : "...";
    };
  }
}

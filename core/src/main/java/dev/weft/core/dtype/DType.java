package dev.weft.core.dtype;

import dev.weft.core.error.UsageException;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The element types of the Array API standard, named and promoted as NumPy does. */
public enum DType {
  /** One byte, 0 or 1. */
  BOOL(Kind.BOOL, 1),
  /** Signed 8-bit integer; arithmetic wraps. */
  INT8(Kind.SIGNED, 1),
  /** Signed 16-bit integer; arithmetic wraps. */
  INT16(Kind.SIGNED, 2),
  /** Signed 32-bit integer; arithmetic wraps. */
  INT32(Kind.SIGNED, 4),
  /** Signed 64-bit integer; arithmetic wraps. */
  INT64(Kind.SIGNED, 8),
  /** Unsigned 8-bit integer; arithmetic wraps. */
  UINT8(Kind.UNSIGNED, 1),
  /** Unsigned 16-bit integer; arithmetic wraps. */
  UINT16(Kind.UNSIGNED, 2),
  /** Unsigned 32-bit integer; arithmetic wraps. */
  UINT32(Kind.UNSIGNED, 4),
  /** Unsigned 64-bit integer; arithmetic wraps. A long holds its bits. */
  UINT64(Kind.UNSIGNED, 8),
  /** IEEE 754 binary16; computed as float32, and every result rounded to it. */
  FLOAT16(Kind.FLOATING, 2),
  /** IEEE 754 binary32. */
  FLOAT32(Kind.FLOATING, 4),
  /** IEEE 754 binary64. */
  FLOAT64(Kind.FLOATING, 8),
  /** Two binary32 (real, imaginary). */
  COMPLEX64(Kind.COMPLEX, 8),
  /** Two binary64 (real, imaginary). */
  COMPLEX128(Kind.COMPLEX, 16);

  /** The families of element types. */
  public enum Kind {
    /** Truth values. */
    BOOL,
    /** Signed integers. */
    SIGNED,
    /** Unsigned integers. */
    UNSIGNED,
    /** Real floating point. */
    FLOATING,
    /** Complex floating point. */
    COMPLEX
  }

  private static final List<DType> COMPUTABLE =
      Arrays.stream(values()).filter(DType::isComputable).toList();

  private final Kind kind;
  private final int itemSize;

  DType(Kind kind, int itemSize) {
    this.kind = kind;
    this.itemSize = itemSize;
  }

  /** The family of this type. */
  public Kind kind() {
    return kind;
  }

  /** Bytes per element. */
  public int itemSize() {
    return itemSize;
  }

  /** NumPy's name, such as {@code float64}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the type is a signed or unsigned integer (bool is not). */
  public boolean isInteger() {
    return kind == Kind.SIGNED || kind == Kind.UNSIGNED;
  }

  /** Whether the type is float16, float32 or float64. */
  public boolean isFloating() {
    return kind == Kind.FLOATING;
  }

  /** Whether the type is complex64 or complex128. */
  public boolean isComplex() {
    return kind == Kind.COMPLEX;
  }

  /** Whether the type is a floating or complex one. */
  public boolean isInexact() {
    return isFloating() || isComplex();
  }

  /** The type of the parts of complex numbers: float32 or float64; of others the type itself. */
  public DType part() {
    return switch (this) {
      case COMPLEX64 -> FLOAT32;
      case COMPLEX128 -> FLOAT64;
      default -> this;
    };
  }

  /** The complex type that holds numbers of this one: complex64 up to float32, else complex128. */
  public DType complex() {
    return Promotion.of(this, COMPLEX64);
  }

  /** Whether kernels exist for the type: all but complex types, of which the parts are computed. */
  public boolean isComputable() {
    return kind != Kind.COMPLEX;
  }

  /** The types for which {@link #isComputable} holds, in declaration order. */
  public static List<DType> computable() {
    return COMPUTABLE;
  }

  /** Smallest value of an integer type. */
  public long minValue() {
    return kind == Kind.SIGNED ? -1L << (8 * itemSize - 1) : 0;
  }

  /**
   * Largest value of an integer type or 1 for bool; for uint64, whose largest is beyond long, the
   * largest that is both.
   */
  public long maxValue() {
    return switch (kind) {
      case BOOL -> 1;
      case SIGNED -> ~(-1L << (8 * itemSize - 1));
      case UNSIGNED -> itemSize == 8 ? Long.MAX_VALUE : (1L << (8 * itemSize)) - 1;
      case FLOATING, COMPLEX -> throw new IllegalStateException(this + " has no integer range");
    };
  }

  /** The low bits of {@code value} read as this integer (or bool) type: how arithmetic wraps. */
  public long wrap(long value) {
    return switch (this) {
      case BOOL -> value != 0 ? 1 : 0;
      case INT8 -> (byte) value;
      case INT16 -> (short) value;
      case INT32 -> (int) value;
      case UINT8 -> value & 0xFF;
      case UINT16 -> value & 0xFFFF;
      case UINT32 -> value & 0xFFFF_FFFFL;
      case INT64, UINT64 -> value;
      case FLOAT16, FLOAT32, FLOAT64, COMPLEX64, COMPLEX128 ->
          throw new IllegalStateException(this + " is no integer type");
    };
  }

  /** The number of a floating type that is nearest to {@code value}. */
  public double round(double value) {
    return switch (this) {
      case FLOAT16 -> HalfFloats.of(value);
      case FLOAT32 -> (float) value;
      default -> value;
    };
  }

  /** The type in which values of this one are computed: float32 for float16. */
  public DType computed() {
    return this == FLOAT16 ? FLOAT32 : this;
  }

  /** The value of an integer type in decimal digits; of uint64 {@code bits} are its bits. */
  public String digits(long bits) {
    return this == UINT64 ? Long.toUnsignedString(bits) : Long.toString(bits);
  }

  /**
   * The type that NumPy calls {@code name}: {@code float32}, or by its kind and bytes {@code f4},
   * also with the sign of this machine's byte order, {@code <f4}.
   *
   * @throws UsageException for an unknown name; the message lists the names
   */
  public static DType of(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new UsageException(
                    "dtype '%s' is unknown; use one of %s"
                        .formatted(
                            name,
                            Arrays.stream(values())
                                .map(DType::label)
                                .collect(Collectors.joining(", ")))));
  }

  /** The same, or nothing for an unknown name. */
  public static Optional<DType> find(String name) {
    char ownOrder = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? '<' : '>';
    boolean marked =
        !name.isEmpty() && (name.charAt(0) == ownOrder || "=|".indexOf(name.charAt(0)) >= 0);
    String code = marked ? name.substring(1) : name;
    return Arrays.stream(values())
        .filter(dtype -> dtype.label().equals(name) || dtype.code().equals(code))
        .findFirst();
  }

  /** NumPy's letter for the kind, and the bytes: {@code f8}. */
  public String code() {
    char letter =
        switch (kind) {
          case BOOL -> 'b';
          case SIGNED -> 'i';
          case UNSIGNED -> 'u';
          case FLOATING -> 'f';
          case COMPLEX -> 'c';
        };
    return "" + letter + itemSize;
  }

  /** Returns this type, or refuses a complex one. */
  public DType requireReal(String action) {
    if (isComplex()) {
      throw new UsageException(
          "%s does not take %s; use real numbers: x.real(), x.imag() or x.abs()"
              .formatted(action, this));
    }
    return this;
  }

  @Override
  public String toString() {
    return label();
  }
}

package dev.weft.cli.language;

import dev.weft.cli.language.Value.Real;
import dev.weft.cli.language.Value.Special;
import dev.weft.cli.language.Value.Truth;
import dev.weft.core.dtype.DType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Names that always stand for something: constants and element types. */
final class Names {
  private Names() {}

  static @Nullable Value constant(String name) {
    return switch (name) {
      case "pi" -> new Real(Math.PI);
      case "e" -> new Real(Math.E);
      case "inf" -> new Real(Double.POSITIVE_INFINITY);
      case "nan" -> new Real(Double.NaN);
      case "True" -> new Truth(true);
      case "False" -> new Truth(false);
      case "None", "newaxis" -> Special.NONE;
      default -> {
        DType dtype = dtypeOrNull(name);
        yield dtype == null ? null : new Value.Type(dtype);
      }
    };
  }

  /** NumPy's dtypes, and Python's int, float and bool as NumPy reads them. */
  static @Nullable DType dtypeOrNull(String name) {
    switch (name) {
      case "int", "int_", "long" -> {
        return DType.INT64;
      }
      case "float", "double" -> {
        return DType.FLOAT64;
      }
      case "bool_" -> {
        return DType.BOOL;
      }
      default -> {
        for (DType dtype : DType.values()) {
          if (dtype.label().equals(name)) {
            return dtype;
          }
        }
        return null;
      }
    }
  }

  /** A dtype given as text, where NumPy's short names count too. */
  static DType dtype(String name) {
    return switch (name) {
      case "half" -> DType.FLOAT16;
      case "single" -> DType.FLOAT32;
      case "?" -> DType.BOOL;
      default -> {
        DType dtype = dtypeOrNull(name);
        yield dtype == null ? DType.of(name) : dtype;
      }
    };
  }

  /** For suggestions. */
  static List<String> all() {
    List<String> names =
        new ArrayList<>(List.of("pi", "e", "inf", "nan", "True", "False", "None", "newaxis"));
    for (DType dtype : DType.values()) {
      names.add(dtype.label());
    }
    return names;
  }
}

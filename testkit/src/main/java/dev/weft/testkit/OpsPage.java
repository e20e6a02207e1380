package dev.weft.testkit;

import dev.weft.core.dtype.DType;
import dev.weft.core.op.ElementwiseOp;
import dev.weft.core.op.ElementwiseOps;
import dev.weft.core.op.TypeRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/** Writes {@code docs/ops.md} from the op table. */
public final class OpsPage {
  private static final String HEAD =
      """
      # Elementwise operations

      Generated from the op table; change a row there, not this page. `a`, `b` and `c` are the operands, which
      broadcast. Names and meanings are those of NumPy 2 and the Array API 2025.12; other names of the same
      operation are in brackets.

      - Integers wrap around. Integer division and remainder by 0 give 0.
      - Operands of different types are promoted as in NumPy. float16 is computed as float32 and rounded to float16.
      - Accuracy is the largest distance from the exact result in units in the last place (ulp). *Exact* rows give
        the same bits everywhere; the others may differ between machines by as much.
      - *Vector* says how the CPU runs a row over floating point (over integers or bool where it accepts only those):
        by one vector operation, by several, or one element at a time.

      | Name | Result | Accepts | Result type | Accuracy | Vector |
      |---|---|---|---|---|---|
      """;

  private OpsPage() {}

  /** Writes the page to the file named first. */
  public static void main(String[] args) throws IOException {
    Files.writeString(Path.of(args[0]), text(ElementwiseOps.all()));
  }

  /** The page for these rows. */
  public static String text(Collection<ElementwiseOp> rows) {
    StringBuilder text = new StringBuilder(HEAD);
    rows.forEach(row -> text.append(line(row)));
    return text.toString();
  }

  /** The line of one row. */
  public static String line(ElementwiseOp row) {
    List<String> aliases = row.aliases().stream().map(alias -> "`" + alias + "`").toList();
    String names =
        "`" + row.name() + "`" + (aliases.isEmpty() ? "" : " (" + String.join(", ", aliases) + ")");
    String accuracy =
        row.ulps() == 0
            ? "exact"
            : row.ulps() + " ulp" + (row.cancels() ? " of the largest operand" : "");
    return "| %s | %s | %s | %s | %s | %s |%n"
        .formatted(
            names,
            row.doc().replace("|", "\\|"),
            String.join(", ", row.acceptedKinds()),
            row.rule().resultDoc(),
            accuracy,
            vector(row))
        .replace(System.lineSeparator(), "\n");
  }

  private static String vector(ElementwiseOp row) {
    for (DType dtype : List.of(DType.FLOAT64, DType.INT64, DType.BOOL)) {
      if (row.accepts(dtype)) {
        boolean one = row.vector(dtype) != null || row.rule() == TypeRule.SELECT;
        return one ? "one" : row.composition(dtype) != null ? "several" : "no";
      }
    }
    return "no";
  }
}

package dev.weft.core;

import dev.weft.core.device.ByteCount;
import dev.weft.core.diagram.ChunkDrawing;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.Graphs;
import dev.weft.core.shape.AxisChunks;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Shape;
import java.util.List;
import java.util.Locale;

/** An array as a table of what is known of it and of its largest chunk, beside its chunk grid. */
final class ArrayHtml {
  private static final String CELL =
      "style=\"text-align:left;padding:2px 10px;border-bottom:1px solid #d4d8de\"";

  private final StringBuilder html = new StringBuilder();

  private ArrayHtml() {}

  static String of(NDArray array) {
    ArrayHtml page = new ArrayHtml();
    page.table(array);
    return page.html.toString();
  }

  private void table(NDArray array) {
    Chunks grid = array.chunks();
    html.append(
        "<div class=\"weft-array\" style=\"display:flex;flex-wrap:wrap;gap:24px;align-items:center;"
            + "background:#ffffff;color:#1b1b1b;font:13px system-ui,sans-serif;padding:8px\">\n");
    html.append("<table style=\"border-collapse:collapse;color:#1b1b1b\">\n");
    row("th", "", "Array", "Chunk");
    long largest = grid.largest() * array.dtype().itemSize();
    row("td", "Bytes", ByteCount.text(array.nbytes()), ByteCount.text(largest));
    row("td", "Shape", array.shape().toString(), longest(grid).toString());
    row("td", "Count", work(array), counted(grid.count(), "chunk"));
    row("td", "Type", array.dtype().toString(), array.dtype().toString());
    html.append("</table>\n").append(ChunkDrawing.svg(grid)).append("</div>\n");
  }

  private void row(String cell, String name, String array, String chunk) {
    html.append("<tr><th %s>%s</th>".formatted(CELL, name));
    for (String text : List.of(array, chunk)) {
      html.append("<%s %s>%s</%s>".formatted(cell, CELL, escaped(text), cell));
    }
    html.append("</tr>\n");
  }

  /** What there is to do, or why that is not known. */
  private static String work(NDArray array) {
    String operations = counted(Graphs.topological(List.of(array.expr())).size(), "operation");
    try {
      JobPlan job = JobPlan.explained(List.of(array), array.session());
      return counted(job.plan().tasks(), "task")
          + " in "
          + counted(job.plan().graph().stages().size(), "stage")
          + " for "
          + operations;
    } catch (UsageException e) {
      return operations + ", not planned: " + e.getMessage();
    }
  }

  private static Shape longest(Chunks grid) {
    return Shape.of(grid.axes().stream().mapToLong(AxisChunks::longest).toArray());
  }

  static String counted(long count, String one) {
    return String.format(Locale.ROOT, "%,d %s%s", count, one, count == 1 ? "" : "s");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}

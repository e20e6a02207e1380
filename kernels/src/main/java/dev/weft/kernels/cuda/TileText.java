package dev.weft.kernels.cuda;

import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.kernel.Param;
import java.util.ArrayList;
import java.util.List;

/**
 * The entry point {@code NAME_tiled} of a kernel that only stores, some of whose operands are
 * transposed: squares of 32 x 32 elements go through shared memory, so that every operand is read
 * along its own runs and every output written along its.
 *
 * <p>All operands go through shared memory, and all loads of a square come before the first of its
 * elements is computed: that keeps as many in flight, and the body is in the text once.
 */
final class TileText {
  static final String SUFFIX = "tiled";

  /** Width and height of a tile. */
  static final int TILE = 32;

  /**
   * Bytes of an element's operands: those of a tile are in shared memory, and a thread reads four
   * elements into registers first.
   */
  private static final int MOST_BYTES = 32;

  private final ElementText element;
  private final String name;
  private final List<Integer> buffers;
  private final List<String> operands = new ArrayList<>();

  TileText(ElementText element, String name) {
    this.element = element;
    this.name = name;
    this.buffers =
        element.params().stream().filter(p -> element.param(p) instanceof Param.Buffer).toList();
    element.params().forEach(param -> operands.add("p" + param));
    for (int sink = 0; sink < element.sinks().size(); sink++) {
      operands.add("out" + sink);
    }
  }

  /** Whether a kernel has the entry point. */
  static boolean fits(FusedKernel kernel) {
    int bytes = 0;
    for (Param param : kernel.params()) {
      bytes += param instanceof Param.Buffer buffer ? buffer.dtype().itemSize() : 0;
    }
    return bytes > 0 && bytes <= MOST_BYTES;
  }

  private String type(int param) {
    return CudaType.of(element.param(param).dtype());
  }

  /** A line for each operand in memory; its %1$s is the operand's number, %2$s its type. */
  private String each(String line) {
    StringBuilder text = new StringBuilder();
    buffers.forEach(param -> text.append(line.formatted(param, type(param))));
    return text.toString();
  }

  String text() {
    StringBuilder text = new StringBuilder(MapText.entry(name, SUFFIX, MapText.THREADS));
    text.append(
        """
          // Outputs lie in runs along axis j, operands that are turned along axis i.
          const int TILE = 32, ROWS = 8, LOADS = TILE / ROWS;
          const int i = w.rank() - 2, j = w.rank() - 1;
          // One column more than needed, so that a column of the tile meets all banks.
        """);
    text.append(each("  __shared__ %2$s p%1$s_tile[TILE][TILE + 1];\n"));
    text.append(each("  const bool p%1$s_turned = w.turned(w.p%1$s);\n"));
    text.append(
        """
          const long long down = (w.extent(i) + TILE - 1) / TILE;
          const long long across = (w.extent(j) + TILE - 1) / TILE;
          const long long tiles = w.size() / (w.extent(i) * w.extent(j)) * (down * across);
          const int x = threadIdx.x % TILE, y = threadIdx.x / TILE;
          for (long long t = blockIdx.x; t < tiles; t += gridDim.x) {
            long long rest = t / (down * across);
            const long long place = t - rest * (down * across);
            const long long top = place / across * TILE, left = place % across * TILE;
        """);
    for (String operand : operands) {
      text.append("    long long %s_at = 0;\n".formatted(operand));
    }
    text.append(
        """
            for (int axis = i - 1; axis >= 0; axis--) {
              const long long next = rest / w.extent(axis);
              const long long at = rest - next * w.extent(axis);
              rest = next;
        """);
    for (String operand : operands) {
      text.append("      %s_at += at * w.stride(w.%s, axis);\n".formatted(operand, operand));
    }
    text.append("    }\n").append(loads());
    text.append("    __syncthreads();\n");
    text.append(
        """
            for (int row = y; row < TILE; row += ROWS) {
              if (top + row < w.extent(i) && left + x < w.extent(j)) {
        """);
    text.append(compute());
    return text.append("      }\n    }\n    __syncthreads();\n  }\n}\n").toString();
  }

  private String loads() {
    return each("    %2$s p%1$s_read[LOADS];\n")
        + each(
            """
            #pragma unroll
                for (int k = 0; k < LOADS; k++) {
                  const int row = p%1$s_turned ? x : y + k * ROWS, column = p%1$s_turned ? y + k * ROWS : x;
                  if (top + row < w.extent(i) && left + column < w.extent(j)) {
                    p%1$s_read[k] = weft_load<%2$s>(
                        w.base(w.p%1$s) + p%1$s_at + (top + row) * w.stride(w.p%1$s, i)
                        + (left + column) * w.stride(w.p%1$s, j));
                  }
                }
            """)
        + each(
            """
            #pragma unroll
                for (int k = 0; k < LOADS; k++) p%1$s_tile[y + k * ROWS][x] = p%1$s_read[k];
            """);
  }

  private String compute() {
    String offset =
        "%1$s_at + (top + row) * w.stride(w.%1$s, i) + (left + x) * w.stride(w.%1$s, j)";
    List<String> elements = new ArrayList<>();
    for (int param : element.params()) {
      elements.add(
          buffers.contains(param)
              ? "p%1$s_turned ? p%1$s_tile[x][row] : p%1$s_tile[row][x]".formatted(param)
              : element.read(param, offset.formatted("p" + param)));
    }
    return element.call("        ", elements) + MapText.stores(element, "        ", offset);
  }
}

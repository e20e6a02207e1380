package dev.weft.kernels.cuda;

import dev.weft.core.dtype.DType;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.kernel.Param;
import dev.weft.kernels.cuda.CudaKernel.EntryPoint;
import java.util.ArrayList;
import java.util.List;

/**
 * Entry points of a kernel that only stores: {@code NAME_dense}, which moves 16 bytes at a time,
 * {@code NAME_strided32} and {@code NAME_strided64} for any layout, by the width of their index
 * arithmetic, and {@code NAME_tiled} for operands of which some are transposed.
 */
final class MapText {
  /** Threads of a block. */
  static final int THREADS = 256;

  private static final int ACCESS_BYTES = 16;
  private static final int MOST_ELEMENTS = 8;

  private final ElementText element;
  private final String name;
  private final int pack;
  private final boolean tiles;

  MapText(FusedKernel kernel, ElementText element, String name) {
    this.element = element;
    this.name = name;
    this.pack = pack(kernel);
    this.tiles = TileText.fits(kernel);
  }

  /** Elements that a thread of {@code NAME_dense} takes at a time: 16 bytes of the narrowest. */
  static int pack(FusedKernel kernel) {
    int narrowest = ACCESS_BYTES / 2;
    for (Param param : kernel.params()) {
      if (param instanceof Param.Buffer buffer) {
        narrowest = Math.min(narrowest, buffer.dtype().itemSize());
      }
    }
    for (var sink : kernel.sinks()) {
      narrowest = Math.min(narrowest, kernel.body().get(sink.value()).dtype().itemSize());
    }
    return Math.min(MOST_ELEMENTS, ACCESS_BYTES / narrowest);
  }

  String text() {
    List<String> parts = new ArrayList<>(List.of(dense(), strided()));
    parts.add(stridedEntry(32, "int"));
    parts.add(stridedEntry(64, "long long"));
    if (tiles) {
      parts.add(new TileText(element, name).text());
    }
    return String.join("\n", parts);
  }

  List<EntryPoint> entryPoints() {
    List<EntryPoint> entryPoints = new ArrayList<>();
    for (String suffix : List.of("dense", "strided32", "strided64")) {
      entryPoints.add(new EntryPoint(name + "_" + suffix, false));
    }
    if (tiles) {
      entryPoints.add(new EntryPoint(name + "_" + TileText.SUFFIX, true));
    }
    return entryPoints;
  }

  /**
   * The head of an entry point. It names one block as the least that a multiprocessor shall hold:
   * without a number the assembler spills registers to fit more blocks.
   */
  static String entry(String name, String suffix, int threads) {
    return "extern \"C\" __global__ void __launch_bounds__(%d, 1) %s_%s(\n    const __grid_constant__ weft_launch words) {\n  const %s_words w(words);\n"
        .formatted(threads, name, suffix, name);
  }

  private String dense() {
    StringBuilder text = new StringBuilder(entry(name, "dense", THREADS));
    text.append(
        """
          const long long step = (long long) gridDim.x * blockDim.x;
          const long long thread = (long long) blockIdx.x * blockDim.x + threadIdx.x;
          const long long packs = w.size() / PACK;
          for (long long pack = thread; pack < packs; pack += step) {
            const long long i = pack * PACK;
        """
            .replace("PACK", Integer.toString(pack)));
    List<String> elements = new ArrayList<>();
    for (int param : element.params()) {
      if (element.param(param) instanceof Param.Buffer buffer) {
        String type = packType(buffer.dtype());
        text.append(
            "    const weft_pack<%s> p%d = weft_load_pack<%s>(w.base(w.p%d), w.stride(w.p%d, 0), i);\n"
                .formatted(type, param, type, param, param));
        boolean bool = buffer.dtype() == DType.BOOL;
        elements.add("p%d.at[k]%s".formatted(param, bool ? " != 0" : ""));
      } else {
        elements.add(element.read(param, "(i + k) * w.stride(w.p%d, 0)".formatted(param)));
      }
    }
    int sinks = element.sinks().size();
    for (int sink = 0; sink < sinks; sink++) {
      text.append("    weft_pack<%s> out%d;\n".formatted(packType(element.sinkType(sink)), sink));
    }
    text.append("#pragma unroll\n    for (int k = 0; k < %d; k++) {\n".formatted(pack));
    text.append(element.call("      ", elements));
    for (int sink = 0; sink < sinks; sink++) {
      text.append("      out%d.at[k] = x%d;\n".formatted(sink, sink));
    }
    text.append("    }\n");
    for (int sink = 0; sink < sinks; sink++) {
      text.append("    weft_store_pack(w.base(w.out%d), i, out%d);\n".formatted(sink, sink));
    }
    text.append("  }\n");
    text.append(
        "  for (long long i = packs * %d + thread; i < w.size(); i += step) {\n".formatted(pack));
    text.append(one("    ", "i * w.stride(w.%s, 0)"));
    return text.append("  }\n}\n").toString();
  }

  private String packType(DType dtype) {
    return "%s, %d".formatted(CudaType.stored(dtype), pack);
  }

  /** One element; {@code offset} says where, given the operand's name. */
  private String one(String indent, String offset) {
    List<String> elements = new ArrayList<>();
    for (int param : element.params()) {
      elements.add(element.read(param, offset.formatted("p" + param)));
    }
    return element.call(indent, elements) + stores(element, indent, offset);
  }

  /** Stores x0, x1, ...; {@code offset} says where, given the operand's name. */
  static String stores(ElementText element, String indent, String offset) {
    StringBuilder text = new StringBuilder();
    for (int sink = 0; sink < element.sinks().size(); sink++) {
      text.append(
          "%sweft_store<%s>(w.base(w.out%d) + %s, x%d);\n"
              .formatted(
                  indent,
                  CudaType.of(element.sinkType(sink)),
                  sink,
                  offset.formatted("out" + sink),
                  sink));
    }
    return text.toString();
  }

  private String strided() {
    List<String> operands = new ArrayList<>();
    element.params().forEach(param -> operands.add("p" + param));
    for (int sink = 0; sink < element.sinks().size(); sink++) {
      operands.add("out" + sink);
    }
    StringBuilder text = new StringBuilder();
    text.append("template <typename I>\n");
    text.append(
        "__device__ __forceinline__ void %s_strided(const %s_words &w) {\n".formatted(name, name));
    text.append(
        """
          const I size = (I) w.size();
          const I step = (I) gridDim.x * (I) blockDim.x;
          for (I i = (I) blockIdx.x * (I) blockDim.x + (I) threadIdx.x; i < size; i += step) {
            I rest = i;
        """);
    for (String operand : operands) {
      text.append("    I %s_at = 0;\n".formatted(operand));
    }
    text.append(
        """
            for (int axis = w.rank() - 1; axis > 0; axis--) {
              const I next = rest / (I) w.extent(axis);
              const I at = rest - next * (I) w.extent(axis);
              rest = next;
        """);
    for (String operand : operands) {
      text.append("      %s_at += at * (I) w.stride(w.%s, axis);\n".formatted(operand, operand));
    }
    text.append("    }\n");
    for (String operand : operands) {
      text.append("    %s_at += rest * (I) w.stride(w.%s, 0);\n".formatted(operand, operand));
    }
    text.append(one("    ", "%s_at"));
    return text.append("  }\n}\n").toString();
  }

  private String stridedEntry(int bits, String index) {
    return "%s  %s_strided<%s>(w);\n}\n"
        .formatted(entry(name, "strided" + bits, THREADS), name, index);
  }
}

package dev.weft.kernels.cuda;

import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.kernel.Param;
import dev.weft.core.kernel.Sink;
import dev.weft.kernels.cuda.CudaKernel.EntryPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Entry points of a kernel that reduces (and perhaps stores too), by how threads share a block of
 * elements of a cell: 64 of them along the elements ({@code NAME_reduce64}), or one alone ({@code
 * NAME_reduce1}), or several that each take lanes of it beside threads of 16 or 32 neighbouring
 * cells ({@code NAME_columns16}, {@code NAME_columns32}, and {@code NAME_staged32} for operands
 * that lie the other way). {@code NAME_join256} and {@code NAME_join1} join the blocks of a cell.
 * What they have in common is in {@code reduce.cuh}; the struct that it works with is written here.
 */
final class ReduceText {
  /** Threads of a block that joins. */
  static final int JOIN_THREADS = 256;

  private static final List<Integer> GROUPS = List.of(JOIN_THREADS, 1);

  private final ElementText element;
  private final String name;
  private final ReduceShape shape;
  private final List<Accumulator> accumulators;
  private final List<String> operands = new ArrayList<>();
  private final List<Integer> planed;

  ReduceText(FusedKernel kernel, ElementText element, String name) {
    this.element = element;
    this.name = name;
    this.shape = ReduceShape.of(kernel);
    this.accumulators = Accumulator.all(kernel);
    this.planed = LaunchStruct.of(kernel).planed();
    element.params().forEach(param -> operands.add("p" + param));
    for (int sink = 0; sink < kernel.sinks().size(); sink++) {
      operands.add("out" + sink);
    }
    if (LaunchStruct.hasPosition(kernel)) {
      operands.add("position");
    }
  }

  /** Words of a block's partial result. */
  static int planes(FusedKernel kernel) {
    return Accumulator.all(kernel).stream().mapToInt(a -> a.reduction().planes()).sum();
  }

  String text() {
    StringBuilder text = new StringBuilder();
    text.append("struct %s_code {\n".formatted(name));
    text.append("  typedef %s_words Words;\n".formatted(name));
    text.append("  static const bool MOMENTS = %s;\n".formatted(moments()));
    text.append(
        "  static const int LOADS = %d, LANES = %d;\n\n".formatted(shape.loads(), shape.lanes()));
    text.append(
        "  // Bytes from an operand's first element; numbers of elements where they are computed.\n");
    text.append(
        "  struct Cell {\n    long long %s;\n  };\n\n".formatted(String.join(", ", operands)));
    text.append(elements());
    text.append(struct("Sums", accumulators, Accumulator::sums, ""));
    text.append(struct("Squares", momentsOnly(), Accumulator::squares, ""));
    text.append(struct("Result", accumulators, Accumulator::result, empty()));
    text.append(walk("cell", "0", "w.rank()"));
    text.append(walk("element", "w.rank()", "w.rank() + w.reduced_rank()"));
    text.append(read());
    if (shape.staged()) {
      text.append(stage());
    }
    text.append(sums());
    text.append(squares());
    text.append(finish());
    text.append(places());
    text.append("};\n");
    for (Entry entry : entries()) {
      text.append(
          "\n%s  %s(w);\n}\n"
              .formatted(
                  MapText.entry(name, entry.suffix(), entry.threads()),
                  entry.call().formatted(name, name)));
    }
    return text.toString();
  }

  /**
   * An entry point.
   *
   * @param call of a template of {@code reduce.cuh}, with the name twice
   */
  private record Entry(String suffix, int threads, String call, boolean synchronizes) {
    static Entry reduce(String suffix, int threads, String source, int ways, boolean across) {
      String call = "weft_reduce<%%s_code, %s<%%s_code>, %d, %d, %s>";
      return new Entry(suffix, threads, call.formatted(source, ways, threads, across), ways > 1);
    }
  }

  private List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    int threads = shape.threads();
    int wide = shape.wideThreads();
    entries.add(Entry.reduce("reduce64", threads, "weft_direct", 64, false));
    entries.add(Entry.reduce("columns32", threads, "weft_direct", threads / 32, true));
    entries.add(Entry.reduce("columns16", wide, "weft_direct", wide / 16, true));
    if (shape.staged()) {
      entries.add(Entry.reduce("staged32", threads, "weft_tile", threads / 32, true));
    }
    entries.add(Entry.reduce("reduce1", threads, "weft_direct", 1, false));
    for (int group : GROUPS) {
      String call = "weft_join<%%s_code, %d, %d>".formatted(group, JOIN_THREADS);
      entries.add(new Entry("join" + group, JOIN_THREADS, call, group > 1));
    }
    return entries;
  }

  List<EntryPoint> entryPoints() {
    return entries().stream()
        .map(entry -> new EntryPoint(name + "_" + entry.suffix(), entry.synchronizes()))
        .toList();
  }

  private boolean moments() {
    return accumulators.stream().anyMatch(Accumulator::moments);
  }

  private List<Accumulator> momentsOnly() {
    return accumulators.stream().filter(Accumulator::moments).toList();
  }

  private static String struct(
      String title, List<Accumulator> members, Function<Accumulator, String> type, String more) {
    StringBuilder text = new StringBuilder("  struct %s {\n".formatted(title));
    for (Accumulator member : members) {
      text.append("    %s r%d;\n".formatted(type.apply(member), member.sink()));
    }
    String joins =
        members.stream()
            .map(m -> "      r%d.join(right.r%d);\n".formatted(m.sink(), m.sink()))
            .collect(Collectors.joining());
    String parameter = members.isEmpty() ? "" : " right";
    text.append(
        "    __device__ __forceinline__ void join(const %s &%s) {\n"
            .formatted(title, parameter.strip()));
    return text.append(joins).append("    }\n").append(more).append("  };\n\n").toString();
  }

  private String empty() {
    return "    __device__ __forceinline__ void empty() {\n"
        + each(a -> "      r%d.empty();\n".formatted(a.sink()))
        + "    }\n";
  }

  private String each(Function<Accumulator, String> line) {
    return accumulators.stream().map(line).collect(Collectors.joining());
  }

  private String elements() {
    StringBuilder text = new StringBuilder("  // What an element is computed of.\n");
    text.append("  struct Elements {\n");
    for (int param : element.params()) {
      text.append("    %s p%d;\n".formatted(CudaType.of(element.param(param).dtype()), param));
    }
    text.append(
        "  };\n\n  // What is kept from one random number to the next.\n  struct Random {\n");
    for (int param : element.params()) {
      text.append(element.isNormal(param) ? "    weft_normal_source p%d;\n".formatted(param) : "");
    }
    return text.append("  };\n\n").toString();
  }

  /** From a number of a cell, or of an element of one, to offsets of the operands. */
  private String walk(String title, String first, String end) {
    StringBuilder text = new StringBuilder();
    text.append(
        "  static __device__ __forceinline__ Cell %s(const Words &w, unsigned int rest) {\n"
            .formatted(title));
    text.append("    Cell at = Cell();\n");
    text.append("#pragma unroll 1\n");
    text.append("    for (int axis = %s - 1; axis > %s; axis--) {\n".formatted(end, first));
    text.append("      const unsigned int next = rest / (unsigned int) w.extent(axis);\n");
    text.append("      const unsigned int index = rest - next * (unsigned int) w.extent(axis);\n");
    text.append("      rest = next;\n");
    for (String operand : operands) {
      text.append("      at.%s += index * w.stride(w.%s, axis);\n".formatted(operand, operand));
    }
    text.append("    }\n");
    for (String operand : operands) {
      text.append("    at.%s += rest * w.stride(w.%s, %s);\n".formatted(operand, operand, first));
    }
    return text.append("    return at;\n  }\n\n").toString();
  }

  private String read() {
    StringBuilder text = new StringBuilder();
    text.append("  static __device__ __forceinline__ void read(\n");
    text.append("      const Words &w, const Cell &cell, const Cell &at, Random &random,\n");
    text.append("      Elements &elements) {\n");
    for (int param : element.params()) {
      text.append("    elements.p%d = %s;\n".formatted(param, readOne(param, "at")));
    }
    return text.append("  }\n\n").toString();
  }

  private String readOne(int param, String at) {
    String offset = "cell.p%d + %s.p%d".formatted(param, at, param);
    return element.isNormal(param)
        ? element.drawn(param, "random.p%d.next".formatted(param), offset)
        : element.read(param, offset);
  }

  /** As {@link #read} for several elements, of 32 cells at once. */
  private String stage() {
    StringBuilder text = new StringBuilder();
    text.append("  template <typename Tile>\n");
    text.append("  static __device__ __forceinline__ void stage(\n");
    text.append("      const Words &w, const Cell &cell, Tile &tile, int row,\n");
    text.append("      const Cell (&at)[LOADS], const bool (&here)[LOADS], Random &random,\n");
    text.append("      Elements (&elements)[LOADS]) {\n");
    for (int param : element.params()) {
      String indent = "    ";
      if (element.param(param) instanceof Param.Buffer buffer) {
        indent = "      ";
        text.append("    if (w.along(w.p%d)) {\n".formatted(param));
        text.append("      %s mine[LOADS];\n".formatted(CudaType.of(buffer.dtype())));
        text.append(
            "      tile.template take<%s, &Cell::p%d>(w, w.base(w.p%d), row, mine);\n"
                .formatted(CudaType.of(buffer.dtype()), param, param));
        text.append("#pragma unroll\n");
        text.append(
            "      for (int e = 0; e < LOADS; e++) elements[e].p%d = mine[e];\n".formatted(param));
        text.append("    } else {\n");
      }
      text.append("#pragma unroll\n");
      text.append("%sfor (int e = 0; e < LOADS; e++) {\n".formatted(indent));
      text.append(
          "%s  if (here[e]) elements[e].p%d = %s;\n"
              .formatted(indent, param, readOne(param, "at[e]")));
      text.append(indent).append("}\n");
      if (indent.length() > 4) {
        text.append("    }\n");
      }
    }
    return text.append("  }\n\n").toString();
  }

  /** Computes x0, x1, ... of an element. */
  private String compute() {
    return element.call("    ", element.params().stream().map(p -> "elements.p" + p).toList());
  }

  private String sums() {
    StringBuilder text = new StringBuilder();
    text.append("  // Takes an element into a lane, as its first or a later one.\n");
    text.append("  static __device__ __forceinline__ void sums(\n");
    text.append(
        "      const Words &w, const Cell &cell, const Cell &at, const Elements &elements,\n");
    text.append("      bool fresh, Sums &lane) {\n");
    text.append(compute());
    for (int sink = 0; sink < element.sinks().size(); sink++) {
      if (element.sinks().get(sink) instanceof Sink.Store) {
        text.append(
            "    weft_store<%s>(w.base(w.out%d) + cell.out%d + at.out%d, x%d);\n"
                .formatted(CudaType.of(element.sinkType(sink)), sink, sink, sink, sink));
      }
    }
    String position = "w.base(w.position) + cell.position + at.position";
    text.append(each(a -> take(a.sink(), a.value(), a.positioned() ? position : "0")));
    return text.append("  }\n\n").toString();
  }

  private static String take(int sink, String value, String position) {
    return "    if (fresh) lane.r%d.first(%s, %s); else lane.r%d.next(%s, %s);\n"
        .formatted(sink, value, position, sink, value, position);
  }

  private String squares() {
    if (!moments()) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    text.append("  // The second pass: squares of the distances from the means.\n");
    text.append("  static __device__ __forceinline__ void squares(\n");
    text.append("      const Words &w, const Elements &elements, const Sums &means, bool fresh,\n");
    text.append("      Squares &lane) {\n");
    text.append(compute());
    for (Accumulator a : momentsOnly()) {
      int sink = a.sink();
      text.append(
          "    const double d%d = %s - means.r%d.value;\n".formatted(sink, a.value(), sink));
      text.append(take(sink, "d%d * d%d".formatted(sink, sink), "0"));
    }
    text.append("  }\n\n");
    text.append("  static __device__ __forceinline__ void means(Sums &sums, int n) {\n");
    for (Accumulator a : momentsOnly()) {
      text.append("    sums.r%d.value /= (double) n;\n".formatted(a.sink()));
    }
    return text.append("  }\n\n").toString();
  }

  private String finish() {
    StringBuilder text = new StringBuilder();
    text.append("  static __device__ __forceinline__ void result(\n");
    text.append("      const Sums &sums, const Squares &squares, int n, Result &result) {\n");
    for (Accumulator a : accumulators) {
      int sink = a.sink();
      text.append(
          a.moments()
              ? "    result.r%d.of(n, sums.r%d.value, squares.r%d.value);\n"
                  .formatted(sink, sink, sink)
              : "    result.r%d = sums.r%d;\n".formatted(sink, sink));
    }
    return text.append("  }\n\n").toString();
  }

  /**
   * Where results lie: in the output, or in the scratch memory, word by word and place by place.
   */
  private String places() {
    StringBuilder text = new StringBuilder();
    text.append("  static __device__ __forceinline__ void write(\n");
    text.append("      const Words &w, const Cell &cell, const Result &result) {\n");
    text.append(
        each(
            a ->
                "    weft_put(result.r%d, w.base(w.out%d) + cell.out%d, %s);\n"
                    .formatted(a.sink(), a.sink(), a.sink(), planeBytes(a))));
    text.append("  }\n\n");
    text.append(scratch("save", "const Result &result", "weft_put"));
    text.append("\n");
    return text.append(scratch("load", "Result &result", "weft_get")).toString();
  }

  /** Bytes from a result's word to the next, if it has one. */
  private String planeBytes(Accumulator a) {
    int place = planed.indexOf(a.sink());
    return place < 0 ? "0" : "w.plane_bytes(%d)".formatted(place);
  }

  private String scratch(String title, String result, String function) {
    StringBuilder text = new StringBuilder();
    text.append("  static __device__ __forceinline__ void %s(\n".formatted(title));
    text.append("      const Words &w, long long place, %s) {\n".formatted(result));
    text.append("    const long long step = 8 * w.size() * w.blocks();\n");
    int words = 0;
    for (Accumulator a : accumulators) {
      text.append(
          "    %s(result.r%d, w.scratch() + 8 * place + %d * step, step);\n"
              .formatted(function, a.sink(), words));
      words += a.reduction().planes();
    }
    return text.append("  }\n").toString();
  }
}

package dev.weft.kernels.cuda;

import dev.weft.core.error.InternalException;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.kernel.Sink;
import dev.weft.kernels.cuda.CudaKernel.EntryPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Entry points of a kernel that reduces (and perhaps stores too): {@code NAME_reduce64}, {@code
 * NAME_reduce8} and {@code NAME_reduce1}, by the number of threads that share a block of elements,
 * and {@code NAME_join256} and {@code NAME_join1}, which join the blocks of a cell. What they have
 * in common is in {@code reduce.cuh}; the struct that it works with is written here.
 */
final class ReduceText {
  /** Threads of a block that joins. */
  static final int JOIN_THREADS = 256;

  private static final List<Integer> WAYS = List.of(64, 8, 1);
  private static final List<Integer> GROUPS = List.of(JOIN_THREADS, 1);

  /** Shared memory that every device gives a block, less some for the compiler. */
  private static final int SHARED_BYTES = 40 << 10;

  private final ElementText element;
  private final String name;
  private final int threads;
  private final List<Accumulator> accumulators = new ArrayList<>();
  private final List<String> operands = new ArrayList<>();
  private final List<Integer> planed;

  ReduceText(FusedKernel kernel, ElementText element, String name) {
    this.element = element;
    this.name = name;
    this.threads = threads(kernel);
    this.planed = LaunchStruct.of(kernel).planed();
    element.params().forEach(param -> operands.add("p" + param));
    for (int sink = 0; sink < kernel.sinks().size(); sink++) {
      operands.add("out" + sink);
    }
    accumulators.addAll(accumulators(kernel));
    if (LaunchStruct.hasPosition(kernel)) {
      operands.add("position");
    }
  }

  private static List<Accumulator> accumulators(FusedKernel kernel) {
    List<Accumulator> accumulators = new ArrayList<>();
    for (int sink = 0; sink < kernel.sinks().size(); sink++) {
      if (kernel.sinks().get(sink) instanceof Sink.Reduce reduce) {
        accumulators.add(Accumulator.of(sink, reduce));
      }
    }
    return accumulators;
  }

  /** Threads of a block that reduces: as many as shared memory holds partial results of. */
  static int threads(FusedKernel kernel) {
    int words = 0;
    for (Accumulator accumulator : accumulators(kernel)) {
      words += accumulator.sumWords() + (accumulator.moments() ? 1 : 0);
    }
    for (int threads = 256; threads >= 64; threads /= 2) {
      if (threads * words * Long.BYTES <= SHARED_BYTES) {
        return threads;
      }
    }
    throw new InternalException(
        "kernel %s reduces to %d words at once; a block's shared memory holds %d"
            .formatted(kernel.name(), words, SHARED_BYTES / 64 / Long.BYTES));
  }

  /** Words of a block's partial result. */
  static int planes(FusedKernel kernel) {
    return accumulators(kernel).stream().mapToInt(a -> a.reduction().planes()).sum();
  }

  String text() {
    StringBuilder text = new StringBuilder();
    text.append("struct %s_code {\n".formatted(name));
    text.append("  typedef %s_words Words;\n".formatted(name));
    text.append("  static const bool MOMENTS = %s;\n\n".formatted(moments()));
    text.append(
        "  // Bytes from an operand's first element; numbers of elements where they are computed.\n");
    text.append(
        "  struct Cell {\n    long long %s;\n  };\n\n".formatted(String.join(", ", operands)));
    text.append(struct("Sums", accumulators, Accumulator::sums, ""));
    text.append(struct("Squares", momentsOnly(), Accumulator::squares, ""));
    text.append(struct("Result", accumulators, Accumulator::result, empty()));
    text.append(walk("cell(const Words &w, unsigned int rest)", "0", "w.rank()", false));
    text.append(
        walk(
            "element(const Words &w, const Cell &cell, unsigned int rest)",
            "w.rank()",
            "w.rank() + w.reduced_rank()",
            true));
    text.append(sums());
    text.append(squares());
    text.append(finish());
    text.append(places());
    text.append("};\n");
    for (int ways : WAYS) {
      text.append(entry("reduce" + ways, threads, "weft_reduce<%s_code, %d, %d>", ways));
    }
    for (int group : GROUPS) {
      text.append(entry("join" + group, JOIN_THREADS, "weft_join<%s_code, %d, %d>", group));
    }
    return text.toString();
  }

  List<EntryPoint> entryPoints() {
    List<EntryPoint> entryPoints = new ArrayList<>();
    for (int ways : WAYS) {
      entryPoints.add(new EntryPoint(name + "_reduce" + ways, ways > 1));
    }
    for (int group : GROUPS) {
      entryPoints.add(new EntryPoint(name + "_join" + group, group > 1));
    }
    return entryPoints;
  }

  private boolean moments() {
    return accumulators.stream().anyMatch(Accumulator::moments);
  }

  private List<Accumulator> momentsOnly() {
    return accumulators.stream().filter(Accumulator::moments).toList();
  }

  private String entry(String suffix, int block, String call, int share) {
    return "\n%s  %s(w);\n}\n"
        .formatted(MapText.entry(name, suffix, block), call.formatted(name, share, block));
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

  /** A function from a number of a cell, or of an element of it, to offsets of the operands. */
  private String walk(String signature, String first, String end, boolean fromCell) {
    StringBuilder text = new StringBuilder();
    text.append("  static __device__ __forceinline__ Cell %s {\n".formatted(signature));
    text.append("    Cell at%s;\n".formatted(fromCell ? " = cell" : ""));
    if (!fromCell) {
      text.append(
          "    %s = 0;\n"
              .formatted(operands.stream().map(o -> "at." + o).collect(Collectors.joining(" = "))));
    }
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

  /** Reads an element of a cell and computes x0, x1, ... of it. */
  private String compute() {
    List<String> elements = new ArrayList<>();
    for (int param : element.params()) {
      elements.add(element.read(param, "at.p" + param));
    }
    return "    const Cell at = element(w, cell, r);\n" + element.call("    ", elements);
  }

  private String sums() {
    StringBuilder text = new StringBuilder();
    text.append("  // Takes element r of a cell into a lane, as its first or a later one.\n");
    text.append("  template <bool FIRST>\n");
    text.append("  static __device__ __forceinline__ void sums(\n");
    text.append("      const Words &w, const Cell &cell, unsigned int r, Sums &lane) {\n");
    text.append(compute());
    for (int sink = 0; sink < element.sinks().size(); sink++) {
      if (element.sinks().get(sink) instanceof Sink.Store) {
        text.append(
            "    weft_store<%s>(w.base(w.out%d) + at.out%d, x%d);\n"
                .formatted(CudaType.of(element.sinkType(sink)), sink, sink, sink));
      }
    }
    text.append(
        each(
            a ->
                take(
                    a.sink(),
                    a.value(),
                    a.positioned() ? "w.base(w.position) + at.position" : "0")));
    return text.append("  }\n\n").toString();
  }

  private static String take(int sink, String value, String position) {
    return "    if (FIRST) lane.r%d.first(%s, %s); else lane.r%d.next(%s, %s);\n"
        .formatted(sink, value, position, sink, value, position);
  }

  private String squares() {
    if (!moments()) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    text.append("  // The second pass: squares of the distances from the means.\n");
    text.append("  template <bool FIRST>\n");
    text.append("  static __device__ __forceinline__ void squares(\n");
    text.append(
        "      const Words &w, const Cell &cell, unsigned int r, const Sums &means, Squares &lane) {\n");
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

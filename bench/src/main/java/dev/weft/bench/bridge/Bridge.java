package dev.weft.bench.bridge;

import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.op.ElementwiseOps;
import dev.weft.core.shape.Shape;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests on standard input until it ends. Each is a line of words, and has one answer:
 *
 * <pre>
 * put DTYPE EXTENTS BYTES    (then the bytes)  an array of the elements
 * get ARRAY                                    its elements, computed
 * call TARGET METHOD VALUE…                    what a public method gives; {@link Words} says how
 * eval TEXT NAME=ARRAY…                        what an expression of the command line gives
 * names                                        types, rows and methods there are
 * free ARRAY…                                  (no answer) forgets arrays
 * </pre>
 *
 * <p>Answers are {@code array ID DTYPE EXTENTS}, {@code arrays} with three words for each, {@code
 * bytes N} and the bytes, {@code value WORD}, {@code done}, or {@code error CLASS MESSAGE}. A
 * target is an array, {@code session}, a type, or {@code :} and the name of a class of statics.
 */
public final class Bridge {
  /** Classes whose static methods can be called. */
  private static final String STATICS = "dev.weft.core.";

  private final Session session;
  private final Wire wire;
  private final Handles handles = new Handles();
  private final Words words = new Words(handles);
  private final Expressions expressions;

  Bridge(Session session, Wire wire) {
    this.session = session;
    this.wire = wire;
    this.expressions = new Expressions(session);
  }

  /** {@code [--chunk BYTES]}: how large chunks are where nothing else decides. */
  public static void main(String[] args) throws IOException {
    Wire wire =
        new Wire(new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out));
    // Libraries may print: keep the protocol's stream for the protocol.
    System.setOut(System.err);
    SessionConfig config = SessionConfig.defaults();
    int chunk = Arrays.asList(args).indexOf("--chunk");
    if (chunk >= 0) {
      config = config.withChunkBytes(Long.parseLong(args[chunk + 1]));
    }
    try (Session session = Session.open(config)) {
      new Bridge(session, wire).serve();
    }
  }

  /** Answers until there is nothing to read. */
  void serve() throws IOException {
    for (String line = wire.line(); line != null; line = wire.line()) {
      List<String> request = Arrays.asList(line.split(" ", -1));
      if (request.getFirst().equals("free")) {
        request.subList(1, request.size()).forEach(handles::free);
        continue;
      }
      byte[] bytes =
          request.getFirst().equals("put")
              ? wire.bytes(Integer.parseInt(request.get(3)))
              : new byte[0];
      try {
        answer(request, bytes);
      } catch (IOException e) {
        throw e;
      } catch (Throwable e) {
        if (!(e instanceof UsageException || e instanceof IllegalArgumentException)) {
          e.printStackTrace();
        }
        wire.write(
            "error %s %s"
                .formatted(
                    e.getClass().getSimpleName(), Words.encoded(String.valueOf(e.getMessage()))));
      }
    }
  }

  private void answer(List<String> request, byte[] bytes) throws Throwable {
    switch (request.getFirst()) {
      case "put" -> write(put(request, bytes));
      case "get" -> get(handles.get(request.get(1)));
      case "call" -> {
        List<@Nullable Object> values = new ArrayList<>();
        for (String word : request.subList(3, request.size())) {
          values.add(words.value(word));
        }
        write(Calls.call(target(request.get(1)), request.get(2), values));
      }
      case "eval" -> {
        Map<String, NDArray> inputs =
            request.subList(2, request.size()).stream()
                .map(word -> word.split("=", 2))
                .collect(Collectors.toMap(part -> part[0], part -> handles.get(part[1])));
        write(expressions.evaluate(Words.text(request.get(1)), inputs));
      }
      case "names" -> wire.write("value t" + names());
      default -> throw new IllegalArgumentException("no request " + request.getFirst());
    }
  }

  private NDArray put(List<String> request, byte[] bytes) {
    HostArray array =
        HostArray.allocate(DType.of(request.get(1)), Shape.of(Words.integers(request.get(2))));
    MemorySegment.copy(bytes, 0, array.segment(), ValueLayout.JAVA_BYTE, 0, bytes.length);
    return session.array(array.freeze());
  }

  private void get(NDArray array) throws IOException {
    try (HostArray values = array.compute()) {
      byte[] bytes = values.segment().toArray(ValueLayout.JAVA_BYTE);
      wire.write("bytes " + bytes.length, bytes);
    }
  }

  private Object target(String word) throws ClassNotFoundException {
    if (word.equals("session")) {
      return session;
    }
    if (word.startsWith(":")) {
      return Class.forName(STATICS + word.substring(1));
    }
    Object value = words.value(word);
    if (value == null) {
      throw new IllegalArgumentException("null has no methods");
    }
    return value;
  }

  private String names() {
    String types = Arrays.stream(DType.values()).map(DType::label).collect(Collectors.joining(","));
    String rows =
        ElementwiseOps.all().stream()
            .map(row -> row.name() + "/" + row.arity())
            .collect(Collectors.joining(","));
    return Words.encoded(
        String.join(
            ";",
            types,
            rows,
            String.join(",", Calls.names(NDArray.class)),
            String.join(",", Calls.names(Session.class))));
  }

  private void write(@Nullable Object value) throws Throwable {
    switch (value) {
      case null -> wire.write("done");
      case NDArray array -> wire.write("array " + described(array));
      case HostArray host -> wire.write("array " + described(session.array(host)));
      case Object[] several -> writeAll(Arrays.asList(several));
      case List<?> several when several.stream().allMatch(Bridge::isArray) -> writeAll(several);
      case Record several -> writeAll(components(several));
      case Long number -> wire.write("value i" + number);
      case Integer number -> wire.write("value i" + number);
      case Double number -> wire.write("value f" + number);
      case DType dtype -> wire.write("value d" + dtype);
      case Shape shape -> wire.write("value l" + extents(shape));
      case Boolean truth -> wire.write("value b" + (truth ? "True" : "False"));
      default -> wire.write("value t" + Words.encoded(value.toString()));
    }
  }

  private static boolean isArray(Object value) {
    return value instanceof NDArray || value instanceof HostArray;
  }

  private void writeAll(List<?> arrays) throws IOException {
    StringBuilder line = new StringBuilder("arrays");
    for (Object array : arrays) {
      line.append(' ')
          .append(
              described(array instanceof HostArray host ? session.array(host) : (NDArray) array));
    }
    wire.write(line.toString());
  }

  private static List<Object> components(Record several) throws Throwable {
    List<Object> values = new ArrayList<>();
    for (RecordComponent component : several.getClass().getRecordComponents()) {
      try {
        values.add(component.getAccessor().invoke(several));
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }
    return values;
  }

  private String described(NDArray array) {
    return handles.add(array) + " " + array.dtype() + " " + extents(array.shape());
  }

  private static String extents(Shape shape) {
    return LongStream.of(shape.extents()).mapToObj(Long::toString).collect(Collectors.joining(","));
  }
}

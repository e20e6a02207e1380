package dev.weft.bench.bridge;

import dev.weft.core.Axes;
import dev.weft.core.Index;
import dev.weft.core.NDArray;
import dev.weft.core.dtype.DType;
import dev.weft.core.op.ElementwiseOps;
import dev.weft.core.shape.Shape;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values as words without blanks, the kind in the first letter: {@code a7} an array, {@code i-5} an
 * integer, {@code f0x1.8p1} a floating number, {@code bTrue}, {@code tTEXT} (percent-encoded),
 * {@code dint8} a type, {@code oexp} a row of the op table, {@code n} null, {@code l1,2} integers,
 * {@code g0x1p0,nan} floating numbers, {@code h2,3;-} shapes, {@code y7,8} arrays, {@code x0,1k}
 * axes ({@code *} for all, {@code k} to keep them), {@code sp1;r0:5:2;w;e;a7} an index.
 */
final class Words {
  private final Handles handles;

  Words(Handles handles) {
    this.handles = handles;
  }

  /** The value of a word. */
  @Nullable Object value(String word) {
    String rest = word.substring(1);
    return switch (word.charAt(0)) {
      case 'a' -> handles.get(rest);
      case 'i' -> Long.valueOf(rest);
      case 'f' -> real(rest);
      case 'b' -> Boolean.valueOf(rest);
      case 't' -> text(rest);
      case 'd' -> DType.of(rest);
      case 'o' ->
          ElementwiseOps.find(rest)
              .orElseThrow(() -> new IllegalArgumentException("there is no row " + rest));
      case 'n' -> null;
      case 'l' -> integers(rest);
      case 'h' ->
          parts(rest, ";").stream()
              .map(extents -> Shape.of(extents.equals("-") ? new long[0] : integers(extents)))
              .toArray(Shape[]::new);
      case 'g' -> parts(rest, ",").stream().mapToDouble(Words::real).toArray();
      case 'y' -> parts(rest, ",").stream().map(handles::get).toArray(NDArray[]::new);
      case 'x' -> axes(rest);
      case 's' -> parts(rest, ";").stream().map(this::item).toArray(Index[]::new);
      default -> throw new IllegalArgumentException("'" + word + "' is no value");
    };
  }

  static String text(String encoded) {
    return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  static long[] integers(String text) {
    return parts(text, ",").stream().mapToLong(Long::parseLong).toArray();
  }

  private static List<String> parts(String text, String separator) {
    return text.isEmpty() ? List.of() : Arrays.asList(text.split(separator, -1));
  }

  private static double real(String text) {
    return switch (text) {
      case "nan" -> Double.NaN;
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  private static Axes axes(String text) {
    boolean kept = text.endsWith("k");
    String list = kept ? text.substring(0, text.length() - 1) : text;
    Axes axes =
        list.equals("*")
            ? Axes.all()
            : Axes.of(Arrays.stream(integers(list)).mapToInt(Math::toIntExact).toArray());
    return kept ? axes.keepDims() : axes;
  }

  private Index item(String word) {
    String rest = word.substring(1);
    return switch (word.charAt(0)) {
      case 'p' -> Index.at(Long.parseLong(rest));
      case 'r' -> {
        List<@Nullable Long> bounds = new ArrayList<>();
        for (String bound : rest.split(":", -1)) {
          bounds.add(bound.isEmpty() ? null : Long.valueOf(bound));
        }
        yield new Index.Range(bounds.get(0), bounds.get(1), bounds.get(2));
      }
      case 'w' -> Index.newAxis();
      case 'e' -> Index.ellipsis();
      case 'a' -> Index.of(handles.get(rest));
      default -> throw new IllegalArgumentException("'" + word + "' is no item of an index");
    };
  }
}

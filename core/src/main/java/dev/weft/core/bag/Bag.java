package dev.weft.core.bag;

import dev.weft.core.error.UsageException;
import dev.weft.core.task.Delayed;
import dev.weft.core.task.Input;
import dev.weft.core.task.TaskFunction;
import dev.weft.core.task.TaskSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A lazy collection of elements of any kind, in partitions that are worked on side by side. Methods
 * that give a bag or a {@link Delayed} run nothing; results do not depend on the number of threads.
 * The order of elements is kept, but where a method says otherwise.
 *
 * <pre>{@code
 * Map<String, Long> words =
 *     session.readText(List.of(Path.of("log.txt")), 64 << 20)
 *         .flatMap(line -> Stream.of(line.split(" ")))
 *         .frequencies()
 *         .compute();
 * }</pre>
 *
 * @param <T> type of the elements
 */
public final class Bag<T> {
  private final TaskSession session;
  private final List<Part<?, T>> parts;

  /** A partition, and what happens to its elements before they are those of the bag. */
  private record Part<S, T>(Delayed<Partition<S>> source, Steps<S, T> steps) {
    <U> Part<S, U> then(Function<Stream<T>, Stream<U>> next) {
      return new Part<>(source, steps.then(next));
    }

    <R> Delayed<R> finish(String name, Function<Stream<T>, R> end) {
      Steps<S, T> own = steps;
      return source.then(partition -> Steps.<S, T, R>finish(partition, own, end)).named(name);
    }
  }

  private Bag(TaskSession session, List<Part<?, T>> parts) {
    this.session = session;
    this.parts = parts;
  }

  /** Elements that are in memory, in so many partitions of about the same length. */
  public static <T> Bag<T> of(TaskSession session, Collection<T> elements, int partitions) {
    if (partitions < 1) {
      throw new UsageException("a bag of %d partitions; give at least 1".formatted(partitions));
    }
    List<T> all = List.copyOf(elements);
    List<Delayed<Partition<T>>> sources = new ArrayList<>();
    for (int i = 0; i < partitions; i++) {
      int from = (int) ((long) all.size() * i / partitions);
      int to = (int) ((long) all.size() * (i + 1) / partitions);
      List<T> part = all.subList(from, to);
      sources.add(source(session, () -> Partition.of(part)));
    }
    return new Bag<>(session, parts(sources));
  }

  /**
   * The lines of text files, in UTF-8, in partitions of about so many bytes. Files may be larger
   * than memory: a partition is read as it is worked on.
   *
   * @throws UsageException when a file cannot be found
   */
  public static Bag<String> readText(TaskSession session, Collection<Path> files, long blockBytes) {
    List<Delayed<Partition<String>>> sources = new ArrayList<>();
    for (Path file : files) {
      for (Partition<String> block : TextBlocks.of(file, blockBytes)) {
        sources.add(source(session, () -> block).named("read " + file.getFileName()));
      }
    }
    return new Bag<>(session, parts(sources));
  }

  private static <T> Delayed<Partition<T>> source(
      TaskSession session, TaskFunction.Of0<Partition<T>> open) {
    return Delayed.of(session, open).named("partition");
  }

  private static <T> List<Part<?, T>> parts(List<Delayed<Partition<T>>> sources) {
    List<Part<?, T>> parts = new ArrayList<>();
    for (Delayed<Partition<T>> source : sources) {
      parts.add(new Part<T, T>(source, elements -> elements));
    }
    return parts;
  }

  /** Number of partitions. */
  public int partitions() {
    return parts.size();
  }

  private <U> Bag<U> with(Function<Stream<T>, Stream<U>> next) {
    List<Part<?, U>> others = new ArrayList<>();
    for (Part<?, T> part : parts) {
      others.add(part.then(next));
    }
    return new Bag<>(session, others);
  }

  /** What the function makes of each element. */
  public <U> Bag<U> map(TaskFunction.Of1<? super T, ? extends U> function) {
    Function<T, U> code = Steps.code(function);
    return with(elements -> elements.map(code));
  }

  /** The elements for which the function says true. */
  public Bag<T> filter(TaskFunction.Of1<? super T, Boolean> function) {
    Predicate<T> code = Steps.<T, Boolean>code(function)::apply;
    return with(elements -> elements.filter(code));
  }

  /** All that the function makes of each element. */
  public <U> Bag<U> flatMap(TaskFunction.Of1<? super T, ? extends Stream<U>> function) {
    Function<T, Stream<U>> code = Steps.code(function);
    return with(elements -> elements.flatMap(code));
  }

  /** Each partition on its own, then joined two by two, in order. */
  private <A> Delayed<A> reduce(
      String name, Supplier<A> none, Function<Stream<T>, A> part, BinaryOperator<A> join) {
    List<Delayed<A>> results = new ArrayList<>();
    for (Part<?, T> each : parts) {
      results.add(each.finish(name, part));
    }
    return Joining.tree(session, name, results, none, join);
  }

  /**
   * All elements joined by a function that gives the same for any grouping of neighbours.
   *
   * @param identity changes no element that it is joined with, as 0 in a sum
   */
  public Delayed<T> fold(T identity, BinaryOperator<T> join) {
    return reduce("fold", () -> identity, elements -> elements.reduce(identity, join), join);
  }

  /**
   * All elements of a partition taken in one by one, and what came of the partitions joined.
   *
   * @param none makes the result of no elements; a new one each time where it is changed
   * @param take takes in one more element
   * @param join joins the results of neighbours
   */
  public <A> Delayed<A> fold(
      Supplier<A> none, Accumulate<A, ? super T> take, BinaryOperator<A> join) {
    return fold(none, take, join, "fold");
  }

  private <A> Delayed<A> fold(
      Supplier<A> none, Accumulate<A, ? super T> take, BinaryOperator<A> join, String name) {
    return reduce(name, none, elements -> Joining.fold(elements, none, take), join);
  }

  /** Takes an element in. */
  @FunctionalInterface
  public interface Accumulate<A, T> {
    /** The result with one more element; may be the same object, changed. */
    A take(A result, T element);
  }

  /** The elements of each key folded, in order; keys in the order of their first element. */
  public <K, A> Delayed<Map<K, A>> foldBy(
      TaskFunction.Of1<? super T, ? extends K> key,
      Supplier<A> none,
      Accumulate<A, ? super T> take,
      BinaryOperator<A> join) {
    Function<T, K> code = Steps.code(key);
    return reduce(
        "foldBy",
        LinkedHashMap::new,
        elements -> Joining.foldBy(elements, code, none, take),
        (a, b) -> Joining.merged(a, b, join));
  }

  /** How often each element occurs, in the order of first occurrence. */
  public Delayed<Map<T, Long>> frequencies() {
    return foldBy(element -> element, () -> 0L, (count, element) -> count + 1, Long::sum);
  }

  /** The largest elements, the largest first; equal ones in order. */
  public Delayed<List<T>> topK(int k, Comparator<? super T> order) {
    if (k < 0) {
      throw new UsageException("topK(%d); give 0 or more".formatted(k));
    }
    Comparator<? super T> largestFirst = order.reversed();
    Function<Stream<T>, List<T>> top = all -> all.sorted(largestFirst).limit(k).toList();
    return reduce(
        "topK",
        List::of,
        elements -> Joining.top(elements, k, largestFirst),
        (a, b) -> top.apply(Stream.concat(a.stream(), b.stream())));
  }

  /** Number of elements. */
  public Delayed<Long> count() {
    // Stream.count would leave out steps that do not change the number.
    return fold(() -> 0L, (count, element) -> count + 1, Long::sum, "count");
  }

  /** The sum of what the function makes of each element, in float64, joined in order. */
  public Delayed<Double> sum(TaskFunction.Of1<? super T, ? extends Number> number) {
    Function<T, Number> code = Steps.code(number);
    return fold(
        () -> 0.0, (sum, element) -> sum + code.apply(element).doubleValue(), Double::sum, "sum");
  }

  /**
   * The elements of each key together, in their order; which partition a key is in, and the order
   * of keys there, depends on the keys' hash codes. All elements are in memory at once.
   */
  public <K> Bag<Map.Entry<K, List<T>>> groupBy(TaskFunction.Of1<? super T, ? extends K> key) {
    Function<T, K> code = Steps.code(key);
    return shuffled(
        "groupBy", code, elements -> Joining.grouped(elements, code).entrySet().stream());
  }

  /** Each different element once; partitions and order as for {@link #groupBy}. */
  public Bag<T> distinct() {
    return shuffled("distinct", element -> element, Stream::distinct);
  }

  /** Elements of equal keys come into the same partition, each of which is then worked on. */
  private <K, U> Bag<U> shuffled(
      String name, Function<T, K> key, Function<Stream<T>, Stream<U>> next) {
    int count = parts.size();
    List<Delayed<List<List<T>>>> split = new ArrayList<>();
    for (Part<?, T> part : parts) {
      split.add(part.finish(name, elements -> Joining.split(elements, key, count)));
    }
    List<Delayed<Partition<T>>> sources = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int bucket = i;
      sources.add(
          Delayed.all(session, split)
              .then(all -> Partition.of(Joining.bucket(all, bucket)))
              .named(name));
    }
    return new Bag<>(session, parts(sources)).with(next);
  }

  /** The first elements; only as many partitions are computed as are needed. */
  public List<T> take(int n) {
    List<T> taken = new ArrayList<>();
    for (Part<?, T> part : parts) {
      int left = n - taken.size();
      if (left <= 0) {
        break;
      }
      taken.addAll(
          part.<List<T>>finish("take", elements -> elements.limit(left).toList()).compute());
    }
    return taken;
  }

  /** All elements as one list. */
  public Delayed<List<T>> toList() {
    return reduce("toList", List::of, Stream::toList, Joining::concatenated);
  }

  /** Computes all elements. */
  public List<T> compute() {
    return toList().compute();
  }

  /**
   * Writes each element as a line, in UTF-8, a file for each partition: {@code part-00000.txt} and
   * so on. A file appears when it is whole.
   *
   * @param folder is made if it is missing
   * @return the files, in order
   */
  public Delayed<List<Path>> toText(Path folder) {
    List<Input<Path>> files = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      Path file = folder.resolve("part-%05d.txt".formatted(i));
      files.add(parts.get(i).finish("toText", elements -> TextFile.write(file, elements)));
    }
    return Delayed.all(session, files);
  }

  /** Computes the elements and keeps them, partition by partition. */
  public Bag<T> persist() {
    List<Input<List<T>>> wanted = new ArrayList<>();
    for (Part<?, T> part : parts) {
      wanted.add(part.<List<T>>finish("persist", Stream::toList));
    }
    List<Delayed<Partition<T>>> sources = new ArrayList<>();
    for (List<T> elements : Delayed.all(session, wanted).compute()) {
      sources.add(source(session, () -> Partition.of(elements)));
    }
    return new Bag<>(session, parts(sources));
  }

  @Override
  public String toString() {
    return "Bag(%d partitions)".formatted(parts.size());
  }
}

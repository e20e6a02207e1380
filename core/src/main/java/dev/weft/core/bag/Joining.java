package dev.weft.core.bag;

import dev.weft.core.task.Delayed;
import dev.weft.core.task.JoinTree;
import dev.weft.core.task.TaskFunction;
import dev.weft.core.task.TaskSession;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How elements become results, and results of partitions one. */
final class Joining {
  private Joining() {}

  /** Joins results in order, by a tree. */
  static <A> Delayed<A> tree(
      TaskSession session,
      String name,
      List<Delayed<A>> results,
      Supplier<A> none,
      BinaryOperator<A> join) {
    if (results.isEmpty()) {
      return Delayed.of(session, (TaskFunction.Of0<A>) none::get).named(name);
    }
    return JoinTree.of(name, results, values -> values.stream().reduce(join).orElseThrow());
  }

  static <T, A> A fold(Stream<T> elements, Supplier<A> none, Bag.Accumulate<A, ? super T> take) {
    A result = none.get();
    for (Iterator<T> all = elements.iterator(); all.hasNext(); ) {
      result = take.take(result, all.next());
    }
    return result;
  }

  static <T, K, A> Map<K, A> foldBy(
      Stream<T> elements, Function<T, K> key, Supplier<A> none, Bag.Accumulate<A, ? super T> take) {
    Map<K, A> results = new LinkedHashMap<>();
    for (Iterator<T> all = elements.iterator(); all.hasNext(); ) {
      T element = all.next();
      K own = key.apply(element);
      A before = results.containsKey(own) ? results.get(own) : none.get();
      results.put(own, take.take(before, element));
    }
    return results;
  }

  /** A new map: results that others may read are not changed. */
  static <K, A> Map<K, A> merged(Map<K, A> a, Map<K, A> b, BinaryOperator<A> join) {
    Map<K, A> both = new LinkedHashMap<>(a);
    b.forEach((key, value) -> both.merge(key, value, join));
    return both;
  }

  /** Of the elements in one order, the first ones, in memory for so many. */
  static <T> List<T> top(Stream<T> elements, int k, Comparator<? super T> order) {
    /** An element and its place, so that equal ones stay in order. */
    record Placed<T>(T element, long place) {}
    Comparator<Placed<T>> places =
        Comparator.<Placed<T>, T>comparing(Placed::element, order).thenComparingLong(Placed::place);
    PriorityQueue<Placed<T>> best = new PriorityQueue<>(places.reversed());
    long place = 0;
    for (Iterator<T> all = elements.iterator(); all.hasNext(); place++) {
      best.add(new Placed<>(all.next(), place));
      if (best.size() > k) {
        best.remove();
      }
    }
    return best.stream().sorted(places).map(Placed::element).toList();
  }

  static <T, K> Map<K, List<T>> grouped(Stream<T> elements, Function<T, K> key) {
    return foldBy(
        elements,
        key,
        ArrayList::new,
        (list, element) -> {
          list.add(element);
          return list;
        });
  }

  /** The elements by their keys' hash codes. */
  static <T, K> List<List<T>> split(Stream<T> elements, Function<T, K> key, int buckets) {
    List<List<T>> split = new ArrayList<>();
    for (int i = 0; i < buckets; i++) {
      split.add(new ArrayList<>());
    }
    for (Iterator<T> all = elements.iterator(); all.hasNext(); ) {
      T element = all.next();
      split.get(bucketOf(key.apply(element), buckets)).add(element);
    }
    return split;
  }

  /** Hash codes of numbers differ in their last bits only: the others are mixed in. */
  private static int bucketOf(@Nullable Object key, int buckets) {
    int hash = Objects.hashCode(key) * 0x9E3779B9;
    return Math.floorMod(hash ^ (hash >>> 16), buckets);
  }

  static <T> List<T> bucket(List<List<List<T>>> split, int bucket) {
    List<T> all = new ArrayList<>();
    split.forEach(part -> all.addAll(part.get(bucket)));
    return all;
  }

  static <T> List<T> concatenated(List<T> a, List<T> b) {
    List<T> both = new ArrayList<>(a.size() + b.size());
    both.addAll(a);
    both.addAll(b);
    return both;
  }
}

package dev.weft.core.bag;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The elements of one partition, read anew each time. */
interface Partition<T> {
  /** The elements in order; the stream must be closed. */
  Stream<T> open() throws IOException;

  /** Elements that are in memory. */
  static <T> Partition<T> of(List<T> elements) {
    return new InMemory<>(elements);
  }

  /** A list. */
  record InMemory<T>(List<T> elements) implements Partition<T> {
    @Override
    public Stream<T> open() {
      return elements.stream();
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%,d elements", elements.size());
    }
  }
}

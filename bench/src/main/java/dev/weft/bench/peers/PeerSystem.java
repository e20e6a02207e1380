package dev.weft.bench.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A system under test. Loading and preparing are not timed; calling what was prepared is. */
interface PeerSystem extends AutoCloseable {

  /** Versions, threads and settings. */
  Map<String, Object> info();

  /** Keeps an input under {@code name}, in the system's own form. */
  void load(String name, DenseArray array);

  /** Keeps the input in a .npy file. */
  default void load(String name, Path file) throws IOException {
    load(name, DenseNpy.read(file));
  }

  /** Keeps the name of a file that the {@code file_} workloads open anew in each call. */
  default void keep(String name, Path file) {}

  /** Drops all inputs. */
  void unload();

  /**
   * The ways to run a workload, by name; each computes the result in full. Throws {@link
   * UnsupportedWorkload} where the system cannot express it.
   */
  Map<String, Supplier<Result>> prepare(String workload, String dtype, int n);

  /** Random numbers, drawn as the random workloads draw them. */
  DenseArray draw(String workload, String dtype, int count);

  @Override
  void close();

  /** A finished result, which is read only for its digest, after the clock has stopped. */
  interface Result {
    List<DenseArray> read();

    /** Gives its memory back before the next call. Not timed. */
    default void release() {}
  }
}

package dev.weft.testkit.session;

import dev.weft.core.dtype.DType;
import dev.weft.core.expr.ArrayTarget;
import dev.weft.core.shape.Shape;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** A target in memory that remembers its calls and fails where it is told to. */
public final class RecordingTarget implements ArrayTarget {
  private final String failing;
  private final List<String> calls = new ArrayList<>();
  private MemorySegment memory = MemorySegment.NULL;

  /** A target whose call of this name throws; none for "". */
  public RecordingTarget(String failing) {
    this.failing = failing;
  }

  /** The calls so far, in order. */
  public synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  /** The elements that have arrived. */
  public double[] values() {
    return memory.toArray(ValueLayout.JAVA_DOUBLE);
  }

  @Override
  public MemorySegment open(DType dtype, Shape shape) throws IOException {
    call("open");
    memory = Arena.ofAuto().allocate(shape.size() * dtype.itemSize(), 64);
    return memory;
  }

  @Override
  public void commit() throws IOException {
    call("commit");
  }

  @Override
  public void abort() {
    synchronized (this) {
      calls.add("abort");
    }
    if (failing.equals("abort")) {
      throw new IllegalStateException("abort is not possible");
    }
  }

  private synchronized void call(String name) throws IOException {
    calls.add(name);
    if (failing.equals(name)) {
      throw new IOException(name + " is not possible");
    }
  }
}

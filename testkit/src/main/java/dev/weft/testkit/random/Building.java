package dev.weft.testkit.random;

import dev.weft.core.ChunkSpec;
import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.HalfFloats;
import dev.weft.core.dtype.Scalar;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.IdentityHashMap;
import java.util.Map;

/** Builds the lazy arrays of a random expression in one session; shared steps become one array. */
final class Building {
  private final Session session;
  private final ChunkSpec chunks;
  private final Map<Step, NDArray> made = new IdentityHashMap<>();

  Building(Session session, ChunkSpec chunks) {
    this.session = session;
    this.chunks = chunks;
  }

  Session session() {
    return session;
  }

  ChunkSpec chunks() {
    return chunks;
  }

  NDArray of(Step step) {
    NDArray known = made.get(step);
    if (known == null) {
      known = step.recipe().make(this);
      made.put(step, known);
    }
    return known;
  }

  NDArray source(Dense values) {
    HostArray array = HostArray.allocate(values.dtype(), values.shape());
    for (int i = 0; i < values.elements().length; i++) {
      store(array.segment(), values.dtype(), i, values.elements()[i]);
    }
    return session.array(array.asSource(), chunks);
  }

  private static void store(MemorySegment memory, DType dtype, long i, Scalar value) {
    switch (dtype) {
      case FLOAT16 ->
          memory.setAtIndex(ValueLayout.JAVA_SHORT, i, HalfFloats.bits((float) value.floating()));
      case FLOAT64 -> memory.setAtIndex(ValueLayout.JAVA_DOUBLE, i, value.floating());
      case FLOAT32 -> memory.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) value.floating());
      default -> {
        switch (dtype.itemSize()) {
          case 1 -> memory.set(ValueLayout.JAVA_BYTE, i, (byte) value.integer());
          case 2 -> memory.setAtIndex(ValueLayout.JAVA_SHORT, i, (short) value.integer());
          case 4 -> memory.setAtIndex(ValueLayout.JAVA_INT, i, (int) value.integer());
          default -> memory.setAtIndex(ValueLayout.JAVA_LONG, i, value.integer());
        }
      }
    }
  }
}

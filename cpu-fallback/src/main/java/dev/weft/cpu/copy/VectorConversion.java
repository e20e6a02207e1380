package dev.weft.cpu.copy;

import dev.weft.cpu.memory.Memory;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** A conversion by vectors; the template of a class for each pair of types and width. */
final class VectorConversion implements Conversion {
  private static final Spec SPEC = constant();
  private static final StoredType FROM = SPEC.from();
  private static final StoredType TO = SPEC.to();
  private static final int FROM_BYTES = FROM.bytes();
  private static final int TO_BYTES = TO.bytes();

  /**
   * Clears what sign extension puts above an unsigned number; 0 where there is nothing to clear.
   */
  private static final long CLEAR = VectorShapes.upperBits(SPEC);

  private static final VectorSpecies<?> SOURCE = VectorShapes.species(SPEC, FROM);
  private static final VectorSpecies<?> TARGET = VectorShapes.species(SPEC, TO);
  private static final int N = SOURCE.length();

  private static Spec constant() {
    try {
      return MethodHandles.classData(MethodHandles.lookup(), "_", Spec.class);
    } catch (IllegalAccessException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  VectorConversion() {}

  @Override
  public void convert(long from, long to, int n) {
    int i = 0;
    for (; i <= n - N; i += N) {
      Vector<?> v =
          SOURCE
              .fromMemorySegment(Memory.ALL, from + (long) i * FROM_BYTES, Memory.ORDER)
              .castShape(TARGET, 0);
      if (CLEAR != 0) {
        v = v.lanewise(VectorOperators.AND, ~CLEAR);
      }
      v.intoMemorySegment(Memory.ALL, to + (long) i * TO_BYTES, Memory.ORDER);
    }
    for (; i < n; i++) {
      StoredType.convert(FROM, from + (long) i * FROM_BYTES, TO, to + (long) i * TO_BYTES);
    }
  }
}

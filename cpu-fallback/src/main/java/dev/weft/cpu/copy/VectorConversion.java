package dev.weft.cpu.copy;

import dev.weft.cpu.memory.Memory;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.VectorSpecies;

/** A conversion by vectors; the template of a class for each pair of types and width. */
final class VectorConversion implements Conversion {
  private static final Spec SPEC = constant();
  private static final StoredType FROM = SPEC.from();
  private static final StoredType TO = SPEC.to();
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
      SOURCE
          .fromMemorySegment(Memory.ALL, from + (long) i * FROM.bytes(), Memory.ORDER)
          .castShape(TARGET, 0)
          .intoMemorySegment(Memory.ALL, to + (long) i * TO.bytes(), Memory.ORDER);
    }
    for (; i < n; i++) {
      ConvertedElement.convert(
          FROM, from + (long) i * FROM.bytes(), TO, to + (long) i * TO.bytes());
    }
  }
}

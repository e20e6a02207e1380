package dev.weft.cpu.copy;

import java.lang.invoke.MethodHandles;

/** A conversion one element at a time; the template of a class for each pair of types. */
final class ScalarConversion implements Conversion {
  private static final Spec SPEC = constant();
  private static final StoredType FROM = SPEC.from();
  private static final StoredType TO = SPEC.to();
  private static final int FROM_BYTES = FROM.bytes();
  private static final int TO_BYTES = TO.bytes();

  private static Spec constant() {
    try {
      return MethodHandles.classData(MethodHandles.lookup(), "_", Spec.class);
    } catch (IllegalAccessException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  ScalarConversion() {}

  @Override
  public void convert(long from, long to, int n) {
    for (int i = 0; i < n; i++) {
      StoredType.convert(FROM, from + (long) i * FROM_BYTES, TO, to + (long) i * TO_BYTES);
    }
  }
}

package dev.weft.cpu.vector;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Copies of a template class, each compiled for its own constant.
 *
 * <p>The template reads the constant into a {@code static final} field by {@link
 * MethodHandles#classData}. A vector species or an operator held in an instance field or passed as
 * an argument is no constant to C2: every operation then allocates and runs a hundred times slower.
 * A copy is a hidden class, so it goes away with its last instance.
 */
public final class Specialization {
  private Specialization() {}

  /**
   * An instance of a fresh copy of a template.
   *
   * @param lookup a lookup of any class in the package of the template
   * @param template the template, which has a constructor without parameters; it is not initialised
   * @param type an interface that the template implements
   * @param constant what the copy is specialised for
   */
  public static <T> T of(
      MethodHandles.Lookup lookup, Class<? extends T> template, Class<T> type, Object constant) {
    try {
      MethodHandles.Lookup copy =
          lookup.defineHiddenClassWithClassData(bytes(template), constant, true);
      Object instance =
          copy.findConstructor(copy.lookupClass(), MethodType.methodType(void.class))
              .asType(MethodType.methodType(Object.class))
              .invokeExact();
      return type.cast(instance);
    } catch (Error | RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(
          "cannot specialise " + template.getName() + " for " + constant, e);
    }
  }

  /** The constant of a copy, for the static initialiser of its template. */
  public static <C> C constant(MethodHandles.Lookup copy, Class<C> type) {
    try {
      return MethodHandles.classData(copy, ConstantDescs.DEFAULT_NAME, type);
    } catch (IllegalAccessException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static byte[] bytes(Class<?> template) {
    String name = template.getName();
    String file = name.substring(name.lastIndexOf('.') + 1) + ".class";
    try (InputStream in = template.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("the class file of " + name + " is not on the class path");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("reading the class file of " + name, e);
    }
  }
}

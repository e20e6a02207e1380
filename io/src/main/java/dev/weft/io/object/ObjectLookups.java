package dev.weft.io.object;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks at each path of object stores once as long as a call lasts: who opens a file asks many
 * times whether it is there, and each time a store takes as long as for a megabyte of data. An
 * object that is replaced meanwhile is noticed all the same, since it is then read by its tag.
 */
public final class ObjectLookups {
  private static final ScopedValue<Map<ObjectPath, Optional<ObjectAttributes>>> KNOWN =
      ScopedValue.newInstance();

  private ObjectLookups() {}

  /** Asks a store. */
  @FunctionalInterface
  interface Lookup {
    /**
     * What is there.
     *
     * @throws NoSuchFileException when there is nothing
     */
    ObjectAttributes run() throws IOException;
  }

  /** Does what opens files, which looks at each path once. */
  public static <T, X extends Throwable> T once(ScopedValue.CallableOp<T, X> call) throws X {
    return KNOWN.isBound()
        ? call.call()
        : ScopedValue.where(KNOWN, new ConcurrentHashMap<>()).call(call);
  }

  static ObjectAttributes of(ObjectPath path, Lookup lookup) throws IOException {
    if (!KNOWN.isBound()) {
      return lookup.run();
    }
    Optional<ObjectAttributes> known = KNOWN.get().get(path);
    if (known == null) {
      known = ask(lookup);
      KNOWN.get().put(path, known);
    }
    return known.orElseThrow(() -> new NoSuchFileException(path.toString()));
  }

  private static Optional<ObjectAttributes> ask(Lookup lookup) throws IOException {
    try {
      return Optional.of(lookup.run());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }
}

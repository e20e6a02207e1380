package dev.weft.core.device;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where Weft keeps what can be made again: in the user's cache. */
public final class UserCache {
  private UserCache() {}

  /**
   * The folder {@code weft} in the user's cache; empty for a user without a home folder. It need
   * not be there, nor be writable.
   */
  public static Optional<Path> folder() {
    return folder(System.getenv(), System.getProperty("user.home"));
  }

  /** The same for these variables and this home folder. */
  static Optional<Path> folder(Map<String, String> environment, String home) {
    String base = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path caches = base.isEmpty() ? Path.of(home, ".cache") : Path.of(base);
    // Java says "?" for the home of a user whom the system does not know.
    return caches.isAbsolute() ? Optional.of(caches.resolve("weft")) : Optional.empty();
  }
}

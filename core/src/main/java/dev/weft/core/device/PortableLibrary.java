package dev.weft.core.device;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Somebody else's library that a kind of device needs and not every machine has, as files to take
 * along to others.
 *
 * @param title its name and version, such as {@code NVRTC 12.9}
 * @param origin where it was found
 * @param needs what it asks of the machine that it is taken to
 * @param files where they lie here, by the names under which they are looked for there
 */
public record PortableLibrary(String title, String origin, String needs, Map<String, Path> files) {
  /** Copies the files in their order. */
  public PortableLibrary {
    files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
  }
}

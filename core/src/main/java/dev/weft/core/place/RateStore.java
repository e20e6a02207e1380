package dev.weft.core.place;

import dev.weft.core.device.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the answers of another source in a folder, one small text for each device. Files appear
 * whole or not at all; one that is damaged, or of another machine or version, is measured anew and
 * replaced. Rates whose repetitions lay far apart are not kept. A folder that cannot be used costs
 * time and is no error. Safe for several threads and processes.
 */
public final class RateStore implements RateSource {
  private final Path folder;
  private final RateSource source;
  private final boolean anew;
  private final Map<RateFile, Rates> known = new HashMap<>();

  private RateStore(Path folder, RateSource source, boolean anew) {
    this.folder = folder;
    this.source = source;
    this.anew = anew;
  }

  /** What is not in the folder is asked from the source, and written there. */
  public static RateStore of(Path folder, RateSource source) {
    return new RateStore(folder, source, false);
  }

  /** The same, but the source is asked once more for every device, whatever is in the folder. */
  public RateStore renewed() {
    return new RateStore(folder, source, true);
  }

  @Override
  public synchronized Rates rates(Device host, Device device) {
    RateFile file = RateFile.of(device);
    Rates rates = known.get(file);
    if (rates == null && !anew) {
      rates = read(file);
    }
    if (rates == null) {
      rates = source.rates(host, device);
      // What was measured on a busy machine and may be far off is not for other processes.
      if (rates.spread().isSure()) {
        write(file, rates);
      }
    }
    known.put(file, rates);
    return rates;
  }

  /** Where the rates of a device are kept. */
  public Path file(Device device) {
    return folder.resolve(RateFile.of(device).name());
  }

  private @Nullable Rates read(RateFile file) {
    try {
      return file.read(Files.readString(folder.resolve(file.name())));
    } catch (IOException e) {
      // Not there, not readable, or no text: measured anew.
      return null;
    }
  }

  private void write(RateFile file, Rates rates) {
    try {
      Files.createDirectories(folder);
      Path part = Files.createTempFile(folder, "", ".part");
      try {
        Files.writeString(part, file.write(rates));
        Files.move(part, folder.resolve(file.name()), StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      // The next process measures too; this one remembers.
      return;
    }
  }
}

package dev.weft.core.place;

import dev.weft.core.device.Device;
import dev.weft.core.error.UsageException;
import java.util.Map;
import java.util.TreeSet;

/**
 * Rates that were stated, by the names of devices: for tests, and for machines whose rates are
 * known better than they can be measured.
 */
public record FixedRates(Map<String, Rates> byName) implements RateSource {
  /** Copies the map. */
  public FixedRates {
    byName = Map.copyOf(byName);
  }

  @Override
  public Rates rates(Device host, Device device) {
    String name = device.info().name();
    Rates rates = byName.get(name);
    if (rates == null) {
      throw new UsageException(
          "rates are given for %s, not for %s: give those of every device of the session"
              .formatted(new TreeSet<>(byName.keySet()), name));
    }
    return rates;
  }
}

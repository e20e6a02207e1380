package dev.weft.cli.machine;

import dev.weft.cli.output.Console;
import dev.weft.core.Session;
import dev.weft.core.device.DeviceInfo;

/** Says why matrix products took longer than they need to. */
public final class SlowProducts {
  private SlowProducts() {}

  /** One line for each device that computed products without OpenBLAS. */
  public static void tell(Session session, Console console) {
    for (DeviceInfo device : session.devices()) {
      String products = device.details().getOrDefault("matrix products", "");
      if (products.contains("without OpenBLAS")) {
        console
            .err()
            .println(
                "weft: matrix products on %s took longer than they need to: %s"
                    .formatted(device.name(), products));
      }
    }
  }
}

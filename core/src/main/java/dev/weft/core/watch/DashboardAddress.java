package dev.weft.core.watch;

import dev.weft.core.error.UsageException;

/**
 * Where a dashboard is to be reached.
 *
 * @param host an address of this machine, such as {@code 127.0.0.1}, which only programs of this
 *     machine reach, or {@code 192.168.1.5}, which others reach too
 * @param port from 1 to 65,535, or 0 for any free one
 * @param orNext whether to take the next free port where this one is taken
 */
public record DashboardAddress(String host, int port, boolean orNext) {
  private static final String LOOPBACK = "127.0.0.1";
  private static final int PORT = 8787;
  private static final int LAST_PORT = 65_535;

  /** Checks the port. */
  public DashboardAddress {
    if (port < 0 || port > LAST_PORT) {
      throw new UsageException(
          "the dashboard's port is %d; use 1 to %d, or 0 for any free one"
              .formatted(port, LAST_PORT));
    }
    if (host.isBlank()) {
      throw new UsageException(
          "the dashboard's address is empty; use an address of this machine, such as 127.0.0.1");
    }
  }

  /** {@code 127.0.0.1:8787}, or the next free port. */
  public static DashboardAddress standard() {
    return new DashboardAddress(LOOPBACK, PORT, true);
  }

  /** This port of {@code 127.0.0.1} and no other. */
  public static DashboardAddress ofPort(int port) {
    return new DashboardAddress(LOOPBACK, port, false);
  }
}

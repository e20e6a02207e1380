package dev.weft.dashboard.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.HashSet;
import java.util.Set;

/** What the dashboard is called in Host headers. */
final class Hosts {
  private static final int HTTP_PORT = 80;

  private Hosts() {}

  /**
   * All names that are allowed: the address itself as it was given, its number, {@code localhost}
   * for a loopback address, and the numbers of all interfaces where it listens on all.
   */
  static Set<String> of(String given, InetAddress bound, int port) {
    Set<String> hosts = new HashSet<>();
    add(hosts, literal(bound), port);
    add(hosts, given, port);
    if (bound.isLoopbackAddress() || bound.isAnyLocalAddress()) {
      add(hosts, "localhost", port);
    }
    if (bound.isAnyLocalAddress()) {
      try {
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .forEach(address -> add(hosts, literal(address), port));
      } catch (SocketException e) {
        // It is reached by localhost only, then.
        return hosts;
      }
    }
    return hosts;
  }

  private static void add(Set<String> hosts, String name, int port) {
    hosts.add(name + ":" + port);
    if (port == HTTP_PORT) {
      hosts.add(name);
    }
  }

  /** The host and port of the link. */
  static String shown(InetAddress bound, int port) {
    return (bound.isAnyLocalAddress() ? "127.0.0.1" : literal(bound)) + ":" + port;
  }

  private static String literal(InetAddress address) {
    String number = address.getHostAddress();
    int zone = number.indexOf('%');
    String bare = zone < 0 ? number : number.substring(0, zone);
    return address instanceof Inet6Address ? "[" + bare + "]" : bare;
  }
}

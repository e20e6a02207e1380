package dev.weft.dashboard.http;

import com.sun.net.httpserver.Headers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may use the dashboard: who shows the token of the printed link, or the cookie that it was
 * exchanged for, and comes from a page of the dashboard itself. Hosts and origins are compared as
 * they are: names that only resolve to this machine, as in DNS rebinding, are refused.
 */
final class Access {
  private static final int SECRET_BYTES = 24;

  private final Set<String> hosts;
  private final String cookieName;
  private final String token = secret();
  private final String cookie = secret();

  /**
   * Access with a new token.
   *
   * @param hosts values of the Host header that are allowed, such as {@code 127.0.0.1:8787}
   * @param port cookies are shared by all ports of a host: it is part of their name
   */
  Access(Set<String> hosts, int port) {
    this.hosts = Set.copyOf(hosts);
    this.cookieName = "weft-" + port;
  }

  private static String secret() {
    byte[] bytes = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The token of the link: 192 random bits. */
  String token() {
    return token;
  }

  /** The header that gives a browser its cookie. */
  String setCookie() {
    return cookieName + "=" + cookie + "; Path=/; HttpOnly; SameSite=Strict";
  }

  /** Why a request comes from where none may come from, or null when it may. */
  @Nullable String foreign(Headers headers, boolean changes) {
    String host = single(headers, "Host");
    if (host == null || !hosts.contains(host)) {
      return "this host name is not the dashboard's";
    }
    String site = headers.containsKey("Sec-fetch-site") ? single(headers, "Sec-fetch-site") : "";
    if (site == null || (changes && !site.isEmpty() && !site.equals("same-origin"))) {
      return "the request comes from another site";
    }
    if (!headers.containsKey("Origin")) {
      return changes && !bearer(headers) ? "the request does not say where it comes from" : null;
    }
    return ("http://" + host).equals(single(headers, "Origin"))
        ? null
        : "the request comes from another site";
  }

  /** Whether a request shows the cookie or the token. */
  boolean known(Headers headers) {
    return bearer(headers) || cookie(headers);
  }

  private boolean bearer(Headers headers) {
    String value = single(headers, "Authorization");
    return value != null && value.startsWith("Bearer ") && isToken(value.substring(7));
  }

  private boolean cookie(Headers headers) {
    String value = single(headers, "Cookie");
    if (value == null) {
      return false;
    }
    boolean known = false;
    for (String pair : value.split(";")) {
      String stripped = pair.strip();
      if (stripped.startsWith(cookieName + "=")) {
        known |= equal(stripped.substring(cookieName.length() + 1), cookie);
      }
    }
    return known;
  }

  boolean isToken(@Nullable String text) {
    return text != null && equal(text, token);
  }

  /** Takes as long whatever the text is. */
  private static boolean equal(String text, String secret) {
    return MessageDigest.isEqual(
        text.getBytes(StandardCharsets.UTF_8), secret.getBytes(StandardCharsets.UTF_8));
  }

  /** The value of a header that stands there once, else null. */
  private static @Nullable String single(Headers headers, String name) {
    List<String> values = headers.get(name);
    return values == null || values.size() != 1 ? null : values.getFirst();
  }
}

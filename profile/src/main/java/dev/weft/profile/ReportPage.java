package dev.weft.profile;

import dev.weft.core.error.InternalException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import tools.jackson.databind.json.JsonMapper;

/**
 * Puts the page together: one file with its style, its script and its data. The page's policy
 * allows this script and this style, known by their digests, and nothing else. Names and messages
 * are data only: the script shows them as text.
 */
final class ReportPage {
  private ReportPage() {}

  /** The text of the HTML file. */
  static String of(ReportData data) {
    String style = resource("report.css");
    String script = resource("page.js") + resource("stream.js") + resource("report.js");
    String policy =
        "default-src 'none'; script-src '%s'; style-src '%s'; base-uri 'none'; form-action 'none'"
            .formatted(digest(script), digest(style));
    // The data comes last: what it says is never looked at for further places.
    return resource("report.html")
        .replace("@POLICY@", policy)
        .replace("@STYLE@", style)
        .replace("@SCRIPT@", script)
        .replace("@DATA@", json(data));
  }

  /** JSON in which nothing can end the element that it stands in. */
  static String json(Object data) {
    // Outside of texts JSON has none of these characters.
    return JsonMapper.shared()
        .writeValueAsString(data)
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026");
  }

  private static String digest(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new InternalException("every JDK has SHA-256", e);
    }
  }

  private static String resource(String name) {
    try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new InternalException("the file " + name + " is missing in weft-profile");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.weft.gpu.compile;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a cubin depends on, as a checksum: compiler version, architecture, options and source. The
 * name of the text is left out: it changes messages only.
 *
 * @param hex SHA-256
 */
record CubinKey(String hex) {
  static CubinKey of(CompileRequest request, CompilerVersion version) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      // Lengths before texts, so that no two lists of them give the same bytes.
      text(out, version.toString());
      text(out, request.architecture().flag());
      out.writeInt(request.options().size());
      for (String option : request.options()) {
        text(out, option);
      }
      text(out, request.source());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return new CubinKey(HexFormat.of().formatHex(sha256(bytes.toByteArray())));
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}

package dev.weft.io.netcdf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes the header of a file of the classic formats, big-endian and padded. */
final class HeaderOutput {
  private static final int PADDING = 4;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final boolean isWide;

  /**
   * An empty header.
   *
   * @param isWide whether counts have 64 bits, as in CDF-5
   */
  HeaderOutput(boolean isWide) {
    this.isWide = isWide;
  }

  /** 32 bits. */
  HeaderOutput putInt(int value) {
    bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
    return this;
  }

  /** 64 bits. */
  HeaderOutput putLong(long value) {
    bytes.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    return this;
  }

  /** A count or a length, of as many bits as the version has for it. */
  HeaderOutput putCount(long value) {
    return isWide ? putLong(value) : putInt(Math.toIntExact(value));
  }

  /** A size, which has no sign in 32 bits. */
  HeaderOutput putSize(long value) {
    return isWide ? putLong(value) : putInt((int) value);
  }

  /** Bytes, padded. */
  HeaderOutput putPadded(byte[] value) {
    bytes.writeBytes(value);
    bytes.writeBytes(new byte[(PADDING - value.length % PADDING) % PADDING]);
    return this;
  }

  /** A name. */
  HeaderOutput putName(String name) {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    return putCount(utf8.length).putPadded(utf8);
  }

  /** What begins a list; an empty one has no mark. */
  HeaderOutput putList(int mark, int entries) {
    return putInt(entries == 0 ? 0 : mark).putCount(entries);
  }

  /** All of it. */
  byte[] bytes() {
    return bytes.toByteArray();
  }
}

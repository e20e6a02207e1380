package dev.weft.table.text;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Texts of characters that are the bytes of UTF-8. */
public final class Utf8 {
  private Utf8() {}

  /** The text of bytes, each of which is a character from 0 to 255; null where malformed. */
  public static @Nullable String decoded(char[] buffer, int offset, int length) {
    if (isAscii(buffer, offset, length)) {
      return new String(buffer, offset, length);
    }
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) buffer[offset + i];
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /** Whether a text is ASCII, which is the same in UTF-8. */
  public static boolean isAscii(char[] buffer, int offset, int length) {
    int all = 0;
    for (int i = offset; i < offset + length; i++) {
      all |= buffer[i];
    }
    return all < 0x80;
  }

  /** The bytes of a text, each of them a character. */
  public static char[] encoded(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    char[] characters = new char[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      characters[i] = (char) (bytes[i] & 0xFF);
    }
    return characters;
  }
}

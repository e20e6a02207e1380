package dev.weft.table.parquet;

import dev.weft.table.column.Dictionary;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers of texts, by their bytes. Texts of a dictionary come as the same arrays again and again,
 * so that most are found by identity.
 */
final class TextCodes {
  private final List<String> texts = new ArrayList<>();
  private byte[][] entries = new byte[1024][];

  /** By hash: the number of an entry and one; 0 where there is none. */
  private int[] slots = new int[4096];

  /**
   * The number of a text.
   *
   * @throws CharacterCodingException when it is not UTF-8
   */
  int code(byte[] bytes) throws CharacterCodingException {
    int slot = slot(bytes);
    while (slots[slot] != 0) {
      int entry = slots[slot] - 1;
      if (entries[entry] == bytes || Arrays.equals(entries[entry], bytes)) {
        return entry;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    int entry = texts.size();
    texts.add(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    if (entry == entries.length) {
      entries = Arrays.copyOf(entries, 2 * entry);
    }
    entries[entry] = bytes;
    slots[slot] = entry + 1;
    if (2 * texts.size() > slots.length) {
      spread();
    }
    return entry;
  }

  private int slot(byte[] bytes) {
    int hash = Arrays.hashCode(bytes) * 0x9E37_79B9;
    return (hash ^ hash >>> 15) & (slots.length - 1);
  }

  private void spread() {
    slots = new int[2 * slots.length];
    for (int entry = 0; entry < texts.size(); entry++) {
      int slot = slot(entries[entry]);
      while (slots[slot] != 0) {
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = entry + 1;
    }
  }

  boolean isEmpty() {
    return texts.isEmpty();
  }

  Dictionary build() {
    return Dictionary.of(texts);
  }
}

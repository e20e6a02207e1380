package dev.weft.spark;

import java.io.Serializable;

/** A chunk between two stages. No record, which Spark's Kryo serializer cannot write. */
final class Chunk implements Serializable {
  private static final long serialVersionUID = 1;

  private final int array;
  private final long number;
  private final byte[] bytes;

  /** Keeps the bytes. */
  Chunk(int array, long number, byte[] bytes) {
    this.array = array;
    this.number = number;
    this.bytes = bytes;
  }

  int array() {
    return array;
  }

  long number() {
    return number;
  }

  byte[] bytes() {
    return bytes;
  }
}

package dev.weft.io.zarr.metadata;

import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.HalfFloats;
import dev.weft.io.binary.StoredType;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What elements are that were never written. */
final class FillValue {
  private static final BigInteger UINT64 = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

  private FillValue() {}

  /** The bytes of an element in native order. */
  static byte[] bytes(Json json, DType dtype) {
    ByteBuffer bytes = ByteBuffer.allocate(dtype.itemSize()).order(ByteOrder.nativeOrder());
    if (json.node().isNull()) {
      return bytes.array();
    }
    switch (dtype.kind()) {
      case BOOL -> bytes.put((byte) (truth(json) ? 1 : 0));
      case SIGNED, UNSIGNED -> put(bytes, integer(json, dtype));
      case FLOATING -> putFloat(bytes, json, dtype.itemSize());
      case COMPLEX -> {
        List<Json> parts = json.list();
        if (parts.size() != 2) {
          throw json.wrong("two numbers, the real and the imaginary part");
        }
        putFloat(bytes, parts.get(0), StoredType.numberSize(dtype));
        putFloat(bytes, parts.get(1), StoredType.numberSize(dtype));
      }
    }
    return bytes.array();
  }

  private static boolean truth(Json json) {
    JsonNode node = json.node();
    return node.isBoolean() ? node.booleanValue() : json.number(0, 1) == 1;
  }

  private static long integer(Json json, DType dtype) {
    JsonNode node = json.node();
    if (node.isDouble() && node.doubleValue() == (int) node.doubleValue()) {
      // Some writers make 0.0 of it.
      return within(json, dtype, BigInteger.valueOf((int) node.doubleValue()));
    }
    if (!node.isIntegralNumber()) {
      throw json.wrong("a whole number");
    }
    return within(json, dtype, node.bigIntegerValue());
  }

  private static long within(Json json, DType dtype, BigInteger value) {
    BigInteger most = dtype == DType.UINT64 ? UINT64 : BigInteger.valueOf(dtype.maxValue());
    BigInteger least = BigInteger.valueOf(dtype.minValue());
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw json.wrong("within the range of " + dtype);
    }
    return value.longValue();
  }

  private static void put(ByteBuffer bytes, long value) {
    switch (bytes.capacity()) {
      case 1 -> bytes.put((byte) value);
      case 2 -> bytes.putShort((short) value);
      case 4 -> bytes.putInt((int) value);
      default -> bytes.putLong(value);
    }
  }

  private static void putFloat(ByteBuffer bytes, Json json, int size) {
    JsonNode node = json.node();
    if (node.isString()) {
      putSpecial(bytes, json, json.text(), size);
    } else if (node.isNumber()) {
      putNumber(bytes, node.doubleValue(), size);
    } else {
      throw json.wrong("a number");
    }
  }

  private static void putNumber(ByteBuffer bytes, double value, int size) {
    switch (size) {
      case Short.BYTES -> bytes.putShort(HalfFloats.bits(HalfFloats.of(value)));
      case Float.BYTES -> bytes.putFloat((float) value);
      default -> bytes.putDouble(value);
    }
  }

  /** What JSON has no number for: names, the bits in hexadecimal, the bytes in base 64. */
  private static void putSpecial(ByteBuffer bytes, Json json, String text, int size) {
    switch (text) {
      case "NaN" -> putNumber(bytes, Double.NaN, size);
      case "Infinity" -> putNumber(bytes, Double.POSITIVE_INFINITY, size);
      case "-Infinity" -> putNumber(bytes, Double.NEGATIVE_INFINITY, size);
      default -> putBits(bytes, json, text, size);
    }
  }

  private static void putBits(ByteBuffer bytes, Json json, String text, int size) {
    try {
      if (text.matches("0x[0-9a-fA-F]{" + 2 * size + "}")) {
        putBits(bytes, Long.parseUnsignedLong(text.substring(2), 16), size);
        return;
      }
      byte[] decoded = Base64.getDecoder().decode(text);
      if (decoded.length == size) {
        ByteBuffer little = ByteBuffer.wrap(Arrays.copyOf(decoded, Long.BYTES));
        putBits(bytes, little.order(ByteOrder.LITTLE_ENDIAN).getLong(), size);
        return;
      }
    } catch (IllegalArgumentException e) {
      throw wrong(json, size);
    }
    throw wrong(json, size);
  }

  private static void putBits(ByteBuffer bytes, long bits, int size) {
    switch (size) {
      case Short.BYTES -> bytes.putShort((short) bits);
      case Float.BYTES -> bytes.putInt((int) bits);
      default -> bytes.putLong(bits);
    }
  }

  private static dev.weft.io.FormatException wrong(Json json, int size) {
    return json.wrong(
        "a number, 'NaN', 'Infinity', '-Infinity', or the %d bytes as 0x... or in base 64"
            .formatted(size));
  }
}

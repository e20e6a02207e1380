package dev.weft.s3;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;

/** Memory as the bodies of requests and answers. */
final class Bytes {
  private static final int BUFFER = 64 << 10;

  private Bytes() {}

  /** A body that can be sent again. */
  static RequestBody body(MemorySegment bytes) {
    return RequestBody.fromContentProvider(
        () -> new Reading(bytes), bytes.byteSize(), "application/octet-stream");
  }

  /**
   * Takes all bytes of an answer, to its end, where the SDK compares checksums.
   *
   * @throws RetryableException when the answer is shorter, longer or damaged: the SDK asks again
   */
  static void receive(InputStream answer, MemorySegment target) {
    try {
      byte[] buffer = new byte[BUFFER];
      long at = 0;
      for (int count = answer.read(buffer); count >= 0; count = answer.read(buffer)) {
        if (count > target.byteSize() - at) {
          throw RetryableException.create("more bytes came than the store said");
        }
        MemorySegment.copy(buffer, 0, target, ValueLayout.JAVA_BYTE, at, count);
        at += count;
      }
      // The JDK takes a connection that is cut for the end.
      if (at < target.byteSize()) {
        throw RetryableException.create(
            "the connection was cut",
            new IOException("the connection was cut after %,d bytes".formatted(at)));
      }
    } catch (IOException e) {
      throw RetryableException.create("the connection failed", e);
    } catch (RetryableException e) {
      throw e;
    } catch (SdkClientException e) {
      // Another checksum: on the way, most likely.
      throw RetryableException.create(String.valueOf(e.getMessage()), e);
    }
  }

  /** Reads memory. */
  private static final class Reading extends InputStream {
    private final MemorySegment bytes;
    private long at;
    private long marked;

    Reading(MemorySegment bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read() {
      return at == bytes.byteSize() ? -1 : bytes.get(ValueLayout.JAVA_BYTE, at++) & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      int count = (int) Math.min(length, bytes.byteSize() - at);
      if (count == 0) {
        return length == 0 ? 0 : -1;
      }
      MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, at, target, offset, count);
      at += count;
      return count;
    }

    @Override
    public boolean markSupported() {
      return true;
    }

    @Override
    public synchronized void mark(int limit) {
      marked = at;
    }

    @Override
    public synchronized void reset() {
      at = marked;
    }
  }
}

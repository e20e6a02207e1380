package dev.weft.io.zarr.codec;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * What zlib makes, with a header of its own or of gzip.
 *
 * @param isGzip whether it is gzip's
 * @param level how hard it tries, from 0 to 9; -1 for what zlib takes by itself
 */
public record Deflate(boolean isGzip, int level) implements BytesCodec.Transform {
  private static final int BUFFER = 1 << 15;
  private static final int FRAME = 64;

  /** 258 bytes take two bits at best. */
  private static final int RATIO = 1032;

  @Override
  public String name() {
    return isGzip ? "gzip" : "zlib";
  }

  @Override
  public long bound(long decoded) {
    return decoded + (decoded >>> 10) + FRAME;
  }

  @Override
  public int ratio() {
    return RATIO;
  }

  @Override
  public long decode(MemorySegment encoded, MemorySegment target) throws CodecException {
    long at = 0;
    try (InputStream in = open(new SegmentStreams.Input(encoded))) {
      byte[] buffer = new byte[BUFFER];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        if (count > target.byteSize() - at) {
          throw CodecException.size(name(), target.byteSize(), "there are more");
        }
        MemorySegment.copy(MemorySegment.ofArray(buffer), 0, target, at, count);
        at += count;
      }
      return at;
    } catch (IOException e) {
      throw CodecException.size(
          name(),
          target.byteSize(),
          "after %,d of them %,d compressed ones cannot be decoded: %s"
              .formatted(
                  at,
                  encoded.byteSize(),
                  e.getMessage() == null ? "they end too early" : e.getMessage()));
    }
  }

  private InputStream open(InputStream in) throws IOException {
    return isGzip ? new GZIPInputStream(in, BUFFER) : new InflaterInputStream(in);
  }

  @Override
  public long encode(MemorySegment decoded, MemorySegment target) {
    SegmentStreams.Output sink = new SegmentStreams.Output(target);
    Deflater deflater = new Deflater(level, isGzip);
    try (OutputStream out =
        isGzip ? new LeveledGzip(sink, level) : new DeflaterOutputStream(sink, deflater, BUFFER)) {
      byte[] buffer = new byte[BUFFER];
      for (long at = 0; at < decoded.byteSize(); at += BUFFER) {
        int count = (int) Math.min(BUFFER, decoded.byteSize() - at);
        MemorySegment.copy(decoded, at, MemorySegment.ofArray(buffer), 0, count);
        out.write(buffer, 0, count);
      }
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    } finally {
      deflater.end();
    }
    return sink.count();
  }

  /** A gzip stream of a given level. */
  private static final class LeveledGzip extends GZIPOutputStream {
    LeveledGzip(OutputStream out, int level) throws IOException {
      super(out, BUFFER);
      def.setLevel(level);
    }
  }
}

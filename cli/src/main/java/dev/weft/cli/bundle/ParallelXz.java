package dev.weft.cli.bundle;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/**
 * Compresses with several threads. The file consists of several xz streams, one after the other,
 * which the format allows and every xz program unpacks as one.
 */
final class ParallelXz extends OutputStream {
  /** Many dictionaries of the preset: what is lost at the borders is little. */
  private static final int BLOCK = 32 << 20;

  /** Less than half the time of the usual 6, for an archive that is an eighth larger. */
  private static final int PRESET = 3;

  /** A block, its copy and an encoder take about 100 MB. */
  private static final int MOST_THREADS = 4;

  private final OutputStream target;
  private final int threads;
  private final ExecutorService pool;
  private final ArrayDeque<Future<byte[]>> blocks = new ArrayDeque<>();
  private byte[] block = new byte[BLOCK];
  private int filled;

  ParallelXz(OutputStream target, int cores) {
    this.target = target;
    this.threads = Math.max(1, Math.min(MOST_THREADS, cores));
    this.pool =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("weft-xz-", 0).factory());
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    int done = 0;
    while (done < length) {
      int part = Math.min(length - done, BLOCK - filled);
      System.arraycopy(bytes, from + done, block, filled, part);
      filled += part;
      done += part;
      if (filled == BLOCK) {
        submit();
      }
    }
  }

  private void submit() throws IOException {
    // No more blocks in memory than threads can work on.
    if (blocks.size() > threads) {
      target.write(result(blocks.remove()));
    }
    byte[] full = filled == BLOCK ? block : Arrays.copyOf(block, filled);
    blocks.add(pool.submit(() -> compress(full)));
    block = new byte[BLOCK];
    filled = 0;
  }

  private static byte[] compress(byte[] block) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream(block.length / 2);
    try (XZOutputStream xz = new XZOutputStream(compressed, new LZMA2Options(PRESET))) {
      xz.write(block);
    }
    return compressed.toByteArray();
  }

  private static byte[] result(Future<byte[]> block) throws IOException {
    try {
      return block.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while compressing", e);
    } catch (ExecutionException e) {
      throw new IOException("compressing failed: " + e.getCause(), e);
    }
  }

  @Override
  public void close() throws IOException {
    try (target) {
      if (filled > 0) {
        submit();
      }
      while (!blocks.isEmpty()) {
        target.write(result(blocks.remove()));
      }
    } finally {
      pool.shutdownNow();
    }
  }
}

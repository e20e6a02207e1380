package dev.weft.testkit.file;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/** The entries of a folder, which fail in the middle. */
final class FaultyListing implements DirectoryStream<Path> {
  private final DirectoryStream<Path> real;
  private final UnaryOperator<Path> wrap;
  private final Check check;
  private final Runnable onClose;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Throws what the next call is to fail with. */
  @FunctionalInterface
  interface Check {
    void pass() throws IOException;
  }

  FaultyListing(
      DirectoryStream<Path> real, UnaryOperator<Path> wrap, Check check, Runnable onClose) {
    this.real = real;
    this.wrap = wrap;
    this.check = check;
    this.onClose = onClose;
  }

  @Override
  public Iterator<Path> iterator() {
    Iterator<Path> entries = real.iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return entries.hasNext();
      }

      @Override
      public Path next() {
        try {
          check.pass();
        } catch (IOException e) {
          throw new DirectoryIteratorException(e);
        }
        return wrap.apply(entries.next());
      }
    };
  }

  @Override
  public void close() throws IOException {
    if (closed.compareAndSet(false, true)) {
      onClose.run();
    }
    real.close();
  }
}

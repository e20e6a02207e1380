package dev.weft.cli.output;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Standard error. After the last message there is none, whatever other threads still have to say.
 */
public final class Messages extends OutputStream {
  private final OutputStream out;
  private boolean ended;

  Messages(OutputStream out) {
    this.out = out;
  }

  /**
   * The caller's standard error. The launcher says in {@code weft.stderr} which descriptor it is,
   * since it filters descriptor 2, on which the JVM speaks.
   */
  public static Messages ofProcess() {
    int number = Integer.getInteger("weft.stderr", 2);
    return new Messages(
        number == 2 ? new FileOutputStream(FileDescriptor.err) : new InheritedStream(number));
  }

  @Override
  public synchronized void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    if (!ended) {
      out.write(bytes, offset, length);
    }
  }

  /** Writes the last message. */
  synchronized void end(String message) {
    try {
      write(message.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // There is nobody left to tell.
      ended = true;
    }
    ended = true;
  }
}

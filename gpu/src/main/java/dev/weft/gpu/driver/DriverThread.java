package dev.weft.gpu.driver;

import org.jspecify.annotations.Nullable;

/**
 * A thread of Weft's own. Nobody else makes a context current on it, so a context that was made
 * current once stays so, and the driver need not be told again.
 */
public final class DriverThread extends Thread {
  private @Nullable CudaDriver current;

  /** A daemon that is not started. */
  public DriverThread(String name, Runnable work) {
    super(work, name);
    setDaemon(true);
  }

  /** Makes the context current on this thread, whoever's it is. */
  public static void use(CudaDriver driver) throws CudaError {
    if (!(Thread.currentThread() instanceof DriverThread own)) {
      driver.makeCurrent();
    } else if (own.current != driver) {
      driver.makeCurrent();
      own.current = driver;
    }
  }
}

package dev.weft.gpu.workload;

import dev.weft.gpu.driver.CudaDriver;
import dev.weft.gpu.driver.CudaError;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;

/**
 * A driver that counts its calls and fails at one of them: with a code that concerns the call, once
 * or from then on, or by losing the context.
 */
public final class FaultyDriver {
  /**
   * Functions that cannot fail, and the one that is called as often as time allows, so that calls
   * could not be counted.
   */
  private static final Set<String> CERTAIN = Set.of("device", "streamOrdered", "happened");

  private final CudaDriver driver;
  private final IntConsumer loss;
  private final long failing;
  private final int code;
  private final boolean once;
  private final AtomicLong calls = new AtomicLong();
  private final AtomicLong faults = new AtomicLong();
  private final List<String> failed = new CopyOnWriteArrayList<>();

  /**
   * A driver with a fault.
   *
   * @param failing the number of the call that fails, counted from 1; 0 for none
   * @param once whether the calls after it succeed; a sticky code loses the context in any case
   * @param loss loses the context of {@code driver} with a code
   */
  public FaultyDriver(CudaDriver driver, long failing, int code, boolean once, IntConsumer loss) {
    this.driver = driver;
    this.loss = loss;
    this.failing = failing;
    this.code = code;
    this.once = once;
  }

  /** Calls so far. */
  public long calls() {
    return calls.get();
  }

  /** Calls that failed. */
  public long faults() {
    return faults.get();
  }

  /** The functions that failed. */
  public List<String> failed() {
    return failed;
  }

  /** The driver with the fault. */
  public CudaDriver calling() {
    return (CudaDriver)
        Proxy.newProxyInstance(
            CudaDriver.class.getClassLoader(), new Class<?>[] {CudaDriver.class}, this::call);
  }

  private Object call(Object proxy, Method method, Object[] arguments) throws Throwable {
    if (!CERTAIN.contains(method.getName())) {
      long number = calls.incrementAndGet();
      if (failing > 0 && (once ? number == failing : number >= failing)) {
        faults.incrementAndGet();
        failed.add(method.getName());
        CudaError error = new CudaError(method.getName(), code, "CUDA_ERROR_INJECTED");
        if (error.isSticky()) {
          loss.accept(code);
        }
        throw error;
      }
    }
    try {
      return method.invoke(driver, arguments);
    } catch (InvocationTargetException failure) {
      throw failure.getCause();
    }
  }
}

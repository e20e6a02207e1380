package dev.weft.gpu.emulate;

import dev.weft.gpu.driver.CudaDriver;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A driver that counts its calls, by the names of its functions. */
final class CountedCalls {
  private final Map<String, Integer> counts = new ConcurrentHashMap<>();
  private final CudaDriver calling;

  CountedCalls(CudaDriver driver) {
    this.calling =
        (CudaDriver)
            Proxy.newProxyInstance(
                CudaDriver.class.getClassLoader(),
                new Class<?>[] {CudaDriver.class},
                (proxy, method, arguments) -> {
                  counts.merge(method.getName(), 1, Integer::sum);
                  try {
                    return method.invoke(driver, arguments);
                  } catch (InvocationTargetException thrown) {
                    throw thrown.getCause();
                  }
                });
  }

  /** The driver that counts. */
  CudaDriver calling() {
    return calling;
  }

  /** How often a function was called. */
  int of(String function) {
    return counts.getOrDefault(function, 0);
  }

  void reset() {
    counts.clear();
  }
}

package dev.weft.gpu.workload;

import dev.weft.gpu.driver.CudaDriver;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.TreeMap;

/** Counts the calls of a driver by their names. */
public final class CountingDriver {
  private final CudaDriver driver;
  private final Map<String, Integer> calls = new TreeMap<>();

  /** Counts the calls of {@code driver}. */
  public CountingDriver(CudaDriver driver) {
    this.driver = driver;
  }

  /** The driver whose calls are counted. */
  public CudaDriver driver() {
    return (CudaDriver)
        Proxy.newProxyInstance(
            CudaDriver.class.getClassLoader(),
            new Class<?>[] {CudaDriver.class},
            (proxy, method, arguments) -> call(method, arguments));
  }

  private Object call(Method method, Object[] arguments) throws Throwable {
    synchronized (calls) {
      calls.merge(method.getName(), 1, Integer::sum);
    }
    try {
      return method.invoke(driver, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }

  /** Calls since this was asked last. */
  public Map<String, Integer> taken() {
    synchronized (calls) {
      Map<String, Integer> taken = new TreeMap<>(calls);
      calls.clear();
      return taken;
    }
  }
}

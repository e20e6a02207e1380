package dev.weft.io.npy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.dtype.DType;
import dev.weft.core.shape.Shape;
import dev.weft.io.file.FileOperations;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How often a job looks whether its file has changed: not once for each chunk. */
class NpyLooksTest {
  /** When the job begins, twice: copies on devices are known by it too. And when it has ended. */
  private static final int LOOKS = 3;

  @TempDir Path directory;

  private static FileOperations counting(AtomicInteger looks) {
    return (FileOperations)
        Proxy.newProxyInstance(
            NpyLooksTest.class.getClassLoader(),
            new Class<?>[] {FileOperations.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("attributes")) {
                looks.incrementAndGet();
              }
              try {
                return method.invoke(FileOperations.SYSTEM, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 500})
  void aJobLooksAFewTimes(int chunks) {
    Path file = directory.resolve("x.npy");
    Npy.write(file, HostArray.allocate(DType.FLOAT64, Shape.of(1000)));
    AtomicInteger looks = new AtomicInteger();
    try (Session session = Session.open(SessionConfig.defaults().withDevice("reference"));
        NpySource source = NpySource.open(file, counting(looks))) {
      NDArray x = session.array(source).rechunk(1000 / chunks);
      int before = looks.get();
      x.add(x.sqrt()).sum().compute().close();
      assertThat(looks.get() - before).isBetween(2, LOOKS);
    }
  }
}

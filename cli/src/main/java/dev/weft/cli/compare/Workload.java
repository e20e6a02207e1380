package dev.weft.cli.compare;

import dev.weft.core.NDArray;
import dev.weft.core.Session;
import java.util.List;

/** What the devices compute: the same arrays, made anew in each device's session. */
@FunctionalInterface
public interface Workload {
  /**
   * Makes the arrays in a session. Nothing is computed yet, except that inputs that are to lie on
   * the device are brought there.
   */
  Prepared prepare(Session session, InputsAt inputs);

  /** The arrays, with what must stay open while they are computed. */
  interface Prepared extends AutoCloseable {
    /** What the arrays are called. */
    List<String> names();

    /** The arrays. */
    List<NDArray> arrays();

    /** Closes their inputs. */
    @Override
    void close();
  }
}

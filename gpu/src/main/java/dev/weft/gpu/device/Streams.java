package dev.weft.gpu.device;

import dev.weft.gpu.driver.CudaDriver;
import dev.weft.gpu.driver.CudaError;
import dev.weft.gpu.queue.DeviceHealth;
import dev.weft.gpu.queue.DeviceStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The streams of a device: some for launches, which start on the one with the least to do, and one
 * for copies in each direction, so that both directions of the link and the cores work at once.
 */
final class Streams {
  /** So many launches run at the same time: enough that one's last blocks overlap the next. */
  static final int LAUNCHES = 4;

  private final List<DeviceStream> launches = new ArrayList<>();
  private final List<DeviceStream> all = new ArrayList<>();

  /** Makes the streams; the context is current. */
  Streams(CudaDriver driver, DeviceHealth health) throws CudaError {
    try {
      for (int i = 0; i < LAUNCHES + 2; i++) {
        all.add(new DeviceStream(driver.stream()));
      }
    } catch (CudaError error) {
      close(driver, health);
      throw error;
    }
    launches.addAll(all.subList(0, LAUNCHES));
  }

  DeviceStream in() {
    return all.get(LAUNCHES);
  }

  DeviceStream out() {
    return all.get(LAUNCHES + 1);
  }

  /** The stream for the next launch. */
  DeviceStream next() {
    DeviceStream best = launches.getFirst();
    int least = best.pending();
    for (int i = 1; i < launches.size() && least > 0; i++) {
      int pending = launches.get(i).pending();
      if (pending < least) {
        best = launches.get(i);
        least = pending;
      }
    }
    return best;
  }

  /** Gives the streams back; no work is pending. */
  void close(CudaDriver driver, DeviceHealth health) {
    for (DeviceStream stream : all) {
      try {
        driver.destroy(stream.handle());
      } catch (CudaError error) {
        health.failure("giving a stream back", error);
      }
    }
    all.clear();
  }
}

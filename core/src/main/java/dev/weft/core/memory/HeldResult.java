package dev.weft.core.memory;

import dev.weft.core.device.Device;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The memory of a result that was handed out. Given back once, whoever asks first: the user, the
 * garbage collector or the session.
 */
public final class HeldResult implements HeldMemory.Holding, Runnable {
  private final long bytes;
  private final Device host;
  private final Runnable release;
  private final HeldMemory held;
  private final AtomicBoolean done = new AtomicBoolean();
  private volatile @Nullable WeakReference<Object> owner;

  public HeldResult(long bytes, Device host, Runnable release, HeldMemory held) {
    this.bytes = bytes;
    this.host = host;
    this.release = release;
    this.held = held;
  }

  /** Once nobody can reach this object, nobody uses the memory. */
  public void ownedBy(Object object) {
    owner = new WeakReference<>(object);
  }

  @Override
  public String name() {
    return "a result";
  }

  @Override
  public boolean isForgotten() {
    WeakReference<Object> known = owner;
    return known != null && known.refersTo(null);
  }

  @Override
  public long bytes(Device device) {
    return device == host ? bytes : 0;
  }

  @Override
  public void giveBack() {
    if (done.compareAndSet(false, true)) {
      held.remove(this);
      release.run();
    }
  }

  @Override
  public void run() {
    giveBack();
  }
}

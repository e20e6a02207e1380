package dev.weft.io.zarr.codec;

import dev.weft.core.error.DeviceException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** A codec in native code, whose library is unpacked and loaded when it is first called. */
enum NativeCodec {
  /** zstd-jni. */
  ZSTD("zstd"),
  /** blosc-java. */
  BLOSC("blosc");

  private final String label;

  NativeCodec(String label) {
    this.label = label;
  }

  long call(LongSupplier action) {
    try {
      return action.getAsLong();
    } catch (LinkageError e) {
      throw unavailable(e);
    }
  }

  byte[] bytes(Supplier<byte[]> action) {
    try {
      return action.get();
    } catch (LinkageError e) {
      throw unavailable(e);
    }
  }

  private DeviceException unavailable(LinkageError e) {
    return new DeviceException(
        "%s chunks: the native library cannot be loaded (%s). It is unpacked to java.io.tmpdir: set that to a folder from which programs may run"
            .formatted(label, e.getMessage()),
        e);
  }
}

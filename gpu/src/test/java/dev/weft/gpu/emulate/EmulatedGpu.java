package dev.weft.gpu.emulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.gpu.LibraryChoice;
import dev.weft.gpu.blas.Cublas;
import dev.weft.gpu.device.CudaDevice;
import dev.weft.gpu.device.CudaParts;
import dev.weft.gpu.driver.CudaDriver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A {@link CudaDevice} over an {@link EmulatedDriver}, and what a test says about its parts. */
record EmulatedGpu(EmulatedDriver driver, EmulatedNvrtc nvrtc, CudaDevice device)
    implements AutoCloseable {
  static final long MEMORY = 1L << 30;

  /** A GPU on which all goes well. */
  static EmulatedGpu open() {
    EmulatedDriver driver = new EmulatedDriver(Emulation.kernels(), MEMORY, true);
    return open(driver, driver, MEMORY);
  }

  /** A device that calls the driver by way of {@code calls}. */
  static EmulatedGpu open(EmulatedDriver driver, CudaDriver calls, long limit) {
    EmulatedNvrtc nvrtc = new EmulatedNvrtc();
    return new EmulatedGpu(driver, nvrtc, CudaDevice.open(parts(calls, nvrtc, limit)));
  }

  static CudaParts parts(CudaDriver calls, EmulatedNvrtc nvrtc, long limit) {
    return parts(
        calls,
        nvrtc,
        limit,
        new LibraryChoice.None<>("no cuBLAS: this is an emulation", "Use a GPU."));
  }

  static CudaParts parts(
      CudaDriver calls, EmulatedNvrtc nvrtc, long limit, LibraryChoice<Cublas> cublas) {
    return new CudaParts(calls, nvrtc, cublas, cubins(), limit, Map.of("driver", "emulated"));
  }

  /** A GPU whose products are computed by {@code cublas}. */
  static EmulatedGpu open(EmulatedDriver driver, EmulatedCublas cublas) {
    EmulatedNvrtc nvrtc = new EmulatedNvrtc();
    return new EmulatedGpu(
        driver,
        nvrtc,
        CudaDevice.open(parts(driver, nvrtc, MEMORY, new LibraryChoice.Chosen<>(cublas))));
  }

  /** A folder of its own, so that the compiler is really asked. */
  private static Path cubins() {
    try {
      return Files.createTempDirectory(
          Files.createDirectories(Path.of("target", "emulated-cubins")), "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Closes the device, and fails if the driver was misused or something was not given back. */
  @Override
  public void close() {
    device.close();
    assertThat(driver.misuses()).as("misuse of the driver").isEmpty();
  }
}

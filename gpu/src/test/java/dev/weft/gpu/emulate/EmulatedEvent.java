package dev.weft.gpu.emulate;

import dev.weft.gpu.driver.CudaDriver;
import java.util.concurrent.CompletableFuture;

/** When its point of a stream was reached; one that was never recorded has happened. */
final class EmulatedEvent implements CudaDriver.Event {
  volatile CompletableFuture<Long> nanos = CompletableFuture.completedFuture(0L);
}

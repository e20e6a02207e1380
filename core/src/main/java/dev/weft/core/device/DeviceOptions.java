package dev.weft.core.device;

/**
 * Limits for one device.
 *
 * @param threads tasks run at the same time; for a CPU, threads
 * @param memoryLimit bytes that all buffers together may take; {@code Long.MAX_VALUE} for as many
 *     as a device with memory of its own has
 * @param vectors whether the CPU device may use the Vector API
 * @param vectorBits widest vector in bits, 0 for the machine's
 */
public record DeviceOptions(int threads, long memoryLimit, boolean vectors, int vectorBits) {}

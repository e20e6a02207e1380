/**
 * Array programs that benches time on every device and in other systems: one text for what {@code
 * bench/peers} runs on the CPU and {@code bench/gpu} on a GPU.
 */
@NullMarked
package dev.weft.testkit.workload;

import org.jspecify.annotations.NullMarked;

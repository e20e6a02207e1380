/**
 * The kernel form: what a device runs on one chunk. {@link FusedKernel} is straight-line code over
 * one element with loads at the top and sinks at the end; {@link LibraryKernel} names a routine
 * that every device supplies. Knows nothing of chunks, threads or devices.
 */
@NullMarked
package dev.weft.core.kernel;

import org.jspecify.annotations.NullMarked;

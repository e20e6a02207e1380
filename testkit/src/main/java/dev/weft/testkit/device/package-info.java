/**
 * Devices for tests: one with memory that the host cannot reach, and faults that are injected into
 * any.
 */
@NullMarked
package dev.weft.testkit.device;

import org.jspecify.annotations.NullMarked;

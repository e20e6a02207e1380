/**
 * Decides what runs next, as a pure state machine: {@link Scheduler#handle} takes an {@link Event}
 * and answers with {@link Instruction}s. No threads, no clock, no device. {@link DeviceScheduler}
 * does the same for several devices, with {@link DeviceEvent}s and {@link DeviceInstruction}s.
 */
@NullMarked
package dev.weft.core.schedule;

import org.jspecify.annotations.NullMarked;

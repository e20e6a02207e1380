/**
 * What a task would cost on each device: {@link dev.weft.core.place.Place} describes a device by
 * its {@link dev.weft.core.place.Rates}, {@link dev.weft.core.place.CostModel} turns work into time
 * and learns from what tasks really took, {@link dev.weft.core.place.Placement} says why a task
 * runs where it does. {@link dev.weft.core.place.MemoryAccount} is how much of a device's memory is
 * taken. All of the rest is pure arithmetic; only a {@link dev.weft.core.place.RateSource} may look
 * at a device.
 */
@NullMarked
package dev.weft.core.place;

import org.jspecify.annotations.NullMarked;

/**
 * The threads of the device: {@link dev.weft.cpu.run.Workers} take tasks oldest first, a {@link
 * dev.weft.cpu.run.Launch} is cut into pieces and shared out among those that have nothing else to
 * do. Knows neither kernels nor routines.
 */
@NullMarked
package dev.weft.cpu.run;

import org.jspecify.annotations.NullMarked;

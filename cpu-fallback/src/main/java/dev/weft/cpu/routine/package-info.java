/**
 * Launches of library routines: matrix products by BLAS or by plain loops, gathers and running
 * sums, cut into units that do not touch each other's results. Start from {@link
 * dev.weft.cpu.routine.RoutineLaunch}.
 */
@NullMarked
package dev.weft.cpu.routine;

import org.jspecify.annotations.NullMarked;

/**
 * Turns tasks into work of a device: finds their operands, puts together what is spread over
 * chunks, launches kernels, joins partial results, runs the user's code and writes to targets.
 */
@NullMarked
package dev.weft.core.launch;

import org.jspecify.annotations.NullMarked;

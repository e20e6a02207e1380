/** The device on CPU cores. */
@NullMarked
package dev.weft.cpu;

import org.jspecify.annotations.NullMarked;

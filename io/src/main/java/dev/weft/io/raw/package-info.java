/** Files of numbers without a header, of which the user says what they hold. */
@NullMarked
package dev.weft.io.raw;

import org.jspecify.annotations.NullMarked;

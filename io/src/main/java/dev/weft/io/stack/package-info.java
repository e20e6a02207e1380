/** Several files as one array. */
@NullMarked
package dev.weft.io.stack;

import org.jspecify.annotations.NullMarked;

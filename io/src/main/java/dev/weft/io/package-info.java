/**
 * Array files. Start from {@link dev.weft.io.ArrayFiles}, which finds the format of a file by its
 * name; each format has a package of its own.
 */
@NullMarked
package dev.weft.io;

import org.jspecify.annotations.NullMarked;

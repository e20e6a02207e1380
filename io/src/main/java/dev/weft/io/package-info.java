/** Array files, one package per format. */
@NullMarked
package dev.weft.io;

import org.jspecify.annotations.NullMarked;

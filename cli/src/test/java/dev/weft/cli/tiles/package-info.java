/** A file format that tests add: a package, and a line in META-INF/services. */
@NullMarked
package dev.weft.cli.tiles;

import org.jspecify.annotations.NullMarked;

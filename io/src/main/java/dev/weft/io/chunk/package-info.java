/** Arrays that are kept in chunks: which chunks a part of an array lies in, and what goes where. */
@NullMarked
package dev.weft.io.chunk;

import org.jspecify.annotations.NullMarked;

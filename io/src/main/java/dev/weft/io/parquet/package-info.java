/**
 * Columns of Parquet files. Hardwood parses footers and decodes pages, each when it is needed and
 * on the thread that needs it, after its header was checked here: it takes memory by what files
 * say. Its own readers of columns are not used, which read ahead on threads of their own.
 */
@NullMarked
package dev.weft.io.parquet;

import org.jspecify.annotations.NullMarked;

/**
 * Expressions over tables, such as {@code t.filter(x > 0).groupby(name).agg(mean(x))}: what their
 * names, methods and functions mean, and the files behind the names of tables. The text is read by
 * {@link dev.weft.cli.language.Parser}; nothing is computed before the table is printed or written.
 */
@NullMarked
package dev.weft.cli.table;

import org.jspecify.annotations.NullMarked;

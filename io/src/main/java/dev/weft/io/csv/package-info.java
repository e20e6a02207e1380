/**
 * Tables of numbers as text, with columns between separators. A file is gone through once to find
 * where blocks of its rows begin; rows are then parsed, by FastCSV, as they are asked for. Start
 * from {@link dev.weft.io.csv.CsvTable}.
 */
@NullMarked
package dev.weft.io.csv;

import org.jspecify.annotations.NullMarked;

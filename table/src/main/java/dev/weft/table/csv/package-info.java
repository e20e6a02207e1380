/**
 * Tables as text with separators between fields. The first rows tell separator, names and types;
 * parts of the file are then parsed by FastCSV as they are asked for, and only the columns that are
 * wanted are converted. Start from {@link dev.weft.table.csv.CsvTables}.
 */
@org.jspecify.annotations.NullMarked
package dev.weft.table.csv;

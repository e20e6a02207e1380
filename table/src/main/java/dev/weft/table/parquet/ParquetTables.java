package dev.weft.table.parquet;

import dev.weft.io.FormatException;
import dev.weft.io.file.FileOperations;
import dev.weft.table.column.Schema;
import dev.weft.table.duckdb.ParquetWriter;
import dev.weft.table.source.ConcatenatedSource;
import dev.weft.table.source.TableFormat;
import dev.weft.table.source.TableReading;
import dev.weft.table.source.TableSource;
import dev.weft.table.source.TableWriter;
import dev.weft.table.source.TableWriting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Tables in Parquet files, which DuckDB writes. Fields of structures are columns; lists, maps and
 * what else tables do not hold is refused where it is wanted.
 */
public final class ParquetTables implements TableFormat {
  /** Found by {@link java.util.ServiceLoader}. */
  public ParquetTables() {}

  @Override
  public String name() {
    return "parquet";
  }

  @Override
  public List<String> extensions() {
    return List.of("parquet", "parq", "pq");
  }

  @Override
  public TableSource open(List<Path> files, TableReading options) {
    List<ParquetTable> tables = new ArrayList<>();
    for (Path file : files) {
      ParquetTable table = ParquetTable.of(file, options);
      if (!tables.isEmpty() && !table.schema().equals(tables.getFirst().schema())) {
        throw new FormatException(
            file.toString(),
            -1,
            "its columns are %s, and those of %s are %s. Read files of the same columns together"
                .formatted(table.schema(), files.getFirst(), tables.getFirst().schema()));
      }
      tables.add(table);
    }
    return ConcatenatedSource.of(tables);
  }

  @Override
  public TableWriter create(Path file, Schema schema, TableWriting options) {
    return new ParquetWriter(file, schema, FileOperations.SYSTEM);
  }
}

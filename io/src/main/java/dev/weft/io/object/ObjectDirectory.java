package dev.weft.io.object;

import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/** What a folder of a bucket held when it was listed. */
record ObjectDirectory(List<Path> entries) implements DirectoryStream<Path> {
  static ObjectDirectory of(List<Path> entries) {
    return new ObjectDirectory(List.copyOf(entries));
  }

  @Override
  public Iterator<Path> iterator() {
    return entries.iterator();
  }

  @Override
  public void close() {}
}

package dev.weft.io.object;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Brings a finished file to an object store: the object is there whole or not at all. */
public final class FileUpload {
  /** Of a part; also what is put at once. */
  private static final long PART = 8L << 20;

  private FileUpload() {}

  /**
   * Brings it, in place of an object that is there.
   *
   * @throws IOException when that fails; nothing is left of it then, as far as the store answers
   */
  public static void run(Path file, ObjectPath to) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        Arena arena = Arena.ofShared()) {
      long size = channel.size();
      MemorySegment bytes =
          size == 0 ? MemorySegment.NULL : channel.map(MapMode.READ_ONLY, 0, size, arena);
      if (size <= PART) {
        to.store().put(to.key(), bytes);
        return;
      }
      ObjectStore.Upload upload = to.store().upload(to.key());
      try {
        parts(upload, bytes, to.store().connections());
        upload.complete();
      } catch (IOException | RuntimeException | Error e) {
        upload.abort(e);
        throw e;
      }
    }
  }

  private static void parts(ObjectStore.Upload upload, MemorySegment bytes, int width)
      throws IOException {
    long part = Math.max(PART, Math.ceilDiv(bytes.byteSize(), (long) ObjectStore.Upload.MOST));
    List<ParallelRequests.Request> requests = new ArrayList<>();
    for (long at = 0; at < bytes.byteSize(); at += part) {
      int number = requests.size() + 1;
      MemorySegment slice = bytes.asSlice(at, Math.min(part, bytes.byteSize() - at));
      requests.add(() -> upload.part(number, slice));
    }
    ParallelRequests.run(requests, width);
  }
}

package dev.weft.io.hdf5;

import dev.weft.core.error.UsageException;
import dev.weft.io.FormatException;
import dev.weft.io.binary.OpenFile;
import dev.weft.io.hdf5.GroupLinks.Link;
import dev.weft.io.hdf5.GroupLinks.Target;
import io.jhdf.ObjectHeader;
import io.jhdf.Superblock;
import io.jhdf.Superblock.SuperblockV0V1;
import io.jhdf.Superblock.SuperblockV2V3;
import io.jhdf.SymbolTableEntry;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** An open HDF5 file: its groups and what is in them. */
final class Hdf5File {
  private static final byte[] SIGNATURE =
      "\u0089HDF\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1);

  /** Where a file begins that has something of its user's before it. */
  private static final int FIRST_USER_BLOCK = 512;

  private static final int SUPERBLOCK = 1024;
  private static final int DEPTH = 100;
  private static final int LINKS = 40;

  private final OpenFile file;
  private final GuardedStorage storage;
  private final GroupLinks links;
  private final long root;

  /**
   * Something in a file.
   *
   * @param path its name with its groups
   * @param header what it is; or, where it cannot be read, why
   */
  record Found(String path, Reading header) {}

  /** An object of a file, or why there is none. */
  sealed interface Reading {
    /** An object that is there. */
    record Good(ObjectHeader object) implements Reading {}

    /** One that cannot be read. */
    record Refused(FormatException why) implements Reading {}
  }

  private Hdf5File(OpenFile file, GuardedStorage storage, long root) {
    this.file = file;
    this.storage = storage;
    this.links = new GroupLinks(storage);
    this.root = root;
  }

  /** Whether a file begins like HDF5, with or without a block of its user's before it. */
  static boolean isHdf5(byte[] begin) {
    return isSignature(begin, 0) || isSignature(begin, FIRST_USER_BLOCK);
  }

  private static boolean isSignature(byte[] bytes, int at) {
    int end = at + SIGNATURE.length;
    return bytes.length >= end && Arrays.equals(bytes, at, end, SIGNATURE, 0, SIGNATURE.length);
  }

  /**
   * Reads where the root of a file is.
   *
   * @throws FormatException where it is damaged
   */
  static Hdf5File of(OpenFile file) {
    return Guard.read(file.name(), "the file", () -> read(file));
  }

  private static Hdf5File read(OpenFile file) {
    long begin = 0;
    while (!isSignature(bytes(file, begin, SIGNATURE.length), 0)) {
      begin = begin == 0 ? FIRST_USER_BLOCK : 2 * begin;
      if (begin >= file.size() || begin < 0) {
        throw new FormatException(
            file.name(), 0, "there is no signature of HDF5 in it, so it is no HDF5 file");
      }
    }
    ByteBuffer bytes =
        ByteBuffer.wrap(bytes(file, begin, SUPERBLOCK)).order(ByteOrder.LITTLE_ENDIAN);
    Superblock superblock = Superblock.readSuperblock(bytes);
    if (superblock.getBaseAddressByte() != begin) {
      throw new FormatException(
          file.name(),
          begin,
          "it says that it begins at %,d, not here. Copy or write it again"
              .formatted(superblock.getBaseAddressByte()));
    }
    GuardedStorage storage = new GuardedStorage(file, superblock);
    long root =
        switch (superblock) {
          // The place is counted from the superblock, as the bytes that it was read from.
          case SuperblockV0V1 old ->
              new SymbolTableEntry(storage, old.getRootGroupSymbolTableAddress())
                  .getObjectHeaderAddress();
          case SuperblockV2V3 recent -> recent.getRootGroupObjectHeaderAddress();
          default ->
              throw new FormatException(
                  file.name(), begin, "its version of HDF5 is not supported. Use h5repack on it");
        };
    return new Hdf5File(file, storage, root);
  }

  private static byte[] bytes(OpenFile file, long begin, int most) {
    byte[] bytes = new byte[Math.clamp(file.size() - begin, 0, most)];
    file.read(ByteBuffer.wrap(bytes), begin);
    return bytes;
  }

  OpenFile file() {
    return file;
  }

  GuardedStorage storage() {
    return storage;
  }

  private ObjectHeader object(long address) {
    return ObjectHeader.readObjectHeader(storage, address);
  }

  /** All that is in the file, groups before what is in them; nothing twice. */
  List<Found> all() {
    List<Found> found = new ArrayList<>();
    visit("", root, found, new HashSet<>(), 0);
    return found;
  }

  private void visit(String path, long address, List<Found> found, Set<Long> seen, int depth) {
    if (!seen.add(address) || depth > DEPTH) {
      return;
    }
    Reading reading = reading(path, address);
    if (depth > 0) {
      found.add(new Found(path, reading));
    }
    if (reading instanceof Reading.Good good && GroupLinks.isGroup(good.object())) {
      for (Link link : Guard.read(file.name(), place(path), () -> links.of(good.object()))) {
        String name = path.isEmpty() ? link.name() : path + "/" + link.name();
        switch (link.target()) {
          case Target.Object(long at) -> visit(name, at, found, seen, depth + 1);
          case Target.External(String other) ->
              found.add(new Found(name, new Reading.Refused(external(name, other))));
          // Another name of what stands elsewhere in the list.
          case Target.Soft _ -> {}
        }
      }
    }
  }

  private static String place(String path) {
    return path.isEmpty() ? "the root group" : path;
  }

  private Reading reading(String path, long address) {
    try {
      return new Reading.Good(Guard.read(file.name(), place(path), () -> object(address)));
    } catch (FormatException e) {
      return new Reading.Refused(e);
    }
  }

  private FormatException external(String path, String other) {
    return new FormatException(
        file.name(),
        -1,
        "%s is a link to the file %s; links to other files are not followed. Name that file instead"
            .formatted(path, other));
  }

  /**
   * The object of a name, links within the file followed.
   *
   * @throws UsageException when there is none
   */
  ObjectHeader find(String path) {
    return find(root, path, path, LINKS);
  }

  private ObjectHeader find(long from, String path, String asked, int linksLeft) {
    long at = path.startsWith("/") ? root : from;
    long group = at;
    List<String> names =
        Arrays.stream(path.split("/")).filter(n -> !n.isEmpty() && !n.equals(".")).toList();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      long address = at;
      Link link = Guard.read(file.name(), place(asked), () -> links.find(object(address), name));
      if (link == null) {
        throw missing(asked, name, address);
      }
      group = at;
      switch (link.target()) {
        case Target.Object(long next) -> at = next;
        case Target.External(String other) -> throw external(asked, other);
        case Target.Soft(String target) -> {
          if (linksLeft == 0) {
            throw new FormatException(
                file.name(), -1, asked + ": its links lead back to themselves. Name another array");
          }
          List<String> rest = names.subList(i + 1, names.size());
          String joined = rest.isEmpty() ? target : target + "/" + String.join("/", rest);
          return find(group, joined, asked, linksLeft - 1);
        }
      }
    }
    long address = at;
    return Guard.read(file.name(), place(asked), () -> object(address));
  }

  private UsageException missing(String asked, String name, long group) {
    List<String> there =
        Guard.read(
            file.name(),
            place(asked),
            () -> links.of(object(group)).stream().map(Link::name).limit(LINKS).toList());
    return new UsageException(
        "read %s: it holds nothing that is called '%s': where '%s' should be there is %s. Name one of them"
            .formatted(file.name(), asked, name, there));
  }
}

package dev.weft.io.hdf5;

import dev.weft.io.FormatException;
import dev.weft.io.binary.OpenFile;
import io.jhdf.Superblock;
import io.jhdf.storage.HdfBackingStorage;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Gives jHDF the bytes that it asks for: none beyond the end of the file, and not many more in all
 * than there are, so that structures that lead back to themselves come to an end.
 */
final class GuardedStorage implements HdfBackingStorage {
  /** Structures are read a few times, in pieces. */
  private static final long TIMES = 16;

  private static final long ALLOWANCE = 4 << 20;

  /** What asking for a piece counts beside its bytes. */
  private static final long PIECE = 64;

  private final OpenFile file;
  private final Superblock superblock;
  private final AtomicLong left;

  GuardedStorage(OpenFile file, Superblock superblock) {
    this.file = file;
    this.superblock = superblock;
    this.left = new AtomicLong(ALLOWANCE + TIMES * file.size());
  }

  /** The place in the file that an address means. */
  long position(long address) {
    return address + superblock.getBaseAddressByte();
  }

  /**
   * Checks that bytes are in the file.
   *
   * @throws FormatException when they are not
   */
  void require(long address, long bytes) {
    long position = position(address);
    if (address < 0 || position < 0 || bytes < 0 || bytes > file.size() - position) {
      throw damaged(
          address,
          "%,d bytes are expected at address %d, and the file has %,d in all"
              .formatted(bytes, address, file.size()));
    }
  }

  /** What is wrong at an address. */
  FormatException damaged(long address, String reason) {
    return new FormatException(
        file.name(),
        Math.clamp(position(address), 0, file.size()),
        reason + ". Copy or write the file again");
  }

  /** Fills memory with bytes of data, which are not counted. */
  void readData(long address, MemorySegment data) {
    require(address, data.byteSize());
    file.read(data.asByteBuffer(), position(address));
  }

  @Override
  public ByteBuffer readBufferFromAddress(long address, int length) {
    require(address, length);
    if (left.addAndGet(-length - PIECE) < 0) {
      throw damaged(address, "structures lead back to themselves");
    }
    byte[] bytes = new byte[length];
    readData(address, MemorySegment.ofArray(bytes));
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public ByteBuffer map(long address, long length) {
    require(address, length);
    return readBufferFromAddress(address, Math.toIntExact(length));
  }

  @Override
  public ByteBuffer mapNoOffset(long address, long length) {
    return map(address - superblock.getBaseAddressByte(), length);
  }

  @Override
  public long getUserBlockSize() {
    return superblock.getBaseAddressByte();
  }

  @Override
  public Superblock getSuperblock() {
    return superblock;
  }

  @Override
  public FileChannel getFileChannel() {
    throw new UnsupportedOperationException("bytes are asked for by their address");
  }

  @Override
  public int getSizeOfOffsets() {
    return superblock.getSizeOfOffsets();
  }

  @Override
  public int getSizeOfLengths() {
    return superblock.getSizeOfLengths();
  }

  /** Does nothing: the file is closed by its sources. */
  @Override
  public void close() {}

  @Override
  public long size() {
    return file.size();
  }

  @Override
  public boolean inMemory() {
    return false;
  }
}

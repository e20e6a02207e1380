package dev.weft.cpu.nd4j;

import dev.weft.core.HostArray;
import java.util.function.Function;
import org.bytedeco.javacpp.BooleanPointer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.ShortPointer;
import org.bytedeco.javacpp.indexer.BooleanIndexer;
import org.bytedeco.javacpp.indexer.ByteIndexer;
import org.bytedeco.javacpp.indexer.DoubleIndexer;
import org.bytedeco.javacpp.indexer.FloatIndexer;
import org.bytedeco.javacpp.indexer.Indexer;
import org.bytedeco.javacpp.indexer.IntIndexer;
import org.bytedeco.javacpp.indexer.LongIndexer;
import org.bytedeco.javacpp.indexer.ShortIndexer;
import org.bytedeco.javacpp.indexer.UByteIndexer;

/** JavaCPP pointers to the memory of host arrays; a pointer keeps its array reachable. */
final class Pointers {
  private Pointers() {}

  /** An untyped pointer that owns nothing. */
  private static final class Memory extends Pointer {
    private final HostArray owner;

    Memory(HostArray owner) {
      super((Pointer) null);
      this.owner = owner;
      this.address = owner.segment().address();
      this.limit = owner.nbytes();
      this.capacity = owner.nbytes();
    }

    <P extends Pointer> P as(Function<Pointer, P> type) {
      P typed = type.apply(this);
      typed.capacity(owner.size());
      typed.limit(owner.size());
      return typed;
    }
  }

  static Pointer of(HostArray array) {
    Memory memory = new Memory(array);
    return switch (array.dtype()) {
      case BOOL -> memory.as(BooleanPointer::new);
      case INT8, UINT8 -> memory.as(BytePointer::new);
      case INT16 -> memory.as(ShortPointer::new);
      case INT32 -> memory.as(IntPointer::new);
      case INT64 -> memory.as(LongPointer::new);
      case FLOAT32 -> memory.as(FloatPointer::new);
      case FLOAT64 -> memory.as(DoublePointer::new);
      case UINT16, UINT32, UINT64, FLOAT16, COMPLEX64, COMPLEX128 ->
          throw new IllegalArgumentException(array.dtype() + " has no pointer");
    };
  }

  static Indexer indexer(Pointer pointer, boolean unsigned) {
    return switch (pointer) {
      case BooleanPointer p -> BooleanIndexer.create(p);
      case BytePointer p -> unsigned ? UByteIndexer.create(p) : ByteIndexer.create(p);
      case ShortPointer p -> ShortIndexer.create(p);
      case IntPointer p -> IntIndexer.create(p);
      case LongPointer p -> LongIndexer.create(p);
      case FloatPointer p -> FloatIndexer.create(p);
      case DoublePointer p -> DoubleIndexer.create(p);
      default -> throw new IllegalArgumentException(pointer + " has no indexer");
    };
  }
}

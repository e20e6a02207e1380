package dev.weft.core.memory;

import dev.weft.core.expr.Identity;
import dev.weft.core.fuse.ArrayDef;
import dev.weft.core.plan.HeldChunks;
import dev.weft.core.plan.Plan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which of a job's arrays are sources that devices may keep copies of, and by what. Asked once,
 * when the job begins: what becomes of a file later makes another one of it.
 */
public final class SourceIdentities {
  private final @Nullable Identity[] identities;

  /** Asks all sources of a plan. */
  public SourceIdentities(Plan plan) {
    List<ArrayDef> arrays = plan.graph().arrays();
    this.identities = new Identity[arrays.size()];
    for (ArrayDef array : arrays) {
      if (array.source() != null && array.storage() == ArrayDef.Storage.EXTERNAL) {
        identities[array.id()] = array.source().identity();
      }
    }
  }

  /** What copies of an array are kept by, null where none are. */
  @Nullable Identity of(ArrayDef array) {
    return identities[array.id()];
  }

  /** Whether a device has kept a copy of a chunk; a moment later it may be gone. */
  public boolean isKept(ArrayDef array, long chunk, HeldChunks held, CopyCache copies) {
    Identity identity = of(array);
    return identity != null && copies.has(identity, array.shape(), held.region(array, chunk));
  }
}

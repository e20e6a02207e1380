package dev.weft.core.launch;

import dev.weft.core.device.Device.Completion;
import dev.weft.core.device.Device.HostTask;
import dev.weft.core.error.InternalException;
import dev.weft.core.fuse.ArrayDef;
import dev.weft.core.fuse.Stage;
import dev.weft.core.fuse.Stage.Work;
import dev.weft.core.memory.JobMemory;
import dev.weft.core.memory.PlaceMemory;
import dev.weft.core.memory.TaskMemory;
import java.lang.foreign.MemorySegment;

/**
 * Brings one chunk of a result to its target. Targets may be slow and wait for disks or networks,
 * so each call has a virtual thread of its own and takes none of those that compute.
 */
public final class WriteTask {
  private final TaskMemory memory;
  private final JobMemory host;
  private final Stage stage;
  private final Work.Write work;

  public WriteTask(TaskMemory memory, PlaceMemory place, Stage stage, Work.Write work) {
    if (!(place instanceof JobMemory host)) {
      throw new InternalException("results are written by the host alone");
    }
    this.memory = memory;
    this.host = host;
    this.stage = stage;
    this.work = work;
  }

  public void launch(long chunk, Completion ended) {
    HostTask task = () -> run(chunk);
    Thread.ofVirtual().name("weft write").start(() -> task.run(ended));
  }

  private void run(long chunk) {
    ArrayDef array = ((Stage.Input.OfArray) stage.inputs().getFirst()).array();
    long bytes = array.chunkBytes(chunk);
    if (bytes > 0) {
      MemorySegment elements = memory.chunk(array, chunk).asSlice(0, bytes).asReadOnly();
      host.targets().write(stage.id(), chunk, work.result(), array.grid().region(chunk), elements);
    }
    host.written().add(array, chunk);
  }
}

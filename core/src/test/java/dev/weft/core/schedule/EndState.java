package dev.weft.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.fuse.ArrayDef;
import dev.weft.core.fuse.ArrayDef.Storage;
import dev.weft.core.place.Place;
import dev.weft.core.plan.PlannedTasks;
import java.util.HashSet;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.ToLongBiFunction;

/** What must be left at the end of a job that went well: results on the host, and nothing else. */
final class EndState {
  private EndState() {}

  static void check(
      PlannedTasks graph,
      SimulatedMemory[] memories,
      IntPredicate isWhole,
      ToLongBiFunction<Integer, Integer> bytes) {
    Set<Integer> resident = new HashSet<>();
    for (int device = 0; device < memories.length; device++) {
      boolean host = device == Place.HOST;
      long left = 0;
      for (int chunk : memories[device].uses.keySet()) {
        if (isWhole.test(chunk)) {
          continue;
        }
        Storage storage = graph.array(chunk).storage();
        boolean stays = storage == Storage.RESIDENT;
        assertThat(stays || host && (storage == Storage.DENSE || storage == Storage.EXTERNAL))
            .as("%s is left on device %d", chunk, device)
            .isTrue();
        left += stays ? bytes.applyAsLong(chunk, device) : 0;
        if (stays) {
          assertThat(resident.add(chunk)).as("%s is on one device only", chunk).isTrue();
        }
      }
      assertThat(memories[device].bytes).isEqualTo(left);
    }
    for (ArrayDef array : graph.plan().graph().results()) {
      ArrayDef memory = array.alias() == null ? array : array.alias();
      for (long chunk = 0;
          memory.storage() == Storage.DENSE && chunk < memory.grid().count();
          chunk++) {
        assertThat(memories[Place.HOST].uses).containsKey(graph.item(memory, chunk));
      }
      for (long chunk = 0;
          memory.storage() == Storage.RESIDENT && chunk < memory.grid().count();
          chunk++) {
        assertThat(resident).contains(graph.item(memory, chunk));
      }
    }
  }
}

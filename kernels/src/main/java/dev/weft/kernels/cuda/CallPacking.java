package dev.weft.kernels.cuda;

import dev.weft.kernels.cuda.CudaLaunch.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts the calls of chunks into as few launches as their words allow: one for each entry point, and
 * for each set of shared words. Along y a launch has a chunk, along x the blocks of a chunk.
 */
final class CallPacking {
  private CallPacking() {}

  /** What calls of one launch have in common. */
  private record Kind(String entryPoint, int threads, List<Long> shared) {
    static Kind of(ChunkCall call) {
      return new Kind(
          call.entryPoint(), call.threads(), Arrays.stream(call.shared()).boxed().toList());
    }
  }

  /**
   * The launches of calls that do not depend on each other.
   *
   * @param blocks how many blocks a launch shall have at most, if each chunk has one at least
   */
  static List<Step> steps(List<ChunkCall> calls, int blocks) {
    Map<Kind, List<ChunkCall>> kinds = new LinkedHashMap<>();
    for (ChunkCall call : calls) {
      kinds.computeIfAbsent(Kind.of(call), kind -> new ArrayList<>()).add(call);
    }
    List<Step> steps = new ArrayList<>();
    for (List<ChunkCall> alike : kinds.values()) {
      int words = alike.stream().mapToInt(call -> call.words().length).max().orElseThrow();
      int room = LaunchStruct.WORDS - 1 - alike.getFirst().shared().length;
      int most = room / words;
      for (int from = 0; from < alike.size(); from += most) {
        int end = Math.min(alike.size(), from + most);
        steps.add(step(alike.subList(from, end), words, blocks));
      }
    }
    return steps;
  }

  private static Step step(List<ChunkCall> chunks, int wordsOfChunk, int blocks) {
    ChunkCall first = chunks.getFirst();
    long[] words = new long[LaunchStruct.WORDS];
    words[0] = wordsOfChunk;
    System.arraycopy(first.shared(), 0, words, 1, first.shared().length);
    int next = 1 + first.shared().length;
    long wanted = 1;
    for (ChunkCall chunk : chunks) {
      System.arraycopy(chunk.words(), 0, words, next, chunk.words().length);
      next += wordsOfChunk;
      wanted = Math.max(wanted, chunk.blocks());
    }
    int grid = (int) Math.min(wanted, Math.max(1, blocks / chunks.size()));
    return new Step(first.entryPoint(), grid, chunks.size(), first.threads(), 0, words);
  }
}

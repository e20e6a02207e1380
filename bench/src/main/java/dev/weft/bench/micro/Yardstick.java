package dev.weft.bench.micro;

import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Weft beside the hand-written loops, taking turns call by call so that noise hits both: least
 * milliseconds of a whole call, planning included, and least and median CPU milliseconds. Checks
 * the results first.
 *
 * <pre>
 * bench/micro yardstick [n] [threads] [rounds] [bits] [workload ...]
 * </pre>
 */
public final class Yardstick {
  private final long n;
  private final int rounds;
  private final int bits;
  private final Session session;
  private final HandRunner hand;
  private final CpuClock clock = new CpuClock();

  private Yardstick(long n, int rounds, int bits, Session session, HandRunner hand) {
    this.n = n;
    this.rounds = rounds;
    this.bits = bits;
    this.session = session;
    this.hand = hand;
  }

  /** See the class. */
  public static void main(String[] args) {
    long n = args.length > 0 ? Long.parseLong(args[0]) & -4096L : 20_000_768;
    int threads = args.length > 1 ? Integer.parseInt(args[1]) : 2;
    int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 15;
    int bits = args.length > 3 ? Integer.parseInt(args[3]) : 64;
    List<MicroWorkload> workloads =
        args.length > 4
            ? Arrays.stream(args, 4, args.length)
                .map(name -> MicroWorkload.valueOf(name.toUpperCase(Locale.ROOT)))
                .toList()
            : List.of(MicroWorkload.values());
    System.out.printf("%,d elements, float%d, %d threads, ms%n", n, bits, threads);
    System.out.printf(
        "%-14s %8s %8s %8s   %8s %8s %8s   %s%n",
        "", "weft", "cpu min", "median", "hand", "cpu min", "median", "hand : weft");
    try (Session session = Session.open(SessionConfig.defaults().withThreads(threads));
        HandRunner hand = new HandRunner(threads)) {
      Yardstick yardstick = new Yardstick(n, rounds, bits, session, hand);
      workloads.forEach(yardstick::compare);
    }
  }

  private void compare(MicroWorkload workload) {
    try (Inputs inputs = Inputs.of(workload, bits, n)) {
      MemorySegment[] in = inputs.inSegments();
      MemorySegment[] out = inputs.outSegments();
      List<NDArray> arrays = inputs.in().stream().map(session::array).toList();
      List<Time> weft = new ArrayList<>();
      List<Time> handWritten = new ArrayList<>();
      for (int round = -6; round < rounds; round++) {
        Time start = now();
        List<HostArray> results = session.compute(workload.results(arrays));
        Time weftTime = since(start);
        start = now();
        double sum = hand.run(workload.loop(bits), in, out, n);
        Time handTime = since(start);
        if (round < 0) {
          check(workload, results, sum, out);
        } else {
          weft.add(weftTime);
          handWritten.add(handTime);
        }
        results.forEach(HostArray::close);
      }
      print(workload, weft, handWritten);
    }
  }

  private void check(
      MicroWorkload workload, List<HostArray> results, double sum, MemorySegment[] out) {
    for (int i = 0; i < results.size(); i++) {
      for (long at = 0; at < n; at += n / 7) {
        boolean scalar = workload.outputs() == 0;
        double got = scalar ? results.get(i).item() : results.get(i).getDouble(at);
        double expected = scalar ? sum : element(out[i], at);
        double allowed =
            (bits == 64 ? 1e-9 : scalar ? 1e-3 : 1e-4) * Math.max(1, Math.abs(expected));
        if (!(Math.abs(got - expected) <= allowed)) {
          throw new IllegalStateException(
              "%s: %s, by hand %s at %d".formatted(workload, got, expected, at));
        }
      }
    }
  }

  private double element(MemorySegment memory, long at) {
    return bits == 64
        ? memory.getAtIndex(ValueLayout.JAVA_DOUBLE, at)
        : memory.getAtIndex(ValueLayout.JAVA_FLOAT, at);
  }

  /** Nanoseconds on the wall, and of all cores together. */
  private record Time(long wall, long cpu) {}

  private Time now() {
    return new Time(System.nanoTime(), clock.nanos());
  }

  private Time since(Time start) {
    return new Time(System.nanoTime() - start.wall, clock.nanos() - start.cpu);
  }

  private static void print(MicroWorkload workload, List<Time> weft, List<Time> hand) {
    double[] a = figures(weft);
    double[] b = figures(hand);
    System.out.printf(
        "%-14s %8.2f %8.2f %8.2f   %8.2f %8.2f %8.2f   %6.2f %6.2f %6.2f%n",
        workload.name().toLowerCase(Locale.ROOT),
        a[0],
        a[1],
        a[2],
        b[0],
        b[1],
        b[2],
        b[0] / a[0],
        b[1] / a[1],
        b[2] / a[2]);
  }

  /** Least wall time, least and median CPU time, in milliseconds. */
  private static double[] figures(List<Time> times) {
    long[] cpu = times.stream().mapToLong(Time::cpu).sorted().toArray();
    long wall = times.stream().mapToLong(Time::wall).min().orElseThrow();
    return new double[] {wall / 1e6, cpu[0] / 1e6, cpu[cpu.length / 2] / 1e6};
  }
}

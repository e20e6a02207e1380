package dev.weft.gpu.emulate;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Kernels as a C++ text that counts what it reads and writes, for {@link CoalescingMeter}: each
 * call of a function of {@code values.cuh} that accesses memory gets its number, and loops tell
 * their trips.
 */
final class MeteredText {
  private static final Pattern ACCESS =
      Pattern.compile("weft_(load|store|load_pack|store_pack)([<(])");
  private static final Pattern LOOP =
      Pattern.compile("(#pragma unroll( \\d+)?\\s+)?\\bfor (?=\\()");

  private MeteredText() {}

  static String of(List<HostSource> kernels) {
    AtomicInteger sites = new AtomicInteger();
    return HostText.resource("meter_on_host.h")
        + HostText.of(kernels.stream().map(kernel -> metered(kernel, sites)).toList());
  }

  private static HostSource metered(HostSource kernel, AtomicInteger sites) {
    // The end of values.cuh, with which every text begins.
    int values = kernel.text().indexOf("#endif\n") + "#endif\n".length();
    String text =
        kernel.text().substring(0, values)
            + HostText.resource("metered_access.h")
            + accesses(loops(kernel.text().substring(values)), sites);
    return new HostSource(text, kernel.entryPoints());
  }

  private static String accesses(String text, AtomicInteger sites) {
    return ACCESS
        .matcher(text)
        .replaceAll(
            call ->
                "weft_site(%d).%s%s"
                    .formatted(sites.getAndIncrement(), call.group(1), call.group(2)));
  }

  /** {@code for (a; b; c)} as {@code if (weft_trips t(n); true) for (a; (b) && t.next(); c)}. */
  private static String loops(String text) {
    StringBuilder out = new StringBuilder();
    Matcher loop = LOOP.matcher(text);
    int done = 0;
    while (loop.find()) {
      boolean whole = loop.group(1) != null && loop.group(2) == null;
      if (whole) {
        continue;
      }
      String unroll = loop.group(2) == null ? "1" : loop.group(2).strip();
      int condition = text.indexOf(';', loop.end()) + 1;
      int end = text.indexOf(';', condition);
      out.append(text, done, loop.start())
          .append("if (weft_trips weft_trip(%s); true) for ".formatted(unroll))
          .append(text, loop.end(), condition)
          .append(" (%s) && weft_trip.next()".formatted(text.substring(condition, end).strip()));
      done = end;
    }
    return out.append(text, done, text.length()).toString();
  }
}

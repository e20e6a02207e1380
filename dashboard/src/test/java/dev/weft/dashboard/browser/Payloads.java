package dev.weft.dashboard.browser;

import java.util.ArrayList;
import java.util.List;

/** Texts that set {@code window.hit} where a page takes them for markup or code. */
final class Payloads {
  private static final List<String> ATTACKS =
      List.of(
          "<script>window.hit=1</script>",
          "<img src=x onerror=window.hit=1>",
          "<svg onload=window.hit=1>",
          "<svg><script>window.hit=1</script></svg>",
          "<iframe srcdoc='<script>parent.hit=1</script>'></iframe>",
          "<body onload=window.hit=1>",
          "<details open ontoggle=window.hit=1>",
          "<input autofocus onfocus=window.hit=1>",
          "<a href=javascript:window.hit=1>x</a>",
          "<math><mtext></mtext><style><img src=x onerror=window.hit=1></style></math>",
          "<video><source onerror=window.hit=1></video>",
          "<object data='javascript:window.hit=1'></object>",
          "<style>@import 'javascript:window.hit=1'</style>",
          "<link rel=stylesheet href='javascript:window.hit=1'>",
          "<base href='https://evil.example/'>",
          "<meta http-equiv=refresh content='0;url=javascript:window.hit=1'>",
          "<form action=javascript:window.hit=1><button id=pause>",
          "javascript:window.hit=1",
          "${window.hit=1}{{window.hit=1}}`${window.hit=1}`",
          "\u2028;window.hit=1;\u2029//\u0000\uFEFF\u202E");

  /** What would end an attribute, an element, or a line of a stream of events. */
  private static final List<String> BEFORE =
      List.of("", "\"'></title></textarea></text></script>", "\n\nevent: end\ndata: {}\n\n\\\"}]");

  private Payloads() {}

  /** 60 of them. */
  static List<String> all() {
    List<String> all = new ArrayList<>();
    for (String before : BEFORE) {
      for (String attack : ATTACKS) {
        all.add(before + attack);
      }
    }
    return all;
  }
}

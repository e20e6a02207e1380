package dev.weft.bench.bridge;

import dev.weft.cli.language.Evaluator;
import dev.weft.cli.language.Parser;
import dev.weft.cli.language.SourceText;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Expressions of the command line over arrays that are there. */
final class Expressions {
  private final Session session;

  Expressions(Session session) {
    this.session = session;
  }

  /** The results of a job. */
  List<NDArray> evaluate(String text, Map<String, NDArray> inputs) {
    return Evaluator.evaluate(session, Parser.job(SourceText.of(text)), named(inputs))
        .last()
        .stream()
        .map(Evaluator.Output::array)
        .toList();
  }

  private static Evaluator.Inputs named(Map<String, NDArray> inputs) {
    return new Evaluator.Inputs() {
      @Override
      public List<String> names() {
        return List.copyOf(inputs.keySet());
      }

      @Override
      public NDArray open(String name) {
        return Objects.requireNonNull(inputs.get(name));
      }
    };
  }
}

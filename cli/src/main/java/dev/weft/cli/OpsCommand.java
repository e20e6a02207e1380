package dev.weft.cli;

import dev.weft.cli.language.Functions;
import dev.weft.cli.language.Signature;
import dev.weft.cli.options.Syntax;
import dev.weft.cli.options.Syntax.Parameter;
import dev.weft.cli.options.Words;
import dev.weft.cli.output.Console;
import dev.weft.core.error.UsageException;
import dev.weft.core.op.ElementwiseOp;
import dev.weft.core.op.ElementwiseOps;
import dev.weft.core.text.Suggestions;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code weft ops}: the functions of the expression language. */
final class OpsCommand implements Command {
  @Override
  public Syntax syntax() {
    return new Syntax(
        "Lists the functions of expressions, or describes one.",
        List.of(new Parameter("NAME", false, false, "a function")),
        List.of());
  }

  @Override
  public int run(Words words, Console console) {
    String name = words.parameters().isEmpty() ? "" : words.parameters().getFirst();
    if (name.isEmpty()) {
      list(console.out());
    } else {
      describe(console.out(), name);
    }
    return 0;
  }

  private static void list(PrintStream out) {
    out.println("Elementwise, in expressions and as methods:");
    for (ElementwiseOp op : ElementwiseOps.all()) {
      line(out, call(op), op.doc());
    }
    out.println();
    out.println("Reductions:");
    Functions.reductions().forEach(signature -> line(out, signature.shown(), signature.doc()));
    out.println();
    out.println("Shapes, creation and more:");
    Functions.composite().forEach(signature -> line(out, signature.shown(), signature.doc()));
    out.println();
    out.println("Operators, by rising precedence: < <= > >= == !=, |, ^, &, << >>, + -,");
    out.println("  * / // % @, unary + - ~, **. Constants: pi, e, inf, nan, True, False, newaxis.");
  }

  private static void line(PrintStream out, String call, String doc) {
    out.println(
        call.length() > 30
            ? "  " + call + "\n" + " ".repeat(34) + doc
            : String.format(Locale.ROOT, "  %-30s  %s", call, doc));
  }

  private static String call(ElementwiseOp op) {
    return op.name() + "(a, b, c".substring(0, 3 * op.arity() - 1) + ")";
  }

  private static void describe(PrintStream out, String name) {
    for (Signature signature : all()) {
      if (signature.name().equals(name)) {
        out.println(signature.shown());
        out.println("  " + signature.doc());
        return;
      }
    }
    Optional<ElementwiseOp> found = ElementwiseOps.find(name);
    if (found.isEmpty() || !ElementwiseOps.all().contains(found.get())) {
      List<String> known = new ArrayList<>(all().stream().map(Signature::name).toList());
      ElementwiseOps.all().forEach(op -> known.add(op.name()));
      throw new UsageException(
          "there is no function '%s'%s".formatted(name, Suggestions.didYouMean(name, known)));
    }
    ElementwiseOp op = found.get();
    out.println(call(op));
    out.println("  " + op.doc());
    if (!op.aliases().isEmpty()) {
      out.println("  also called " + String.join(", ", op.aliases()));
    }
    out.println("  accepts " + String.join(", ", op.acceptedKinds()));
    out.println("  result: " + op.rule().resultDoc());
    out.println(
        op.ulps() == 0
            ? "  the same bits on every device"
            : "  within " + op.ulps() + " ulp of the exact result");
  }

  private static List<Signature> all() {
    List<Signature> all = new ArrayList<>(Functions.composite());
    all.addAll(Functions.reductions());
    return all;
  }
}

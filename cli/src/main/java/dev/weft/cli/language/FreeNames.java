package dev.weft.cli.language;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names of a job that nothing in it gives a value to: those of its inputs. */
public final class FreeNames {
  private static final Set<String> MODULES = Set.of("np", "numpy");

  private final Set<String> assigned = new LinkedHashSet<>();
  private final Set<String> free = new LinkedHashSet<>();

  private FreeNames() {}

  /** The names in the order in which they first appear. */
  public static List<String> of(JobScript job) {
    FreeNames names = new FreeNames();
    for (JobScript.Line line : job.lines()) {
      names.add(line.place());
      names.add(line.value());
      if (line.name() != null) {
        names.assigned.add(line.name());
      }
    }
    return List.copyOf(names.free);
  }

  private void add(@Nullable Node node) {
    switch (node) {
      case null -> {}
      case Node.Name(Span span, String name) -> name(name);
      case Node.Unary unary -> add(unary.operand());
      case Node.Binary binary -> {
        // Sums of thousands of terms lean to the left.
        Deque<Node> rights = new ArrayDeque<>();
        Node left = binary;
        while (left instanceof Node.Binary inner) {
          rights.push(inner.right());
          left = inner.left();
        }
        add(left);
        rights.forEach(this::add);
      }
      case Node.Compare compare -> compare.operands().forEach(this::add);
      case Node.Attribute attribute -> {
        boolean part =
            attribute.target() instanceof Node.Name(Span span, String name)
                && NumpyNames.MODULES.contains(name);
        add(part ? null : attribute.target());
      }
      case Node.Call call -> {
        if (!(call.function() instanceof Node.Name)) {
          add(call.function());
        }
        call.positional().forEach(this::add);
        call.keywords().forEach(keyword -> add(keyword.value()));
      }
      case Node.Subscript subscript -> {
        add(subscript.target());
        subscript.items().forEach(this::add);
      }
      case Node.Slice slice -> {
        add(slice.start());
        add(slice.stop());
        add(slice.step());
      }
      case Node.Sequence sequence -> sequence.items().forEach(this::add);
      case Node.IntegerNumber number -> {}
      case Node.LargeNumber number -> {}
      case Node.FloatNumber number -> {}
      case Node.ImaginaryNumber number -> {}
      case Node.Text text -> {}
      case Node.Ellipsis ellipsis -> {}
    }
  }

  private void name(String name) {
    boolean known =
        assigned.contains(name) || MODULES.contains(name) || Names.constant(name) != null;
    if (!known) {
      free.add(name);
    }
  }
}

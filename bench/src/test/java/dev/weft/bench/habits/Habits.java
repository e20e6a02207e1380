package dev.weft.bench.habits;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.lang.model.element.Modifier;

/** Sizes, names, state and documentation of single files. */
final class Habits {
  private static final int FILE_LINES = 400;
  private static final int METHOD_LINES = 60;
  private static final List<String> EMPTY_NAMES =
      List.of("Util", "Utils", "Helper", "Manager", "Impl");

  /**
   * Modules that are given the user's settings as a SessionConfig and do not look for them
   * themselves.
   */
  private static final Set<String> CONFIGURED =
      Set.of(
          "core",
          "kernels",
          "cpu-fallback",
          "gpu",
          "io",
          "s3",
          "timeline",
          "profile",
          "pictures",
          "dashboard");

  /** Where settings are read: those of a session, where NVIDIA's libraries are, and the cache. */
  private static final List<String> READERS =
      List.of("SessionConfig.java", "CudaSettings.java", "UserCache.java");

  private static final Set<String> SETTINGS =
      Set.of(
          "System.getenv",
          "System.getProperty",
          "System.getProperties",
          "Boolean.getBoolean",
          "Integer.getInteger",
          "Long.getLong");

  private Habits() {}

  static List<String> fileSize(JavaSource source) {
    int lines = source.lines();
    return lines <= FILE_LINES
        ? List.of()
        : List.of(
            source.finding(
                "%d lines; a file has at most %d.".formatted(lines, FILE_LINES),
                "Find the second job it does and give that a class of its own."));
  }

  static List<String> methodSize(JavaSource source) {
    List<String> findings = new ArrayList<>();
    new TreePathScanner<Void, Void>() {
      @Override
      public Void visitMethod(MethodTree method, Void unused) {
        Tree body = method.getBody();
        if (body != null) {
          // From the brace that opens the body: annotations and a long list of parameters are no
          // work.
          long lines = source.lastLine(body) - source.firstLine(body) + 1;
          if (lines > METHOD_LINES) {
            findings.add(
                source.finding(
                    method,
                    "method %s has %d lines; a method has at most %d."
                        .formatted(method.getName(), lines, METHOD_LINES),
                    "Split it into steps that have names."));
          }
        }
        return super.visitMethod(method, null);
      }
    }.scan(source.unit(), null);
    return findings;
  }

  static List<String> typeNames(JavaSource source) {
    List<String> findings = new ArrayList<>();
    new TreePathScanner<Void, Void>() {
      @Override
      public Void visitClass(ClassTree type, Void unused) {
        for (String end : EMPTY_NAMES) {
          if (type.getSimpleName().toString().endsWith(end)) {
            findings.add(
                source.finding(
                    type,
                    "the name %s ends in %s, which says nothing."
                        .formatted(type.getSimpleName(), end),
                    "Name it after what it is or does, in the words of the field."));
          }
        }
        return super.visitClass(type, null);
      }
    }.scan(source.unit(), null);
    return findings;
  }

  static List<String> mutableStatics(JavaSource source) {
    List<String> findings = new ArrayList<>();
    if (!source.isMain()) {
      return findings;
    }
    new TreePathScanner<Void, Void>() {
      @Override
      public Void visitVariable(VariableTree variable, Void unused) {
        Set<Modifier> flags = variable.getModifiers().getFlags();
        if (flags.contains(Modifier.STATIC) && !flags.contains(Modifier.FINAL)) {
          findings.add(
              source.finding(
                  variable,
                  "static field %s is not final.".formatted(variable.getName()),
                  "State belongs to a Session, so that two of them do not meet."));
        }
        return super.visitVariable(variable, null);
      }
    }.scan(source.unit(), null);
    return findings;
  }

  static List<String> settings(JavaSource source) {
    List<String> findings = new ArrayList<>();
    if (!source.isMain()
        || !CONFIGURED.contains(source.module())
        || READERS.stream().anyMatch(source.file()::endsWith)) {
      return findings;
    }
    new TreePathScanner<Void, Void>() {
      @Override
      public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
        String method = call.getMethodSelect().toString();
        if (SETTINGS.contains(method) && !asksAboutThePlatform(call)) {
          findings.add(
              source.finding(
                  call,
                  "%s outside SessionConfig, CudaSettings and cli.".formatted(method),
                  "Take the value as a parameter; SessionConfig is where settings are read."));
        }
        return super.visitMethodInvocation(call, null);
      }
    }.scan(source.unit(), null);
    return findings;
  }

  /** The machine, the JVM and the user's folder are facts, no settings: os.name, java.version. */
  private static boolean asksAboutThePlatform(MethodInvocationTree call) {
    return !call.getArguments().isEmpty()
        && call.getArguments().getFirst() instanceof LiteralTree literal
        && literal.getValue() instanceof String key
        && (key.startsWith("os.") || key.startsWith("java.") || key.equals("user.home"));
  }

  static List<String> documentedTypes(JavaSource source) {
    List<String> findings = new ArrayList<>();
    if (!source.isMain()) {
      return findings;
    }
    new TreePathScanner<Void, Void>() {
      @Override
      public Void visitClass(ClassTree type, Void unused) {
        TreePath path = getCurrentPath();
        if (type.getModifiers().getFlags().contains(Modifier.PUBLIC)
            && source.trees().getDocComment(path) == null) {
          findings.add(
              source.finding(
                  type,
                  "public type %s has no Javadoc.".formatted(type.getSimpleName()),
                  "Its first sentence says what it is and guarantees."));
        }
        return super.visitClass(type, null);
      }
    }.scan(source.unit(), null);
    return findings;
  }

  static List<String> documentedPackages(List<JavaSource> sources) {
    Set<String> described = new HashSet<>();
    Set<String> packages = new TreeSet<>();
    List<String> findings = new ArrayList<>();
    for (JavaSource source : sources) {
      if (source.isMain() && source.file().getParent() instanceof Path folder) {
        packages.add(folder.toString());
        if (source.isPackageInfo()) {
          described.add(folder.toString());
          findings.addAll(packageInfo(source));
        }
      }
    }
    packages.removeAll(described);
    for (String folder : packages) {
      findings.add(
          "%s: no package-info.java. Add one: what the package is for, in 3 to 10 lines, and @NullMarked."
              .formatted(folder));
    }
    return findings;
  }

  private static List<String> packageInfo(JavaSource source) {
    List<String> findings = new ArrayList<>();
    var declaration = source.unit().getPackage();
    TreePath path = TreePath.getPath(source.unit(), declaration);
    if (source.trees().getDocComment(path) == null) {
      findings.add(
          source.finding(
              "no Javadoc on the package.", "Say what the package is for, in 3 to 10 lines."));
    }
    boolean nullMarked =
        declaration.getAnnotations().stream()
            .anyMatch(a -> a.getAnnotationType().toString().endsWith("NullMarked"));
    if (!nullMarked) {
      findings.add(
          source.finding(
              "the package is not @NullMarked.",
              "Annotate it: only marked packages are checked for null."));
    }
    return findings;
  }
}

package dev.weft.bench.habits;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * One Java file of the project, parsed by javac but not resolved: what it says, not what it means.
 *
 * @param file the path from the project's root, for instance
 *     core/src/main/java/dev/weft/core/X.java
 * @param unit its syntax tree
 * @param trees javac's positions and Javadoc comments
 */
record JavaSource(Path file, CompilationUnitTree unit, Trees trees) {

  /** The top-level folder, for instance core. */
  String module() {
    return file.getName(0).toString();
  }

  /** Whether it is of src/main, so that others may depend on it. */
  boolean isMain() {
    return file.startsWith(Path.of(module(), "src", "main"));
  }

  String packageName() {
    return unit.getPackageName() == null ? "" : unit.getPackageName().toString();
  }

  boolean isPackageInfo() {
    return file.endsWith("package-info.java");
  }

  int lines() {
    try {
      return (int) unit.getSourceFile().getCharContent(true).toString().lines().count();
    } catch (IOException e) {
      throw new UncheckedIOException("read " + file, e);
    }
  }

  long firstLine(Tree tree) {
    return lineMap().getLineNumber(trees.getSourcePositions().getStartPosition(unit, tree));
  }

  long lastLine(Tree tree) {
    return lineMap().getLineNumber(trees.getSourcePositions().getEndPosition(unit, tree));
  }

  private LineMap lineMap() {
    return unit.getLineMap();
  }

  /** A finding: where, what is wrong, what to do about it. */
  String finding(Tree tree, String rule, String remedy) {
    return "%s:%d: %s %s".formatted(file, firstLine(tree), rule, remedy);
  }

  /** A finding about the whole file. */
  String finding(String rule, String remedy) {
    return "%s: %s %s".formatted(file, rule, remedy);
  }

  /** A dotted name and where it stands. */
  record Name(String text, Tree tree) {
    boolean isWithin(String packageName) {
      return text.equals(packageName) || text.startsWith(packageName + ".");
    }
  }

  /**
   * Every dotted name in imports and code, the longest form only; no names from comments or string
   * literals.
   */
  List<Name> names() {
    List<Name> names = new ArrayList<>();
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitMemberSelect(MemberSelectTree tree, Void unused) {
        String text = tree.toString();
        if (text.chars().allMatch(c -> c == '.' || Character.isJavaIdentifierPart(c))) {
          names.add(new Name(text, tree));
          return null;
        }
        return super.visitMemberSelect(tree, null);
      }
    }.scan(unit.getTypeDecls(), null);
    unit.getImports().forEach(i -> names.add(new Name(i.getQualifiedIdentifier().toString(), i)));
    return names;
  }

  /** Every Java file of the project's modules. */
  static List<JavaSource> ofProject(Path root) {
    try (Stream<Path> modules = Files.list(root)) {
      List<Path> files = new ArrayList<>();
      for (Path module :
          modules.filter(m -> Files.exists(m.resolve("pom.xml"))).sorted().toList()) {
        if (Files.isDirectory(module.resolve("src"))) {
          try (Stream<Path> all = Files.walk(module.resolve("src"))) {
            all.filter(f -> f.toString().endsWith(".java")).sorted().forEach(files::add);
          }
        }
      }
      var fileManager =
          ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, null);
      return parse(root, fileManager.getJavaFileObjectsFromPaths(files));
    } catch (IOException e) {
      throw new UncheckedIOException("list the sources under " + root, e);
    }
  }

  /** A source that stands in no file, as if it stood in the given one. */
  static JavaSource ofText(String file, String text) {
    var source =
        new SimpleJavaFileObject(URI.create("file:///" + file), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
          }
        };
    return parse(Path.of("/"), List.of(source)).getFirst();
  }

  private static List<JavaSource> parse(Path root, Iterable<? extends JavaFileObject> files) {
    var problems = new DiagnosticCollector<JavaFileObject>();
    var task =
        (JavacTask)
            ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, problems, List.of("-proc:none"), null, files);
    Trees trees = Trees.instance(task);
    try {
      List<JavaSource> sources =
          StreamSupport.stream(task.parse().spliterator(), false)
              .map(
                  u ->
                      new JavaSource(root.relativize(Path.of(u.getSourceFile().toUri())), u, trees))
              .toList();
      for (var problem : problems.getDiagnostics()) {
        throw new IllegalStateException("parse the sources: " + problem.getMessage(Locale.ROOT));
      }
      return sources;
    } catch (IOException e) {
      throw new UncheckedIOException("parse the sources under " + root, e);
    }
  }
}

package dev.weft.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The commands by name; only the one that is asked for is made. */
final class Commands {
  static final List<String> NAMES =
      List.of(
          "run",
          "explain",
          "compare",
          "plan",
          "work",
          "watch",
          "k8s",
          "table",
          "head",
          "describe",
          "ops",
          "ls",
          "info",
          "devices",
          "demo",
          "dashboard",
          "bundle",
          "completion");

  private Commands() {}

  static @Nullable Command find(String name) {
    return switch (name) {
      case "run" -> new RunCommand();
      case "explain" -> new ExplainCommand();
      case "compare" -> new CompareCommand();
      case "plan" -> new PlanCommand();
      case "work" -> new WorkCommand();
      case "watch" -> new WatchCommand();
      case "k8s" -> new K8sCommand();
      case "table" -> new TableCommand();
      case "head" -> new HeadCommand();
      case "describe" -> new DescribeCommand();
      case "ops" -> new OpsCommand();
      case "ls" -> new ListCommand();
      case "info" -> new InfoCommand();
      case "devices" -> new DevicesCommand();
      case "demo" -> new DemoCommand();
      case "dashboard" -> new DashboardCommand();
      case "bundle" -> new BundleCommand();
      case "completion" -> new CompletionCommand();
      default -> null;
    };
  }
}

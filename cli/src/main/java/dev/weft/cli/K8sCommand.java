package dev.weft.cli;

import dev.weft.cli.cluster.IndexedJob;
import dev.weft.cli.cluster.PlanFile;
import dev.weft.cli.options.Settings;
import dev.weft.cli.options.Syntax;
import dev.weft.cli.options.Syntax.Option;
import dev.weft.cli.options.Words;
import dev.weft.cli.output.Console;
import dev.weft.core.error.UsageException;
import java.nio.file.Path;
import java.util.List;

/** {@code weft k8s}: a plan as an Indexed Job of Kubernetes. */
final class K8sCommand implements Command {
  @Override
  public Syntax syntax() {
    return new Syntax(
        "Prints an Indexed Job of Kubernetes that works on a plan, one pod for each slice, for: kubectl apply -f -",
        List.of(WorkCommand.PLAN),
        List.of(
            Option.value("IMAGE", "the image of the workers, with weft on its path", "--image"),
            Option.value(
                "CLAIM",
                "the claim of the volume that holds inputs, results, the plan and its chunks",
                "--claim"),
            Option.value(
                "FOLDER",
                "where the volume is mounted, as on the machine that wrote the plan",
                "--mount"),
            Option.value("N", "pods at the same time; all slices if left out", "--parallelism")));
  }

  @Override
  public int run(Words words, Console console) {
    for (String needed : List.of("--image", "--claim", "--mount")) {
      if (!words.has(needed)) {
        throw new UsageException(
            "%s is missing: weft k8s PLAN --image IMAGE --claim CLAIM --mount FOLDER"
                .formatted(needed));
      }
    }
    Path file = Path.of(words.parameters().getFirst());
    PlanFile plan = PlanFile.read(file);
    int parallelism =
        words.has("--parallelism")
            ? Settings.number("--parallelism", words.value("--parallelism"))
            : plan.slices();
    IndexedJob job =
        new IndexedJob(
            file.toAbsolutePath().normalize(),
            words.value("--image"),
            words.value("--claim"),
            Path.of(words.value("--mount")),
            parallelism);
    console.out().print(job.yaml(plan));
    return 0;
  }
}

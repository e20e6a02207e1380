package dev.weft.cli.cluster;

import dev.weft.cli.output.Json;
import dev.weft.core.error.UsageException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * An Indexed Job of Kubernetes whose pods work on a plan, a slice each. The pods share a volume,
 * mounted under the same path as on the machine that wrote the plan. A pod that fails or is evicted
 * is started again.
 *
 * @param file of the plan
 * @param image of the pods, with {@code weft} on its path
 * @param claim of the volume
 * @param mount where the volume is mounted
 * @param parallelism pods at the same time
 */
public record IndexedJob(Path file, String image, String claim, Path mount, int parallelism) {
  /** How often a pod is started again. */
  private static final int RESTARTS = 10;

  private static final int LONGEST_NAME = 50;

  private static final String TEMPLATE =
      """
      apiVersion: batch/v1
      kind: Job
      metadata:
        name: {name}
      spec:
        completionMode: Indexed
        completions: {completions}
        parallelism: {parallelism}
        backoffLimitPerIndex: {restarts}
        template:
          spec:
            restartPolicy: Never
            automountServiceAccountToken: false
            containers:
              - name: worker
                image: {image}
                command: ["weft", "work", {plan}, "--slice", {slice}]
                env:
                  - name: WEFT_SLICE
                    valueFrom:
                      fieldRef:
                        fieldPath: metadata.annotations['batch.kubernetes.io/job-completion-index']
                volumeMounts:
                  - name: data
                    mountPath: {mount}
            volumes:
              - name: data
                persistentVolumeClaim:
                  claimName: {claim}
      """;

  /** Refuses what cannot run. */
  public IndexedJob {
    if (parallelism < 1) {
      throw new UsageException("--parallelism is %d; use at least 1".formatted(parallelism));
    }
    requireWithin("the plan", file.toString(), mount);
  }

  private static void requireWithin(String what, String path, Path mount) {
    if (!Path.of(path).startsWith(mount)) {
      throw new UsageException(
          "%s %s does not lie in %s, so that pods cannot reach it. Move it there, or mount the volume further up"
              .formatted(what, path, mount));
    }
  }

  /** The job as YAML; all texts are in quotes. */
  public String yaml(PlanFile plan) {
    plan.inputs().forEach((name, path) -> requireWithin("the input " + name, path, mount));
    requireWithin("the folder of chunks", plan.folder(), mount);
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("name", Json.text(name()));
    values.put("completions", plan.slices());
    values.put("parallelism", Math.min(parallelism, plan.slices()));
    values.put("restarts", RESTARTS);
    values.put("image", Json.text(image));
    values.put("plan", Json.text(file.toString()));
    values.put("slice", Json.text("$(WEFT_SLICE)/" + plan.slices()));
    values.put("mount", Json.text(mount.toString()));
    values.put("claim", Json.text(claim));
    String text = TEMPLATE;
    for (Map.Entry<String, Object> value : values.entrySet()) {
      text = text.replace("{" + value.getKey() + "}", value.getValue().toString());
    }
    return text;
  }

  /** Letters, digits and dashes. */
  private String name() {
    String plain =
        String.valueOf(file.getFileName())
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-+|-+$", "");
    return "weft-" + plain.substring(0, Math.min(plain.length(), LONGEST_NAME));
  }
}

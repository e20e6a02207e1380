package dev.weft.cli.job;

import dev.weft.cli.compare.InputsAt;
import dev.weft.cli.compare.Workload;
import dev.weft.cli.language.Evaluator;
import dev.weft.cli.language.JobScript;
import dev.weft.cli.language.Parser;
import dev.weft.cli.machine.Machine;
import dev.weft.cli.options.JobArguments;
import dev.weft.cli.options.Reading;
import dev.weft.core.Session;
import dev.weft.core.error.DeviceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** An expression or a job over files, as devices are compared with it. */
public final class ExpressionWorkload implements Workload {
  private static final int BLOCK = 1 << 20;

  private final JobArguments arguments;
  private final JobScript job;
  private final Reading reading;
  private final Consumer<String> check;
  private List<String> described = List.of();
  private List<String> unused = List.of();

  /**
   * Parses the expression or job; files are opened with each session.
   *
   * @param check hears what {@link #inputs} says before anything is computed, and may refuse it
   */
  public ExpressionWorkload(JobArguments arguments, Reading reading, Consumer<String> check) {
    this.arguments = arguments;
    this.job = Parser.job(arguments.source());
    this.reading = reading;
    this.check = check;
  }

  @Override
  public Prepared prepare(Session session, InputsAt at) {
    InputFiles inputs = new InputFiles(session, reading, arguments.inputs(), at == InputsAt.DEVICE);
    try {
      Evaluator.Outputs outputs = Evaluator.evaluate(session, job, inputs);
      List<Result> results = Result.wanted(outputs, "", List.of());
      described = inputs.described();
      check.accept(inputs());
      unused = inputs.unused();
      return new JobValues(results, inputs::close);
    } catch (RuntimeException | Error e) {
      inputs.close();
      throw e;
    }
  }

  /** The expression, or the name of the job's file. */
  public String text() {
    return arguments.title();
  }

  /** Names, types and shapes of the inputs; known once something was prepared. */
  public String inputs() {
    return String.join(", ", described);
  }

  /** Inputs that no expression named; known once something was prepared. */
  public List<String> unused() {
    return unused;
  }

  /**
   * Reads the input files, so that the first device does not pay for what the others find in the
   * system's file cache.
   *
   * @return a warning where they are too large for that
   */
  public List<String> readOnce() {
    long bytes = 0;
    try {
      for (Path file : arguments.inputs().values()) {
        bytes += Files.isRegularFile(file) ? Files.size(file) : 0;
      }
      if (bytes > Machine.availableMemory()) {
        return List.of(
            "the input files do not fit into memory: times include reading them from the disk");
      }
      for (Path file : arguments.inputs().values()) {
        if (Files.isRegularFile(file)) {
          read(file);
        }
      }
      return List.of();
    } catch (IOException e) {
      throw new DeviceException("read the inputs: " + e, e);
    }
  }

  private static void read(Path file) throws IOException {
    ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
    try (FileChannel channel = FileChannel.open(file)) {
      while (channel.read(block.clear()) >= 0) {
        // Only to have it in the cache.
      }
    }
  }
}

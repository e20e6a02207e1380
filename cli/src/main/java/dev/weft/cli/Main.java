package dev.weft.cli;

import dev.weft.cli.machine.Version;
import dev.weft.cli.options.Words;
import dev.weft.cli.output.Console;
import dev.weft.cli.output.ExitCode;
import dev.weft.cli.output.Interruption;
import dev.weft.cli.output.Messages;
import dev.weft.cli.output.OutputException;
import dev.weft.core.error.InternalException;
import dev.weft.core.error.JobFailedException;
import dev.weft.core.error.JobTimeoutException;
import dev.weft.core.error.UsageException;
import dev.weft.core.error.WeftException;
import dev.weft.core.text.Suggestions;
import java.nio.file.InvalidPathException;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * The program {@code weft}. Exit codes: 0 done, 1 the job failed, 2 wrong use, 124 timed out, 130
 * interrupted, 141 the reader of standard output has gone.
 */
public final class Main {

  private Main() {}

  /** Runs a command and ends the process. */
  public static void main(String[] arguments) {
    Messages messages = Messages.ofProcess();
    Console console = Console.ofProcess(messages);
    // What libraries and uncaught failures say goes the same way.
    System.setErr(console.err());
    Interruption interruption =
        Interruption.watch(
            messages, console.interactive(), Arrays.asList(arguments).contains("--resume"));
    int code = run(arguments, console);
    interruption.expected();
    System.exit(code);
  }

  /**
   * Runs a command.
   *
   * @return the exit code
   */
  public static int run(String[] arguments, Console console) {
    boolean debug = Arrays.asList(arguments).contains("--debug");
    try {
      int code = dispatch(arguments, console);
      // A stream that keeps its failures to itself is asked.
      if (console.out().checkError()) {
        throw new OutputException();
      }
      return code;
    } catch (OutputException e) {
      return e.isBrokenPipe()
          ? e.exitCode()
          : failed(console, debug, e.exitCode(), e.getMessage(), e);
    } catch (InvalidPathException e) {
      return failed(console, debug, ExitCode.WRONG_USE, unusable(e), e);
    } catch (UsageException e) {
      return failed(console, debug, ExitCode.WRONG_USE, e.getMessage(), e);
    } catch (InternalException e) {
      return failed(console, debug, ExitCode.FAILED, "defect in weft: " + e.getMessage(), e);
    } catch (JobTimeoutException e) {
      return failed(console, debug, ExitCode.TIMED_OUT, e.getMessage(), e);
    } catch (JobFailedException e) {
      // The caller's mistake that only values show is told as others are, without names of ours.
      return e.getCause() instanceof UsageException cause
              && cause.getClass() == UsageException.class
          ? failed(console, debug, ExitCode.WRONG_USE, cause.getMessage(), e)
          : failed(console, debug, ExitCode.FAILED, e.getMessage(), e);
    } catch (WeftException e) {
      return failed(console, debug, ExitCode.FAILED, e.getMessage(), e);
    } catch (CancellationException e) {
      return failed(console, debug, ExitCode.INTERRUPTED, "interrupted", e);
    } catch (OutOfMemoryError e) {
      String message = "out of memory: " + e.getMessage() + ". Lower --memory or --chunks";
      return failed(console, debug, ExitCode.FAILED, message, e);
    } catch (RuntimeException | Error e) {
      String message = "defect in weft: " + e + (debug ? "" : "; --debug shows where");
      return failed(console, debug, ExitCode.FAILED, message, e);
    }
  }

  /** Java takes the characters of file names from the locale, which may have too few. */
  private static String unusable(InvalidPathException e) {
    return "the file name '%s' cannot be used: %s. Java runs with the character set %s here; for others set LC_ALL to a locale of UTF-8 that is installed, such as C.UTF-8"
        .formatted(e.getInput(), e.getReason(), System.getProperty("sun.jnu.encoding"));
  }

  private static int failed(
      Console console, boolean debug, int code, @Nullable String message, Throwable cause) {
    console.err().println("weft: " + message);
    if (debug) {
      cause.printStackTrace(console.err());
    }
    return code;
  }

  private static int dispatch(String[] arguments, Console console) {
    String first = arguments.length == 0 ? "--help" : arguments[0];
    Command command = Commands.find(first);
    if (command == null) {
      return withoutCommand(first, arguments, console);
    }
    Words words =
        Words.parse(command.syntax(), Arrays.asList(arguments).subList(1, arguments.length));
    if (words.has("--help")) {
      Help.print(console.out(), first, command);
      return 0;
    }
    return command.run(words.complete(), console);
  }

  private static int withoutCommand(String first, String[] arguments, Console console) {
    switch (first) {
      case "-h", "--help", "help" -> {
        if (arguments.length > 1 && Commands.find(arguments[1]) != null) {
          return dispatch(new String[] {arguments[1], "--help"}, console);
        }
        Help.print(console.out());
        // Without any argument the help is an answer to a mistake.
        return arguments.length == 0 ? ExitCode.WRONG_USE : 0;
      }
      case "-V", "--version" -> {
        console.out().println("weft " + Version.text());
        return 0;
      }
      default -> {
        boolean expression = first.indexOf('(') >= 0 || arguments.length > 1;
        String meant = Suggestions.didYouMean(first, Commands.NAMES);
        throw new UsageException(
            "'%s' is no command%s"
                .formatted(
                    first,
                    !meant.isEmpty()
                        ? meant
                        : expression
                            ? "; to compute it: weft run '" + first + "' ..."
                            : "; use one of " + String.join(", ", Commands.NAMES)));
      }
    }
  }
}

package dev.weft.cli;

import dev.weft.cli.job.FileListing;
import dev.weft.cli.options.Syntax;
import dev.weft.cli.options.Syntax.Option;
import dev.weft.cli.options.Syntax.Parameter;
import dev.weft.cli.options.Words;
import dev.weft.cli.output.Console;
import dev.weft.io.object.Addresses;
import java.util.List;

/** {@code weft ls}: the arrays in files, without reading their elements. */
final class ListCommand implements Command {
  @Override
  public Syntax syntax() {
    return new Syntax(
        "Lists the arrays in files: names, types, shapes and chunks. No elements are read.",
        List.of(
            new Parameter("FILE", true, true, "a file or a folder; FILE#GROUP for a part of it")),
        List.of(Option.flag("print as JSON", "--json")));
  }

  @Override
  public int run(Words words, Console console) {
    List<FileListing> listings =
        words.parameters().stream().map(file -> FileListing.of(Addresses.path(file))).toList();
    if (words.has("--json")) {
      console.out().println(FileListing.json(listings));
    } else {
      listings.forEach(listing -> listing.print(console.out(), listings.size() > 1));
    }
    return 0;
  }
}

#include <memory>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "output.h"

namespace planfile {
namespace {

struct Options {
  std::string file;
  std::optional<std::int64_t> import;
  bool no_backup = false;
};

int take_back(const Options& options, Io io) {
  File file = open_to_write(options.file, options.no_backup, io);
  const Undone undone = undo(file, options.import);
  io.err << fmt::format("{}: import {} ({}) taken back: {} {} removed, {} restored\n", options.file,
                        undone.import, undone.file, undone.removed,
                        undone.removed == 1 ? "row" : "rows", undone.restored);
  return kDone;
}

}  // namespace

void add_undo(CLI::App& app, Action& chosen) {
  auto* command =
      app.add_subcommand("undo", "Take an import back: its rows go, changed ones return");
  auto options = std::make_shared<Options>();
  command->add_option("FILE", options->file, "The plan file")->required();
  command->add_option("IMPORT", options->import,
                      "Number of the import, as table import has it; the newest if left out");
  add_no_backup(*command, options->no_backup);
  command->callback(
      [&chosen, options] { chosen = [options](Io io) { return take_back(*options, io); }; });
}

}  // namespace planfile

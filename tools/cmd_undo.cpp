#include <memory>
#include <optional>
#include <ostream>
#include <string>

#include <fmt/format.h>

#include "output.h"

namespace planfile {
namespace {

struct Options {
  std::string file;
  std::optional<std::int64_t> import;
  bool cascade = false, yes = false, no_backup = false;
};

std::string told(const Undone& undone) {
  return fmt::format("import {} ({}): {} {} removed, {} restored", undone.import, undone.file,
                     undone.removed, undone.removed == 1 ? "row" : "rows", undone.restored);
}

// On a terminal a person is asked; elsewhere only --yes will do.
bool is_agreed(const Options& options, Io io) {
  if (options.yes) return true;
  if (io.err_width == 0) {
    io.err << "nothing was changed; --yes takes them back\n";
    return false;
  }
  io.err << "Take them back? [y/N] " << std::flush;
  std::string answer;
  std::getline(io.in, answer);
  if (answer == "y" || answer == "Y" || answer == "yes" || answer == "是") return true;
  io.err << "nothing was changed\n";
  return false;
}

int take_back_with_later(const Options& options, Io io) {
  File file = open_to_write(options.file, options.no_backup, io);
  const auto planned = undo_with_later(file, options.import, Cascade::tell);
  if (planned.size() > 1) {
    io.err << fmt::format("{}: import {} goes with {} later {}, which {} on it:\n", options.file,
                          planned.back().import, planned.size() - 1,
                          planned.size() == 2 ? "one" : "ones",
                          planned.size() == 2 ? "depends" : "depend");
    for (const Undone& undone : planned) io.err << "  " << told(undone) << '\n';
    if (!is_agreed(options, io)) return kRefused;
  }
  for (const Undone& undone : undo_with_later(file, planned.back().import, Cascade::take_back)) {
    io.err << fmt::format("{}: taken back: {}\n", options.file, told(undone));
  }
  return kDone;
}

int take_back(const Options& options, Io io) {
  if (options.cascade) return take_back_with_later(options, io);
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
  command->add_flag("--cascade", options->cascade,
                    "Take later imports that depend on it back as well, once they were shown");
  command->add_flag("--yes", options->yes, "Of --cascade: do not ask");
  command->callback(
      [&chosen, options] { chosen = [options](Io io) { return take_back(*options, io); }; });
}

}  // namespace planfile

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include <fmt/format.h>

#include "command.h"
#include "manual.h"
#include "planfile/error.h"

namespace planfile {
namespace {

struct Options {
  std::string command, folder;
};

void write_page(const std::filesystem::path& path, const std::string& text) {
  std::ofstream out(path, std::ios::binary);
  out << text;
  out.close();
  if (!out) throw Error(Errc::storage, fmt::format("{}: can't be written", path.string()));
}

// `planfile.1`, and one page a command.
int write_all(const CLI::App& root, const std::filesystem::path& folder) {
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  write_page(folder / "planfile.1", manual_page(root));
  for (const CLI::App* command : root.get_subcommands({})) {
    if (command->get_group().empty()) continue;
    write_page(folder / fmt::format("planfile-{}.1", command->get_name()), manual_page(*command));
  }
  return kDone;
}

int print_page(const Options& options, Io io) {
  CLI::App root;
  Action unused;
  build_app(root, unused);
  if (!options.folder.empty()) return write_all(root, options.folder);
  if (options.command.empty()) {
    io.out << manual_page(root);
    return kDone;
  }
  for (const CLI::App* command : root.get_subcommands({})) {
    if (command->get_name() != options.command) continue;
    io.out << manual_page(*command);
    return kDone;
  }
  throw Error(Errc::usage, fmt::format("no command \"{}\"", options.command));
}

}  // namespace

void add_man(CLI::App& app, Action& chosen) {
  auto* command = app.add_subcommand("man", "Print a manual page: planfile man run | man -l -");
  auto options = std::make_shared<Options>();
  command->add_option("COMMAND", options->command, "Its page; by default planfile's own");
  command->add_option("--all", options->folder, "Write every page into this folder")
      ->type_name("DIR");
  command->callback(
      [&chosen, options] { chosen = [options](Io io) { return print_page(*options, io); }; });
}

}  // namespace planfile

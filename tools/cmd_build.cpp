#include <memory>

#include "output.h"

namespace planfile {
namespace {

struct Options {
  std::string folder, file;
  bool force = false;
};

int build(const Options& options, Io io) {
  const auto existing = options.force ? Existing::replace : Existing::keep;
  return report(build_book(options.folder, options.file, existing), options.file, io);
}

}  // namespace

void add_build(CLI::App& app, Action& chosen) {
  auto* command = app.add_subcommand("build", "Build a plan file from a book of CSV");
  auto options = std::make_shared<Options>();
  command->add_option("DIR", options->folder, "The book: a folder of CSV")->required();
  command->add_option("-o,--output", options->file, "The plan file to make")->required();
  command->add_flag("--force", options->force, "Replace a plan file that exists");
  command->callback(
      [&chosen, options] { chosen = [options](Io io) { return build(*options, io); }; });
}

}  // namespace planfile

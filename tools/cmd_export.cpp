#include <memory>

#include "command.h"
#include "planfile/book.h"

namespace planfile {
namespace {

struct Options {
  std::string file, folder;
};

}  // namespace

void add_export(CLI::App& app, Action& chosen) {
  auto* command = app.add_subcommand("export", "Write a plan file as a book of CSV");
  auto options = std::make_shared<Options>();
  command->add_option("FILE", options->file, "The plan file")->required();
  command->add_option("DIR", options->folder, "The folder to make; must not exist")->required();
  command->callback([&chosen, options] {
    chosen = [options](Io) {
      export_book(File::open(options->file), options->folder);
      return kDone;
    };
  });
}

}  // namespace planfile

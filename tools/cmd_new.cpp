#include <memory>

#include "command.h"
#include "planfile/file.h"

namespace planfile {

void add_new(CLI::App& app, Action& chosen) {
  auto* command = app.add_subcommand("new", "Make an empty plan file");
  auto file = std::make_shared<std::string>();
  command->add_option("FILE", *file, "The plan file to make; must not exist")->required();
  command->callback([&chosen, file] {
    chosen = [file](Io) {
      File::create(*file);
      return kDone;
    };
  });
}

}  // namespace planfile

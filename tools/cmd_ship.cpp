#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "output.h"
#include "planfile/ship.h"

namespace planfile {
namespace {

struct Options {
  std::string file, output;
  ShipOptions ship;
  bool force = false, without_history = false;
};

void print_counts(const ContentHash& content, Io io) {
  const auto rows = writer("table", io);
  const std::string head[] = {"table", "rows"};
  rows->head(head);
  for (const auto* part : {&content.content, &content.history}) {
    for (const TableHash& one : *part) {
      if (one.rows == 0 || one.table == "import_id") continue;
      const Cell cells[] = {one.table, one.rows};
      rows->row(cells);
    }
  }
  rows->finish();
}

int ship_file(Options options, Io io) {
  options.ship.existing = options.force ? Existing::replace : Existing::keep;
  options.ship.history = options.without_history ? History::leave : History::keep;
  const Shipped shipped = ship(options.file, options.output, options.ship);
  print_counts(shipped.content, io);
  fmt::print(io.out, "\ncontent {}\nhistory {}\nsha256  {}\n", shipped.content.hash,
             shipped.content.history_hash, shipped.sha256);
  for (const std::string& item : shipped.left) {
    fmt::print(io.err, "left behind, as planfile did not make it: {}\n", item);
  }
  fmt::print(io.err, "{}: {} bytes, verified\n", options.output, shipped.bytes);
  return kDone;
}

}  // namespace

void add_ship(CLI::App& app, Action& chosen) {
  auto* command = app.add_subcommand("ship", "Write a compact, verified copy to pass on");
  auto options = std::make_shared<Options>();
  command->add_option("FILE", options->file, "The plan file")->required();
  command->add_option("-o,--output", options->output, "The copy to write")->required();
  command
      ->add_option("--only", options->ship.only,
                   "plan, entity, indicator or source, and its code or name: only what fits, and "
                   "what that refers to; may be given again")
      ->type_name("KIND=CODE")
      ->allow_extra_args(false);
  command
      ->add_option("--redact", options->ship.redact,
                   "A column to leave empty, such as observation.note or project.investment, "
                   "with its printed form and former values; may be given again")
      ->type_name("TABLE.COLUMN")
      ->allow_extra_args(false);
  command->add_flag("--without-history", options->without_history,
                    "Leave out imports and former values");
  command->add_flag("--force", options->force, "Replace a plan file that exists");
  command->callback(
      [&chosen, options] { chosen = [options](Io io) { return ship_file(*options, io); }; });
}

}  // namespace planfile

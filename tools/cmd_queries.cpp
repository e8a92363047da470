#include <memory>

#include "output.h"
#include "planfile/query.h"

namespace planfile {
namespace {

struct Options {
  std::string file, format = "table";
};

// The first sentence: `end` is what ends one.
std::string opening(const std::string& text, std::string_view end) {
  const std::size_t at = text.find(end);
  return at == text.npos ? text : text.substr(0, at + (end == ". " ? 1 : end.size()));
}

int list(const Options& options, Io io) {
  Reader reader(options.file);
  const auto rows = writer(options.format, io);
  const bool for_people = options.format == "table" || options.format == "md";
  const std::string columns[] = {"query", "about", "about_zh"};
  rows->head(columns);
  for (const Query& query : reader.queries()) {
    const Cell cells[] = {query.name, for_people ? opening(query.about, ". ") : query.about,
                          for_people ? opening(query.about_zh, "。") : query.about_zh};
    rows->row(cells);
  }
  rows->finish();
  return kDone;
}

}  // namespace

void add_queries(CLI::App& app, Action& chosen) {
  auto* command = app.add_subcommand("queries", "List the saved queries of a plan file");
  auto options = std::make_shared<Options>();
  command->add_option("FILE", options->file, "The plan file")->required();
  add_format(*command, options->format);
  command->callback(
      [&chosen, options] { chosen = [options](Io io) { return list(*options, io); }; });
}

}  // namespace planfile

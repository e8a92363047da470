#include <algorithm>
#include <iterator>
#include <memory>
#include <vector>

#include "output.h"
#include "planfile/query.h"

namespace planfile {
namespace {

struct Options {
  std::string file;
  OutputOptions output;
};

// The first sentence: `end` is what ends one.
std::string opening(const std::string& text, std::string_view end) {
  const std::size_t at = text.find(end);
  return at == text.npos ? text : text.substr(0, at + (end == ". " ? 1 : end.size()));
}

// Families in the order in which a planning office asks; a user's own come last.
std::size_t place_of(const std::string& family) {
  constexpr std::string_view kFamilies[] = {"evaluation", "honesty", "comparison",
                                            "projects",   "quality", "lookup"};
  return static_cast<std::size_t>(std::find(std::begin(kFamilies), std::end(kFamilies), family) -
                                  std::begin(kFamilies));
}

int list(const Options& options, Io io) {
  Reader reader(options.file);
  Output out(options.output, io);
  const bool for_people = out.is_for_people();
  const std::vector<std::string> columns = {"family", "query", "about", "about_zh"};
  LanguageChoice in_language(out, columns, columns, out.lang());
  RowSink& rows = for_people ? static_cast<RowSink&>(in_language) : out;
  rows.head(columns);
  auto queries = reader.queries();
  std::stable_sort(queries.begin(), queries.end(), [](const Query& a, const Query& b) {
    return place_of(a.family) < place_of(b.family);
  });
  for (const Query& query : queries) {
    const Cell cells[] = {query.family, query.name,
                          for_people ? opening(query.about, ". ") : query.about,
                          for_people ? opening(query.about_zh, "。") : query.about_zh};
    rows.row(cells);
  }
  rows.finish();
  return kDone;
}

}  // namespace

void add_queries(CLI::App& app, Action& chosen) {
  auto* command = app.add_subcommand("queries", "List the saved queries of a plan file");
  auto options = std::make_shared<Options>();
  command->add_option("FILE", options->file, "The plan file")->required();
  add_output(*command, options->output);
  command->callback(
      [&chosen, options] { chosen = [options](Io io) { return list(*options, io); }; });
}

}  // namespace planfile

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "output.h"
#include "planfile/diff.h"
#include "planfile/nearest.h"

namespace planfile {
namespace {

struct Options {
  std::string before, after, format = "text", lang;
  std::vector<std::string> kinds;
  bool summary = false;
};

// "3 added, 1 changed"
std::string counted(const DifferenceCount& count, std::string_view lang) {
  std::string text;
  const auto add = [&](std::size_t number, std::string_view en, std::string_view zh) {
    if (number == 0) return;
    if (!text.empty()) text += lang == "zh" ? "，" : ", ";
    text += lang == "zh" ? fmt::format("{} {}", zh, number) : fmt::format("{} {}", number, en);
  };
  add(count.added, "added", "新增");
  add(count.removed, "removed", "删除");
  add(count.changed, "changed", "修改");
  return text;
}

// Compares and prints in sentences, the counts last.
std::vector<DifferenceCount> print_text(const File& before, const File& after,
                                        const Options& options, Io io) {
  const std::string_view lang = language(options.lang);
  std::string kind;
  auto counts = diff(before, after, options.kinds, [&](const Difference& one) {
    if (options.summary) return;
    if (!kind.empty() && kind != one.kind) io.out << '\n';
    kind = one.kind;
    fmt::print(io.out, "{}\n", lang == "zh" ? one.text_zh : one.text);
  });
  if (!kind.empty()) io.out << '\n';
  for (const DifferenceCount& count : counts) {
    fmt::print(io.out, "{}: {}\n", count.kind, counted(count, lang));
  }
  return counts;
}

std::vector<DifferenceCount> print_rows(const File& before, const File& after,
                                        const Options& options, Io io) {
  const auto rows = writer(options.format, io, language(options.lang));
  const std::string columns[] = {"kind", "key", "change", "column", "before", "after"};
  rows->head(columns);
  auto counts = diff(before, after, options.kinds, [&](const Difference& one) {
    const Cell cells[] = {one.kind, one.key, one.change, one.column, one.before, one.after};
    rows->row(cells);
  });
  rows->finish();
  return counts;
}

std::vector<DifferenceCount> print_counts(const File& before, const File& after,
                                          const Options& options, Io io) {
  const auto rows = writer(options.format, io, language(options.lang));
  const std::string columns[] = {"kind", "added", "removed", "changed"};
  rows->head(columns);
  auto counts = diff(before, after, options.kinds, [](const Difference&) {});
  const auto number = [](std::size_t count) { return static_cast<std::int64_t>(count); };
  for (const DifferenceCount& count : counts) {
    const Cell cells[] = {count.kind, number(count.added), number(count.removed),
                          number(count.changed)};
    rows->row(cells);
  }
  rows->finish();
  return counts;
}

// Exit code 1 is for files that differ, so a book that is none is no answer of that kind.
std::optional<File> opened(const std::string& path, Io io) {
  try {
    return open_either(path, io);
  } catch (const Error& error) {
    if (error.code() != Errc::refused) throw;
    throw Error(Errc::storage, fmt::format("{}: {}", path, error.what()));
  }
}

int compare(const Options& options, Io io) {
  const auto known = difference_kinds();
  for (const std::string& kind : options.kinds) {
    if (std::find(known.begin(), known.end(), kind) != known.end()) continue;
    throw Error(Errc::usage, fmt::format("--only: no kind \"{}\"{}; there are: {}", kind,
                                         did_you_mean(kind, known), fmt::join(known, ", ")));
  }
  const auto before = opened(options.before, io), after = opened(options.after, io);
  if (!before || !after) return kCouldNot;
  const auto counts = options.format == "text" ? print_text(*before, *after, options, io)
                      : options.summary        ? print_counts(*before, *after, options, io)
                                               : print_rows(*before, *after, options, io);
  if (!counts.empty()) return kRefused;
  fmt::print(io.err, "{} and {} say the same\n", options.before, options.after);
  return kDone;
}

}  // namespace

void add_diff(CLI::App& app, Action& chosen) {
  auto* command = app.add_subcommand("diff", "Tell in what two plan files or books differ");
  auto options = std::make_shared<Options>();
  command->add_option("BEFORE", options->before, "A plan file or a book")->required();
  command->add_option("AFTER", options->after, "Another")->required();
  command->add_option("--only", options->kinds,
                      "Kinds to compare: target, observation, project, ...");
  command->add_flag("--summary", options->summary, "Counts only");
  command->add_option("--format", options->format, "How to print differences")
      ->check(CLI::IsMember({"text", "table", "csv", "json", "ndjson", "md", "html"}))
      ->default_str("text");
  add_language(*command, options->lang);
  command->footer("Exit codes: 0 the same; 1 they differ; 2 asked wrongly; 3 could not work.");
  command->callback(
      [&chosen, options] { chosen = [options](Io io) { return compare(*options, io); }; });
}

}  // namespace planfile

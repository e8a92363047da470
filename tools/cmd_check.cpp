#include <array>
#include <memory>
#include <vector>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "output.h"
#include "planfile/findings.h"

namespace planfile {
namespace {

struct Options {
  std::string file, format = "text", lang, least = "warning";
  std::vector<std::string> queries;
  double timeout = 0;
};

Severity severity_of(const std::string& word) {
  if (word == "error") return Severity::error;
  return word == "warning" ? Severity::warning : Severity::note;
}

std::string_view severity_zh(Severity severity) {
  constexpr std::string_view kWords[] = {"错误", "警告", "提示"};
  return kWords[static_cast<std::size_t>(severity)];
}

void print_lines(const std::vector<Finding>& found, Severity least, std::string_view lang, Io& io) {
  for (const Finding& one : found) {
    if (one.severity > least) continue;
    if (lang == "zh") {
      fmt::print(io.out, "{}：{}：{}\n", severity_zh(one.severity), one.query, one.text_zh);
    } else {
      fmt::print(io.out, "{}: {}: {}\n", to_text(one.severity), one.query, one.text);
    }
  }
}

// Who reads findings as rows: a program both languages, people their own.
enum class Readers { program, zh, en };

std::vector<std::string> headings(Readers readers) {
  switch (readers) {
    case Readers::zh:
      return {"级别", "查询", "类别", "说明"};
    case Readers::en:
      return {"severity", "query", "kind", "finding"};
    case Readers::program:
      break;
  }
  return {"severity", "query", "kind", "finding", "finding_zh"};
}

std::vector<Cell> cells_of(const Finding& one, Readers readers) {
  if (readers == Readers::zh) {
    return {std::string(severity_zh(one.severity)), one.query, one.kind_zh, one.text_zh};
  }
  std::vector<Cell> cells = {std::string(to_text(one.severity)), one.query, one.kind, one.text};
  if (readers == Readers::program) cells.emplace_back(one.text_zh);
  return cells;
}

void print_rows(const std::vector<Finding>& found, Severity least, const std::string& format,
                std::string_view lang, Io& io) {
  const auto rows = writer(format, io, lang);
  const Readers readers = !is_for_people(format) ? Readers::program
                          : lang == "zh"         ? Readers::zh
                                                 : Readers::en;
  rows->head(headings(readers));
  for (const Finding& one : found) {
    if (one.severity <= least) rows->row(cells_of(one, readers));
  }
  rows->finish();
}

int check(const Options& options, Io io) {
  Reader reader(options.file, limits_of(options.timeout));
  const auto found = find_faults(reader, options.queries);
  const Severity least = severity_of(options.least);
  if (options.format == "text") {
    print_lines(found, least, language(options.lang), io);
  } else {
    print_rows(found, least, options.format, language(options.lang), io);
  }
  std::array<std::size_t, 3> counts{};
  for (const Finding& one : found) ++counts.at(static_cast<std::size_t>(one.severity));
  const auto [errors, warnings, notes] = counts;
  const bool is_cut = notes > 0 && least != Severity::note;
  if (language(options.lang) == "zh") {
    fmt::print(io.err, "{}：错误 {} 条，警告 {} 条，提示 {} 条{}\n", options.file, errors, warnings,
               notes, is_cut ? "（用 --severity note 列出）" : "");
  } else {
    fmt::print(io.err, "{}: {} {}, {} {}, {} {}{}\n", options.file, errors,
               errors == 1 ? "error" : "errors", warnings, warnings == 1 ? "warning" : "warnings",
               notes, notes == 1 ? "note" : "notes", is_cut ? " (--severity note shows them)" : "");
  }
  return errors > 0 ? kRefused : kDone;
}

}  // namespace

void add_check(CLI::App& app, Action& chosen) {
  auto* command =
      app.add_subcommand("check", "Check what the file says: claims, conflicts, gaps, outliers");
  auto options = std::make_shared<Options>();
  command->add_option("FILE", options->file, "The plan file")->required();
  command->add_option("QUERY", options->queries, "Saved queries to run; by default all that check");
  command->add_option("--severity", options->least, "The least grave findings to show")
      ->check(CLI::IsMember({"error", "warning", "note"}))
      ->default_str("warning");
  command->add_option("--format", options->format, "How to print findings")
      ->check(
          CLI::IsMember({"text", "table", "csv", "tsv", "json", "ndjson", "md", "html", "xlsx"}))
      ->default_str("text");
  add_language(*command, options->lang);
  add_timeout(*command, options->timeout);
  command->footer("Exit code 1 when there are errors.");
  command->callback(
      [&chosen, options] { chosen = [options](Io io) { return check(*options, io); }; });
}

}  // namespace planfile

#include <algorithm>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "output.h"
#include "planfile/verify.h"

namespace planfile {
namespace {

struct Options {
  std::string file, format = "text";
  bool ignore_manifest = false;
};

std::string result_of(const Verification& found, Check check) {
  const auto faults = std::count_if(found.faults.begin(), found.faults.end(),
                                    [&](const VerifyFault& one) { return one.check == check; });
  if (faults > 0) return fmt::format("{} {}", faults, faults == 1 ? "fault" : "faults");
  if (check == Check::manifest) {
    if (!found.has_manifest) return "none recorded";
    if (!found.differences.empty()) return "differs";
  }
  const bool was_reached = found.content || check == Check::file || check == Check::schema;
  return was_reached ? "ok" : "not reached";
}

void print_checks(const Verification& found, const Options& options, Io io) {
  const auto rows = writer("table", io);
  const std::string head[] = {"check", "result", "of"};
  rows->head(head);
  const std::pair<Check, std::string> checks[] = {
      {Check::file, fmt::format("schema {}{}{}, {} bytes", found.schema,
                                found.version.empty() ? "" : ", written by planfile ",
                                found.version, found.bytes)},
      {Check::integrity, "pages, trees, indexes, types and rules of every row"},
      {Check::references, "foreign keys"},
      {Check::schema,
       "tables, views, triggers, indexes, dictionary, code lists, planfile's queries"},
      {Check::derived, "days of periods, units and summaries of series"},
      {Check::manifest, "what was shipped"}};
  for (const auto& [check, what] : checks) {
    const bool is_left_out = check == Check::manifest && options.ignore_manifest;
    const Cell cells[] = {std::string(to_text(check)),
                          is_left_out ? "left out" : result_of(found, check), what};
    rows->row(cells);
  }
  rows->finish();
}

void print_hashes(const ContentHash& content, Io io) {
  io.out << '\n';
  const auto rows = writer("table", io);
  const std::string head[] = {"table", "rows", "hash"};
  rows->head(head);
  for (const auto* part : {&content.content, &content.history}) {
    for (const TableHash& one : *part) {
      const Cell cells[] = {one.table, one.rows, one.hash};
      rows->row(cells);
    }
  }
  rows->finish();
  fmt::print(io.out, "\ncontent {}\nhistory {}\n", content.hash, content.history_hash);
}

// The parts of a key that say something.
std::string key_text(const std::vector<std::string>& key) {
  std::vector<std::string> said;
  std::copy_if(key.begin(), key.end(), std::back_inserter(said),
               [](const std::string& part) { return !part.empty(); });
  return fmt::format("{}", fmt::join(said, ", "));
}

void print_differences(const Verification& found, Io io) {
  if (found.differences.empty()) return;
  io.out << "\nNot as shipped:\n";
  std::int64_t all = 0;
  for (const TableDifference& one : found.differences) {
    fmt::print(io.out, "{}: {} changed, {} added, {} removed\n", one.table, one.changed, one.added,
               one.removed);
    all += one.changed + one.added + one.removed;
  }
  for (const RowDifference& one : found.rows) {
    fmt::print(io.out, "  {} {}: {}\n", one.table, to_text(one.how), key_text(one.key));
  }
  const auto told = static_cast<std::int64_t>(found.rows.size());
  if (told < all) fmt::print(io.out, "  ... and {} more\n", all - told);
}

void print_text(const Verification& found, const Options& options, Io io) {
  print_checks(found, options, io);
  if (found.content) print_hashes(*found.content, io);
  if (!found.faults.empty()) io.out << '\n';
  for (const VerifyFault& one : found.faults) {
    fmt::print(io.out, "{}: {}\n", to_text(one.check), one.message);
  }
  if (found.more_faults > 0) fmt::print(io.out, "... and {} more\n", found.more_faults);
  print_differences(found, io);
  if (found.own.empty()) return;
  io.out << "\nNot planfile's, but of whoever used the file:\n";
  for (const std::string& item : found.own) fmt::print(io.out, "  {}\n", item);
}

int verify_file(const Options& options, Io io) {
  const Verification found =
      verify(options.file, options.ignore_manifest ? Manifest::ignore : Manifest::compare);
  if (options.format == "json") {
    io.out << to_json(found) << '\n';
  } else {
    print_text(found, options, io);
  }
  if (found.faults.empty() && found.differences.empty()) {
    fmt::print(io.err, "{}: all is well\n", options.file);
    return kDone;
  }
  fmt::print(io.err, "{}: {}\n", options.file,
             found.faults.empty() ? "whole, but not as it was shipped" : "not well");
  return kRefused;
}

}  // namespace

void add_verify(CLI::App& app, Action& chosen) {
  auto* command = app.add_subcommand("verify", "Verify that a file is whole, and what was shipped");
  auto options = std::make_shared<Options>();
  command->add_option("FILE", options->file, "The plan file")->required();
  command->add_flag("--no-manifest", options->ignore_manifest,
                    "Don't hold the content against what was shipped");
  command->add_option("--format", options->format, "How to print what was found")
      ->check(CLI::IsMember({"text", "json"}))
      ->default_str("text");
  command->footer("Exit code 1 when the file is damaged or differs.");
  command->callback(
      [&chosen, options] { chosen = [options](Io io) { return verify_file(*options, io); }; });
}

}  // namespace planfile

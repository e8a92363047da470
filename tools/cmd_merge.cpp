#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "output.h"
#include "planfile/merge.h"

namespace planfile {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::vector<std::string> files;
  std::string out, conflicts, resolve, lang, table;
  bool force = false;
};

std::string or_empty(const std::string& cell, std::string_view lang) {
  if (!cell.empty()) return cell;
  return lang == "zh" ? "（无）" : "(none)";
}

void print_conflicts(const std::vector<Conflict>& conflicts, std::string_view lang, Io io) {
  constexpr std::size_t kMost = 100;  // the rest is in the CSV
  for (const Conflict& one : std::span(conflicts).first(std::min(conflicts.size(), kMost))) {
    const bool is_zh = lang == "zh";
    const std::string column = one.column.empty() ? "" : (is_zh ? "：" : ": ") + one.column;
    fmt::print(io.err,
               fmt::runtime(is_zh ? "冲突：{}{}：原来 {}，我方 {}，对方 {}\n"
                                  : "conflict: {}{}: base {}, ours {}, theirs {}\n"),
               is_zh ? one.about_zh : one.about, column, or_empty(one.base, lang),
               or_empty(one.ours, lang), or_empty(one.theirs, lang));
  }
  if (conflicts.size() > kMost) {
    fmt::print(io.err, fmt::runtime(lang == "zh" ? "……另有 {} 处\n" : "... and {} more\n"),
               conflicts.size() - kMost);
  }
}

std::string counted(std::size_t count, std::string_view one) {
  return fmt::format("{} {}{}", count, one, count == 1 ? "" : "s");
}

std::string conflicts_counted(std::size_t count, std::string_view lang) {
  return lang == "zh" ? fmt::format("{} 处冲突", count) : counted(count, "conflict");
}

void write_whole(const fs::path& path, std::string_view text, Existing existing) {
  OutputFile out(path, existing);
  out.stream().write(text.data(), static_cast<std::streamsize>(text.size()));
  out.publish();
}

std::string read_whole(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw Error(Errc::no_such_file, fmt::format("{}: can't be read", path.string()));
  return {std::istreambuf_iterator<char>(in), {}};
}

// Choices that someone filled in are not written over.
int leave_conflicts(const Merged& merged, const Options& options, Io io) {
  const std::string_view lang = language(options.lang);
  const bool is_zh = lang == "zh";
  print_conflicts(merged.conflicts, lang, io);
  const std::string path =
      options.conflicts.empty() ? options.out + ".conflicts.csv" : options.conflicts;
  const std::string count = conflicts_counted(merged.conflicts.size(), lang);
  if (!options.resolve.empty()) {
    fmt::print(io.err,
               fmt::runtime(is_zh ? "{}未由 {} 解决；什么也没有写入\n"
                                  : "{} not settled by {}; nothing was written\n"),
               count, options.resolve);
    return kRefused;
  }
  if (fs::exists(path) && !options.force) {
    throw Error(
        Errc::usage,
        fmt::format("{}: exists already; --resolve reads it, --force writes it anew", path));
  }
  write_whole(path, conflicts_csv(merged.conflicts, lang), Existing::replace);
  fmt::print(
      io.err,
      fmt::runtime(is_zh ? "{}；只写了 {}：请在其 choice 列填写 ours（我方）、theirs（对方）、"
                           "base（原来）或一个值，然后加上 --resolve {} 再合并一次\n"
                         : "{}; nothing was written but {}: fill in its column choice (ours, "
                           "theirs, base or a value), then merge again with --resolve {}\n"),
      count, path, path);
  return kRefused;
}

void print_merged(const Merged& merged, const Options& options, Io io) {
  const std::string_view lang = language(options.lang);
  const bool is_zh = lang == "zh";
  for (const MergeNote& note : merged.notes) {
    fmt::print(io.err, "{}\n", is_zh ? note.text_zh : note.text);
  }
  for (const DifferenceCount& count : merged.taken) {
    fmt::print(io.err,
               fmt::runtime(is_zh ? "{}：新增 {}，修改 {}，删除 {}\n"
                                  : "{}: {} added, {} changed, {} removed\n"),
               count.kind, count.added, count.changed, count.removed);
  }
  std::string settled;
  if (merged.settled > 0) {
    settled = fmt::format(fmt::runtime(is_zh ? "，解决了 {}" : ", {} settled"),
                          conflicts_counted(merged.settled, lang));
  }
  fmt::print(io.err, fmt::runtime(is_zh ? "{}：已合并{}\n" : "{}: merged{}\n"), options.out,
             settled);
}

int print_issues(std::vector<Issue> issues, const Options& options, Io io) {
  for (Issue& issue : issues) {
    issue.file = options.resolve;
    fmt::print(io.err, "{}\n", to_text(issue));
  }
  if (language(options.lang) == "zh") {
    fmt::print(io.err, "{} 处错误；什么也没有写入\n", issues.size());
  } else {
    fmt::print(io.err, "{}; nothing was written\n", counted(issues.size(), "fault"));
  }
  return kRefused;
}

// Books come together in a file first, which then is written as a book.
Merged merge_to(const Options& options, const std::optional<File>& base, const File& ours,
                const File& theirs, const std::vector<Choice>& choices) {
  const File* from = base ? &*base : nullptr;
  const auto existing = options.force ? Existing::replace : Existing::keep;
  if (!fs::is_directory(options.files[options.files.size() - 2])) {
    return merge(from, ours, theirs, options.out, existing, choices);
  }
  if (fs::exists(options.out)) {
    throw Error(Errc::usage, fmt::format("{}: exists already", options.out));
  }
  const std::string file = options.out + ".db";
  Merged merged = merge(from, ours, theirs, file, Existing::keep, choices);
  if (merged.conflicts.empty() && merged.issues.empty()) {
    export_book(File::open(file), options.out);
    fs::remove(file);
  }
  return merged;
}

int merge_files(const Options& options, Io io) {
  if (options.out.empty()) throw Error(Errc::usage, "-o: where is the result to be written?");
  Choices read;
  if (!options.resolve.empty()) {
    read = read_choices(options.resolve);
    if (!read.issues.empty()) return print_issues(read.issues, options, io);
  }
  const std::size_t count = options.files.size();
  std::optional<File> base;
  if (count == 3) {
    base = open_either(options.files[0], io);
    if (!base) return kRefused;
  }
  const auto ours = open_either(options.files[count - 2], io),
             theirs = open_either(options.files[count - 1], io);
  if (!ours || !theirs) return kRefused;
  const Merged merged = merge_to(options, base, *ours, *theirs, read.choices);
  if (!merged.issues.empty()) return print_issues(merged.issues, options, io);
  if (!merged.conflicts.empty()) return leave_conflicts(merged, options, io);
  print_merged(merged, options, io);
  return kDone;
}

// As git calls a merge driver: the result takes the place of OURS.
int merge_texts(const Options& options, Io io) {
  if (options.files.size() != 3) throw Error(Errc::usage, "--csv: needs BASE OURS THEIRS");
  const std::string table = fs::path(options.table).stem().string();
  const MergedCsv merged = merge_csv(table, read_whole(options.files[0]),
                                     read_whole(options.files[1]), read_whole(options.files[2]));
  write_whole(options.out.empty() ? options.files[1] : options.out, merged.text, Existing::replace);
  print_conflicts(merged.conflicts, language(options.lang), io);
  return merged.conflicts.empty() ? kDone : kRefused;
}

}  // namespace

void add_merge(CLI::App& app, Action& chosen) {
  auto* command = app.add_subcommand("merge", "Bring together two files that were made from one");
  auto options = std::make_shared<Options>();
  command
      ->add_option("FILE", options->files,
                   "BASE OURS THEIRS: plan files or books; without BASE every difference is a "
                   "conflict")
      ->required()
      ->expected(2, 3);
  command->add_option("-o,--output", options->out,
                      "The plan file to make; a book where OURS is one");
  command->add_flag("--force", options->force, "Replace a plan file that exists");
  command->add_option("--conflicts", options->conflicts,
                      "Where to list conflicts, by default OUTPUT.conflicts.csv");
  command->add_option("--resolve", options->resolve, "The list with its column choice filled in");
  command->add_option("--csv", options->table,
                      "For git: merge three versions of the CSV of this name into OURS");
  add_language(*command, options->lang);
  command->footer("Exit code 1 when there are conflicts; nothing is written then.");
  command->callback([&chosen, options] {
    chosen = [options](Io io) {
      return options->table.empty() ? merge_files(*options, io) : merge_texts(*options, io);
    };
  });
}

}  // namespace planfile

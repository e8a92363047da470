// How commands print results and faults.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "command.h"
#include "language.h"
#include "output_file.h"
#include "planfile/book.h"
#include "planfile/query.h"
#include "planfile/table.h"

namespace planfile {

// What the user says of the place that rows go to.
struct OutputOptions {
  std::string format = {};    // empty: what `file` ends in says it, else it is a table
  std::string file = {};      // empty or "-": stdout
  std::string encoding = {};  // empty: UTF-8
  std::string chart = {};     // what to draw, as parse_chart reads it
  std::string lang = {};      // empty: the locale's
  std::size_t limit = 0;      // rows at most; 0: all
  bool excel = false;         // csv, tsv: as Excel reads them
  bool force = false;         // replace `file` when it exists
};

// The format that they come down to. Errc::usage when nothing says it.
Format format_of(const OutputOptions& options);

// Adds `--format`, `-o`, `--force`, `--limit`, `--excel`, `--encoding`, `--chart` and `--lang`.
void add_output(CLI::App& command, OutputOptions& options);

// A place to which the rows of one result go: a file or `io.out`, in a format, up to a limit. Give
// it to Reader::run or Reader::sql; their `finish` writes the end and gives the file its name. What
// is left unfinished, because something was thrown, leaves no file and a former one as it was.
//   Output out({.format = "csv", .file = "gdp.csv", .limit = 100}, io);
//   reader.sql(statement, out);
class Output : public RowSink {
 public:
  // Opens the place. Errc::usage for options that do not go together, a file that exists, or bytes
  // that are not for a terminal.
  Output(OutputOptions options, Io io);

  [[nodiscard]] Format format() const { return format_; }
  [[nodiscard]] std::string_view lang() const { return lang_; }

  // Whether its rows are for people to read, in their language, rather than for programs.
  [[nodiscard]] bool is_for_people() const;

  // Whether they are drawn: then it is given every column.
  [[nodiscard]] bool is_drawing() const;

  // What the result is about, and how it is best drawn where `--chart` does not say. Before `head`.
  void describe(Caption caption) { caption_ = std::move(caption); }
  void suggest(std::optional<Chart> chart);

  void head(std::span<const std::string> columns) override;
  void row(std::span<const Cell> cells) override;
  [[nodiscard]] bool is_full() const override;
  void cut(std::size_t rows) override { cut_after_ = rows; }
  void finish() override;

 private:
  [[nodiscard]] std::ostream& stream() const { return file_ ? file_->stream() : io_.out; }
  [[nodiscard]] bool is_terminal() const { return !file_ && io_.width > 0; }

  OutputOptions options_;
  Io io_;
  Format format_;
  std::string_view lang_;
  Caption caption_;
  std::optional<Chart> chart_;
  std::unique_ptr<OutputFile> file_;  // none: io_.out
  std::unique_ptr<RowSink> writer_;
  std::size_t rows_ = 0;
  std::optional<std::size_t> cut_after_;
};

// Adds `--timeout`, in seconds; 0 is none.
void add_timeout(CLI::App& command, double& seconds);
Limits limits_of(double seconds);

// Passes on some columns of a result, in the order asked for. Errc::usage for one that there is
// none of.
class ColumnChoice : public RowSink {
 public:
  ColumnChoice(RowSink& to, const std::vector<std::string>& columns,
               const std::vector<std::string>& wanted);
  void head(std::span<const std::string> columns) override;
  void row(std::span<const Cell> cells) override;
  [[nodiscard]] bool is_full() const override { return to_.is_full(); }
  void cut(std::size_t rows) override { to_.cut(rows); }
  void finish() override { to_.finish(); }

 private:
  RowSink& to_;
  std::vector<std::size_t> places_;  // in the whole row
};

// A writer to `io.out` in that format; `lang` as in OutputOptions.
std::unique_ptr<RowSink> writer(const std::string& format, Io io, std::string_view lang = {});

// Whether the format is one for people to read, rather than for programs.
bool is_for_people(std::string_view format);

// Runs a saved query and gives its rows to `out`, with what the query says of itself. `columns` are
// those to print, in that order; {"all"} is every one; none are, in a format for people, those that
// the query is written to show, in the language of `out`.
void print_query(Reader& reader, const Query& query, const Arguments& arguments,
                 const std::vector<std::string>& columns, Output& out);

// The same to `io.out`.
void print_query(Reader& reader, const Query& query, const Arguments& arguments,
                 const std::vector<std::string>& columns, const std::string& format,
                 std::string_view lang, Io io);

// Adds `--no-backup`, for commands that write.
void add_no_backup(CLI::App& command, bool& without);

// Opens a file to be written; says so when that brought an older one up to date.
File open_to_write(const std::string& path, bool without_backup, Io io);

// A plan file, or a book read into memory; nothing when the book has faults, which are printed.
std::optional<File> open_either(const std::string& path, Io io);

// Prints what a build or import did, or every fault; returns the exit code.
int report(const Report& report, const std::string& file, Io io);

}  // namespace planfile

// How commands print results and faults.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "command.h"
#include "language.h"
#include "planfile/book.h"
#include "planfile/query.h"
#include "planfile/table.h"

namespace planfile {

// Adds `--format`; the word is kept in `format`.
void add_format(CLI::App& command, std::string& format);

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
  void finish() override { to_.finish(); }

 private:
  RowSink& to_;
  std::vector<std::size_t> places_;  // in the whole row
};

// A writer to `io.out` in that format.
std::unique_ptr<RowSink> writer(const std::string& format, Io io);

// Whether the format is one for people to read, rather than for programs.
bool is_for_people(std::string_view format);

// Runs a saved query and prints its rows. `columns` are those to print, in that order; {"all"} is
// every one; none are, in a table for people, those that the query is written to show, in `lang`.
void print_query(Reader& reader, const Query& query, const Arguments& arguments,
                 const std::vector<std::string>& columns, const std::string& format,
                 std::string_view lang, Io io);

// Prints what a build or import did, or every fault; returns the exit code.
int report(const Report& report, const std::string& file, Io io);

}  // namespace planfile

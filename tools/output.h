// How commands print results and faults.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "command.h"
#include "planfile/book.h"
#include "planfile/query.h"
#include "planfile/table.h"

namespace planfile {

// Adds `--format`; the word is kept in `format`.
void add_format(CLI::App& command, std::string& format);

// Adds `--timeout`, in seconds; 0 is none.
void add_timeout(CLI::App& command, double& seconds);
Limits limits_of(double seconds);

// A writer to `io.out` in that format.
std::unique_ptr<RowSink> writer(const std::string& format, Io io);

// Passes on some columns of a result, in the order asked for.
class ColumnChoice : public RowSink {
 public:
  // `wanted` are names of `columns`; Errc::usage otherwise.
  ColumnChoice(RowSink& to, const std::vector<std::string>& columns,
               const std::vector<std::string>& wanted);
  void head(std::span<const std::string> columns) override;
  void row(std::span<const Cell> cells) override;
  void finish() override;

 private:
  RowSink& to_;
  std::vector<std::size_t> places_;
};

// Prints what a build or import did, or every fault; returns the exit code.
int report(const Report& report, const std::string& file, Io io);

}  // namespace planfile

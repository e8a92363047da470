// How `import` tells what it does and did.
#pragma once

#include <chrono>
#include <string>

#include "command.h"
#include "planfile/import.h"

namespace planfile {

// A line on the terminal that says how far a long import has come; nothing where `err` is none.
class ProgressLine {
 public:
  explicit ProgressLine(Io io) : io_(std::move(io)) {}

  // False when the user asked to stop.
  bool show(const Progress& progress);
  void clear();

 private:
  Io io_;
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
  bool shown_ = false;
};

// What was understood, the first facts, new names and changes; as JSON the mapping alone. Returns
// the exit code: refused when the import itself would be.
int print_dry_run(const ImportReport& report, const std::string& file, const std::string& format,
                  Io io);

// What was stored, or every fault; returns the exit code.
int print_import(const ImportReport& report, const std::string& file, const std::string& rejects,
                 Io io);

}  // namespace planfile

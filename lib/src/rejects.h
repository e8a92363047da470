// The rows that an import passes over, as a CSV that appears whole or not at all.
#pragma once

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "planfile/draft.h"

namespace planfile {

class Rejects {
 public:
  // Errc::usage when something is at `path` already.
  explicit Rejects(const std::filesystem::path& path);

  // The CSV whose rows come next. Its header is written with the first of them.
  void begin(std::string_view file, std::span<const std::string> columns);

  // A row told into as many cells as the CSV has columns, or the text of one that is not.
  void add(std::size_t line, std::string_view reason, std::span<const std::string_view> cells);
  void add_text(std::size_t line, std::string_view reason, std::string_view text);

  [[nodiscard]] std::size_t count() const { return count_; }  // of this CSV

  // Puts what was written in its place; nothing when that is no row. Errc::storage when it can't
  // be.
  void publish();
  // Takes it away again.
  void retract();

 private:
  void write(std::size_t line, std::string_view reason, std::string_view text);

  Draft draft_;
  std::string path_;  // as given, for messages
  std::ofstream out_;
  std::string file_;
  std::vector<std::string> columns_, cells_;
  std::size_t count_ = 0;
  bool begun_ = false, published_ = false;
};

}  // namespace planfile

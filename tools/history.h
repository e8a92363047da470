// The statements that were typed, kept for the next time.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace planfile {

// $XDG_STATE_HOME/planfile/history, by default under ~/.local/state; paths that are not absolute
// don't count. Empty where there is no such place.
std::filesystem::path history_path();

// A statement as one line to type again: its comments left out, line ends within quotes kept.
std::string folded(std::string_view statement);

// The file of statements, one a line with `\` and line ends escaped, for its owner's eyes only.
// Trouble with it keeps nobody from working: then nothing is kept.
class HistoryFile {
 public:
  explicit HistoryFile(std::filesystem::path path) : path_(std::move(path)) {}

  // The newest statements, the oldest first.
  [[nodiscard]] std::vector<std::string> read() const;

  void add(std::string_view statement);

 private:
  std::filesystem::path path_;
};

}  // namespace planfile

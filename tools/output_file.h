// A file that a command writes: there whole under its name, or not at all.
#pragma once

#include <filesystem>
#include <fstream>
#include <optional>

#include "planfile/draft.h"
#include "planfile/file.h"

namespace planfile {

class OutputFile {
 public:
  // Errc::usage when the name is a folder's, or a file's that is to be kept. A link is followed; a
  // device or pipe is written to as it is.
  OutputFile(const std::filesystem::path& path, Existing existing);
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  // Where to write it. A fault is told by `publish`.
  [[nodiscard]] std::ostream& stream() { return stream_; }

  // Moves it to its name, once it is on the disk; Errc::storage when it can't be written.
  void publish();

 private:
  std::filesystem::path shown_;  // as the user named it
  std::optional<Draft> draft_;   // none of a device or pipe
  std::ofstream stream_;
};

}  // namespace planfile

// A file or folder written under another name first, so that it appears whole or not at all.
#pragma once

#include <filesystem>

#include "planfile/file.h"

namespace planfile {

class Draft {
 public:
  // Errc::usage when something is at `path` already that is to be kept, Errc::storage when a
  // journal is left beside it, which SQLite would play into the new file. A link is followed.
  explicit Draft(const std::filesystem::path& path, Existing existing = Existing::keep);
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;
  ~Draft();  // removes what was not published

  // Where to write it.
  [[nodiscard]] const std::filesystem::path& path() const { return draft_; }

  // Moves it to its name, once it is on the disk.
  void publish();

  // Removes it from its name again.
  void retract();

 private:
  std::filesystem::path path_, draft_;
};

}  // namespace planfile

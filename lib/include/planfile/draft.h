// A file or folder written under another name first, so that it appears whole or not at all.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>

#include "planfile/file.h"

namespace planfile {

// It is written to `PATH.part-PROCESS-HOST`. What a process of this machine left there when it was
// killed is removed by the next one that writes to PATH.
class Draft {
 public:
  // Errc::usage when something is at `path` already that is to be kept, Errc::storage when a
  // journal is left beside it, which SQLite would play into the new file, or this process has a
  // Draft of it already. A link is followed.
  explicit Draft(const std::filesystem::path& path, Existing existing = Existing::keep);
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;
  ~Draft();  // removes what was not published

  // Where to write it.
  [[nodiscard]] const std::filesystem::path& path() const { return draft_; }

  // Runs `work`, whose trouble with the draft is told by the name that it was to have.
  void write(const std::function<void()>& work) const;

  // Moves it to its name, once it is on the disk; a file that it replaces leaves it its
  // permissions.
  void publish();

  // Removes it from its name again.
  void retract();

 private:
  std::filesystem::path shown_, path_, draft_;  // as given; without a link; under another name
  std::size_t place_;                           // among those that remove_drafts knows
};

// Removes the files that are being written, for a program that is told to end: safe to call from a
// signal handler. Folders stay for the next Draft of their name.
void remove_drafts() noexcept;

}  // namespace planfile

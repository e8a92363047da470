#include "draft.h"

#include <cerrno>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "planfile/error.h"

namespace planfile {
namespace {

namespace fs = std::filesystem;

// Waits until the file or folder is on the disk; false with errno where it can't be.
bool is_on_disk(const fs::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  const bool synced = ::fsync(file) == 0;
  ::close(file);
  return synced;
}

}  // namespace

Draft::Draft(fs::path path, Existing existing) : path_(std::move(path)) {
  if (existing == Existing::keep && fs::exists(fs::symlink_status(path_))) {
    throw Error(Errc::usage, fmt::format("{}: exists already", path_.string()));
  }
  draft_ = fmt::format("{}.part-{}", path_.lexically_normal().string(), ::getpid());
}

Draft::~Draft() {
  std::error_code ignored;
  fs::remove_all(draft_, ignored);
}

void Draft::publish() {
  std::error_code failed;
  if (is_on_disk(draft_)) {
    fs::rename(draft_, path_, failed);
  } else {
    failed = std::error_code(errno, std::generic_category());
  }
  if (failed) {
    throw Error(Errc::storage, fmt::format("{}: can't be written: {}", path_.string(), failed.message()));
  }
}

}  // namespace planfile

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

// Where a file written to `path` really comes to stand.
fs::path resolved(const fs::path& path) {
  std::error_code failed;
  if (fs::is_symlink(fs::symlink_status(path, failed))) {
    fs::path target = fs::weakly_canonical(path, failed);
    if (!failed) return target;
  }
  const fs::path normal = path.lexically_normal();
  return normal.has_filename() ? normal : normal.parent_path();
}

}  // namespace

Draft::Draft(const fs::path& path, Existing existing) : path_(resolved(path)) {
  if (path == "-") throw Error(Errc::usage, "\"-\": what is written here needs a path");
  if (existing == Existing::keep && fs::exists(fs::symlink_status(path_))) {
    throw Error(Errc::usage, fmt::format("{}: exists already", path.string()));
  }
  for (const std::string_view end : {"-journal", "-wal"}) {
    const fs::path beside = path_.string() + std::string(end);
    if (fs::exists(fs::symlink_status(beside))) {
      throw Error(Errc::storage, fmt::format("{}: stands in the way: it belongs to a file that was "
                                             "in use; remove it if that file is gone",
                                             beside.string()));
    }
  }
  draft_ = fmt::format("{}.part-{}", path_.string(), ::getpid());
}

Draft::~Draft() {
  std::error_code ignored;
  fs::remove_all(draft_, ignored);
}

void Draft::publish() {
  std::error_code failed;
  if (is_on_disk(draft_)) {
    fs::rename(draft_, path_, failed);
    // So that the name is on the disk too. Where a folder can't be synced there is nothing to do.
    if (!failed) is_on_disk(fs::absolute(path_).parent_path());
  } else {
    failed = std::error_code(errno, std::generic_category());
  }
  if (failed) {
    throw Error(Errc::storage,
                fmt::format("{}: can't be written: {}", path_.string(), failed.message()));
  }
}

void Draft::retract() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

}  // namespace planfile

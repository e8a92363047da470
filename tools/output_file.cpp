#include "output_file.h"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

namespace planfile {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const fs::path& path, int error) {
  throw Error(Errc::storage,
              fmt::format("{}: can't be written{}{}", path.string(), error == 0 ? "" : ": ",
                          error == 0 ? "" : std::generic_category().message(error)));
}

// Waits until the file is on the disk; an errno where it can't be.
int sync(const fs::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return errno;
  const int error = ::fsync(file) == 0 ? 0 : errno;
  ::close(file);
  return error;
}

}  // namespace

OutputFile::OutputFile(const fs::path& path, Existing existing) : shown_(path), path_(path) {
  std::error_code ignored;
  const fs::file_status status = fs::status(path, ignored);
  if (fs::is_directory(status) || !path.has_filename()) {
    throw Error(Errc::usage, fmt::format("{}: a folder, not a file to write", path.string()));
  }
  if (fs::is_regular_file(status) && existing == Existing::keep) {
    throw Error(Errc::usage, fmt::format("{}: exists already; --force replaces it", path.string()));
  }
  if (fs::is_symlink(fs::symlink_status(path, ignored))) {
    path_ = fs::weakly_canonical(path, ignored);
    if (ignored) path_ = path;
  }
  const bool is_new = !fs::exists(status);
  part_ = path_;
  if (is_new || fs::is_regular_file(status)) {
    part_ += fmt::format(".part-{}", ::getpid());
    const int file = ::open(part_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (file < 0) fail(shown_, errno);
    ::close(file);
    if (!is_new) fs::permissions(part_, status.permissions(), ignored);
  }
  errno = 0;
  stream_.open(part_, std::ios::binary);
  if (!stream_) fail(shown_, errno);
}

OutputFile::~OutputFile() {
  std::error_code ignored;
  if (part_ != path_) fs::remove(part_, ignored);
}

void OutputFile::publish() {
  errno = 0;
  stream_.close();
  if (!stream_) fail(shown_, errno);
  if (part_ == path_) return;
  if (const int error = sync(part_); error != 0) fail(shown_, error);
  std::error_code failed;
  fs::rename(part_, path_, failed);
  if (failed) fail(shown_, failed.value());
}

}  // namespace planfile

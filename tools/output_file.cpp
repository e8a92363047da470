#include "output_file.h"

#include <cerrno>
#include <system_error>

#include <fmt/format.h>

namespace planfile {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const fs::path& path, int error) {
  throw Error(Errc::storage,
              fmt::format("{}: can't be written{}{}", path.string(), error == 0 ? "" : ": ",
                          error == 0 ? "" : std::generic_category().message(error)));
}

}  // namespace

OutputFile::OutputFile(const fs::path& path, Existing existing) : shown_(path) {
  std::error_code ignored;
  const fs::file_status status = fs::status(path, ignored);
  if (fs::is_directory(status) || !path.has_filename()) {
    throw Error(Errc::usage, fmt::format("{}: a folder, not a file to write", path.string()));
  }
  if (fs::is_regular_file(status) && existing == Existing::keep) {
    throw Error(Errc::usage, fmt::format("{}: exists already; --force replaces it", path.string()));
  }
  if (!fs::exists(status) || fs::is_regular_file(status)) draft_.emplace(path, Existing::replace);
  errno = 0;
  stream_.open(draft_ ? draft_->path() : path, std::ios::binary);
  if (!stream_) fail(shown_, errno);
}

void OutputFile::publish() {
  errno = 0;
  stream_.close();
  if (!stream_) fail(shown_, errno);
  if (draft_) draft_->publish();
}

}  // namespace planfile

#include "planfile/bytes.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <functional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace planfile {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kBlock = std::size_t{1} << 20;

[[noreturn]] void fail(Errc code, std::string_view name, std::string_view what, int error) {
  throw Error(code, fmt::format("{}: {}: {}", name, what, std::generic_category().message(error)));
}

// An open file that the destructor closes.
class Handle {
 public:
  explicit Handle(int number) : number_(number) {}
  Handle(Handle&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Handle& operator=(Handle&&) = delete;
  ~Handle() {
    if (number_ >= 0) ::close(number_);
  }

  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

// Reads from where the file stands; 0 at the end.
std::size_t read_some(const Handle& file, std::span<char> into, std::string_view name) {
  for (;;) {
    const auto got = ::read(file.number(), into.data(), into.size());
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno != EINTR) fail(Errc::storage, name, "can't be read", errno);
  }
}

class FileSource : public ByteSource {
 public:
  FileSource(Handle file, std::string name, std::uint64_t size)
      : file_(std::move(file)), name_(std::move(name)), size_(size) {}

  std::size_t read(std::span<char> into) override {
    std::size_t filled = 0;
    while (filled < into.size()) {
      const std::size_t got = read_some(file_, into.subspan(filled), name_);
      if (got == 0) break;
      filled += got;
    }
    return filled;
  }

  void rewind() override {
    if (::lseek(file_.number(), 0, SEEK_SET) != 0) {
      fail(Errc::storage, name_, "can't be read again", errno);
    }
  }

  [[nodiscard]] std::uint64_t size() const override { return size_; }

 private:
  Handle file_;
  std::string name_;
  std::uint64_t size_;
};

class TextSource : public ByteSource {
 public:
  explicit TextSource(std::string_view text) : text_(text), rest_(text) {}

  std::size_t read(std::span<char> into) override {
    const std::size_t size = rest_.copy(into.data(), into.size());
    rest_.remove_prefix(size);
    return size;
  }

  void rewind() override { rest_ = text_; }

  [[nodiscard]] std::uint64_t size() const override { return text_.size(); }

 private:
  std::string_view text_, rest_;
};

// A file without a name, which is gone when it is closed.
Handle nameless_file(const fs::path& folder) {
  std::string name = (folder / "planfile-XXXXXX").string();
  Handle file(::mkostemp(name.data(), O_CLOEXEC));
  if (file.number() < 0) fail(Errc::storage, folder.string(), "can't be written", errno);
  ::unlink(name.c_str());
  return file;
}

void write_all(const Handle& file, std::string_view bytes, const fs::path& folder) {
  while (!bytes.empty()) {
    const auto written = ::write(file.number(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      fail(Errc::storage, folder.string(), "no room for a copy of the input", errno);
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

// Copies what `read` gives, until it gives nothing.
std::unique_ptr<ByteSource> spool(const std::function<std::size_t(std::span<char>)>& read,
                                  std::string name) {
  std::error_code failed;
  fs::path folder = fs::temp_directory_path(failed);
  if (failed) folder = "/tmp";
  Handle file = nameless_file(folder);
  std::vector<char> block(kBlock);
  std::uint64_t size = 0;
  while (const std::size_t got = read(block)) {
    write_all(file, {block.data(), got}, folder);
    size += got;
  }
  auto source = std::make_unique<FileSource>(std::move(file), std::move(name), size);
  source->rewind();
  return source;
}

}  // namespace

std::unique_ptr<ByteSource> file_bytes(const fs::path& path) {
  const std::string name = path.string();
  Handle file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat about {};
  if (file.number() < 0 || ::fstat(file.number(), &about) != 0) {
    if (errno == ENOENT) throw Error(Errc::no_such_file, fmt::format("{}: no such file", name));
    fail(Errc::no_such_file, name, "can't be read", errno);
  }
  if (S_ISDIR(about.st_mode)) {
    throw Error(Errc::no_such_file, fmt::format("{}: a folder, not a file", name));
  }
  if (S_ISREG(about.st_mode)) {
    return std::make_unique<FileSource>(std::move(file), name,
                                        static_cast<std::uint64_t>(about.st_size));
  }
  return spool([&](std::span<char> into) { return read_some(file, into, name); }, name);
}

std::unique_ptr<ByteSource> stream_bytes(std::istream& in) {
  const std::string name = "the input";
  const auto read = [&](std::span<char> into) {
    in.read(into.data(), static_cast<std::streamsize>(into.size()));
    if (in.bad()) throw Error(Errc::storage, fmt::format("{}: can't be read to its end", name));
    return static_cast<std::size_t>(in.gcount());
  };
  return spool(read, name);
}

std::unique_ptr<ByteSource> text_bytes(std::string_view text) {
  return std::make_unique<TextSource>(text);
}

}  // namespace planfile

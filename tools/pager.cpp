#include "pager.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <streambuf>
#include <string_view>
#include <utility>

#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace planfile {
namespace {

winsize size_of_terminal() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) return {};
  return size;
}

bool is_program(const char* name) {
  const char* path = std::getenv("PATH");
  std::string_view rest = path == nullptr ? "" : path;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(':'), rest.size());
    const std::string file = std::string(rest.substr(0, end)) + "/" + name;
    if (access(file.c_str(), X_OK) == 0) return true;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return false;
}

// The command line of the pager; empty for none.
std::string pager() {
  const char* set = std::getenv("PAGER");
  if (set != nullptr) return set == std::string_view("cat") ? "" : set;
  if (is_program("less")) return "less -FRSX";
  return is_program("more") ? "more" : "";
}

}  // namespace

// Holds back what fits the terminal; what does not goes to the pager as it comes.
class PagedScreen::Buffer : public std::streambuf {
 public:
  explicit Buffer(std::ostream& terminal) : terminal_(terminal) {}
  ~Buffer() override { end(); }
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;

  void begin(std::size_t lines) {
    held_.clear();
    most_ = lines;
    lines_ = 0;
    is_left_ = false;
    is_direct_ = pager().empty() || lines == 0;
  }

  // Shows what was held back, or waits until the pager is left.
  void end() {
    if (to_ < 0) {
      terminal_ << std::exchange(held_, {}) << std::flush;
      return;
    }
    ::close(std::exchange(to_, -1));
    while (waitpid(child_, nullptr, 0) < 0 && errno == EINTR) {
    }
  }

  [[nodiscard]] bool is_left() const { return is_left_; }

 protected:
  int overflow(int c) override {
    if (c == traits_type::eof()) return 0;
    const char byte = static_cast<char>(c);
    return put({&byte, 1}) ? c : traits_type::eof();
  }
  std::streamsize xsputn(const char* bytes, std::streamsize size) override {
    return put({bytes, static_cast<std::size_t>(size)}) ? size : 0;
  }

 private:
  bool put(std::string_view text) {
    if (is_direct_) return static_cast<bool>(terminal_ << text);
    if (to_ >= 0) return send(text);
    held_ += text;
    lines_ += static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    if (lines_ < most_) return true;
    start();
    return is_direct_ ? static_cast<bool>(terminal_ << std::exchange(held_, {}))
                      : send(std::exchange(held_, {}));
  }

  void start() {
    int ends[2];
    terminal_.flush();
    if (pipe(ends) != 0) {
      is_direct_ = true;
      return;
    }
    const std::string line = pager();
    child_ = fork();
    if (child_ == 0) {
      dup2(ends[0], STDIN_FILENO);
      ::close(ends[0]);
      ::close(ends[1]);
      std::signal(SIGPIPE, SIG_DFL);
      setenv("LESS", "FRSX", 0);
      execl("/bin/sh", "sh", "-c", line.c_str(), static_cast<char*>(nullptr));
      _exit(127);
    }
    ::close(ends[0]);
    if (child_ < 0) {
      ::close(ends[1]);
      is_direct_ = true;
      return;
    }
    to_ = ends[1];
  }

  bool send(std::string_view text) {
    while (!text.empty() && !is_left_) {
      const ssize_t sent = write(to_, text.data(), text.size());
      if (sent < 0 && errno == EINTR) continue;
      is_left_ = sent < 0;
      if (sent > 0) text.remove_prefix(static_cast<std::size_t>(sent));
    }
    return !is_left_;
  }

  std::ostream& terminal_;
  std::string held_;
  std::size_t most_ = 0, lines_ = 0;
  bool is_direct_ = false, is_left_ = false;
  int to_ = -1;
  pid_t child_ = -1;
};

PagedScreen::PagedScreen(Io io)
    : io_(std::move(io)), buffer_(std::make_unique<Buffer>(io_.out)), stream_(buffer_.get()) {
  std::signal(SIGPIPE, SIG_IGN);  // a pager that is left early
}

PagedScreen::~PagedScreen() = default;

Io PagedScreen::open() {
  const winsize size = size_of_terminal();
  buffer_->begin(size.ws_row > 1 ? size.ws_row - 1U : 0);
  stream_.clear();
  Io io{io_.in, stream_, io_.err, size.ws_col, size.ws_col, io_.interrupted};
  return io;
}

void PagedScreen::close() { buffer_->end(); }

bool PagedScreen::is_left() const { return buffer_->is_left(); }

}  // namespace planfile

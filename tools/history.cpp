#include "history.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

#include "planfile/sql_text.h"

namespace planfile {
namespace {

constexpr std::size_t kMost = 2000;  // statements that are read

std::string escaped(std::string_view text) {
  std::string line;
  for (const char c : text) {
    if (c == '\n') {
      line += "\\n";
    } else {
      line += c == '\\' ? std::string("\\\\") : std::string(1, c);
    }
  }
  return line;
}

std::string unescaped(std::string_view line) {
  std::string text;
  for (std::size_t at = 0; at < line.size(); ++at) {
    const bool escapes = line[at] == '\\' && at + 1 < line.size();
    text += !escapes ? line[at] : line[++at] == 'n' ? '\n' : line[at];
  }
  return text;
}

std::filesystem::path absolute_path(const char* variable) {
  const char* value = std::getenv(variable);
  const std::filesystem::path path = value == nullptr ? "" : value;
  return path.is_absolute() ? path : std::filesystem::path();
}

void write_whole(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t sent = ::write(file, text.data(), text.size());
    if (sent <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(sent));
  }
}

}  // namespace

std::filesystem::path history_path() {
  std::filesystem::path state = absolute_path("XDG_STATE_HOME");
  if (state.empty()) {
    const auto home = absolute_path("HOME");
    if (home.empty()) return {};
    state = home / ".local" / "state";
  }
  return state / "planfile" / "history";
}

std::string folded(std::string_view statement) {
  std::string line;
  std::size_t end = 0;
  for (const SqlToken& token : sql_tokens(statement)) {
    if (token.kind == SqlToken::Kind::comment) continue;
    const bool is_apart = end > 0 && token.at > end;
    if (is_apart) line += ' ';
    line += token.text;
    end = token.at + token.text.size();
  }
  return line;
}

std::vector<std::string> HistoryFile::read() const {
  std::vector<std::string> statements;
  std::ifstream in(path_);
  for (std::string line; std::getline(in, line);) {
    if (!line.empty()) statements.push_back(unescaped(line));
  }
  if (statements.size() > kMost) {
    statements.erase(statements.begin(), statements.end() - static_cast<std::ptrdiff_t>(kMost));
  }
  return statements;
}

void HistoryFile::add(std::string_view statement) {
  if (path_.empty() || statement.empty()) return;
  constexpr int kOwnersFolder = 0700, kOwners = 0600;
  std::error_code trouble;
  const auto folder = path_.parent_path();
  if (!std::filesystem::exists(folder, trouble)) {
    std::filesystem::create_directories(folder, trouble);
    std::filesystem::permissions(folder, std::filesystem::perms(kOwnersFolder), trouble);
  }
  // Appending lets two shells keep their statements in one file.
  const int file = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, kOwners);
  if (file < 0) return;
  write_whole(file, escaped(statement) + '\n');
  ::close(file);
}

}  // namespace planfile

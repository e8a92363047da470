#include "planfile/draft.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cctype>
#include <cerrno>
#include <charconv>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <system_error>
#include <tuple>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
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

// What stands beside a database while it is written.
constexpr std::string_view kBeside[] = {"", "-journal", "-wal", "-shm"};

// Which machine this is, as a folder may be shared by several.
std::string host() {
  std::array<char, 64> name{};
  if (::gethostname(name.data(), name.size() - 1) != 0) return "host";
  std::string text(name.data());
  std::replace_if(
      text.begin(), text.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return text;
}

bool is_running(pid_t process) { return ::kill(process, 0) == 0 || errno != ESRCH; }

// Removes what processes that are no more left of the same name.
void sweep(const fs::path& path) {
  const std::string head = path.filename().string() + ".part-", tail = "-" + host();
  const fs::path parent = path.parent_path();
  std::error_code failed;
  std::vector<fs::path> left;
  for (fs::directory_iterator at(parent.empty() ? "." : parent, failed), end; !failed && at != end;
       at.increment(failed)) {
    const std::string name = at->path().filename().string();
    if (!name.starts_with(head)) continue;
    pid_t process = 0;
    const char* const last = name.data() + name.size();
    const auto [stop, error] = std::from_chars(name.data() + head.size(), last, process);
    const std::string_view rest(stop, static_cast<std::size_t>(last - stop));
    const bool is_ours =
        error == std::errc() && process > 0 &&
        std::any_of(std::begin(kBeside), std::end(kBeside),
                    [&](std::string_view beside) { return rest == tail + std::string(beside); });
    if (is_ours && (process == ::getpid() || !is_running(process))) left.push_back(at->path());
  }
  for (const fs::path& one : left) fs::remove_all(one, failed);
}

// The drafts at hand, where a signal handler finds them.
struct Place {
  std::atomic<bool> is_taken = false, is_written = false;
  std::array<char, 4096> path{};
};
constexpr std::size_t kPlaces = 8;
std::array<Place, kPlaces> places;

// Their number where there is no place left: such a draft stays behind when the program is ended.
std::size_t enter(const std::string& path) {
  for (std::size_t at = 0; at < kPlaces; ++at) {
    Place& place = places[at];
    if (path.size() + 16 > place.path.size() || place.is_taken.exchange(true)) continue;
    *std::copy(path.begin(), path.end(), place.path.begin()) = '\0';
    place.is_written = true;
    return at;
  }
  return kPlaces;
}

// What this process is writing: nobody else in it may write the same.
std::mutex claims_mutex;
std::set<std::string> claims;

void claim(const fs::path& draft, const fs::path& shown) {
  const std::scoped_lock lock(claims_mutex);
  if (claims.insert(draft.string()).second) return;
  throw Error(Errc::storage, fmt::format("{}: is being written already", shown.string()));
}

void give_up(const fs::path& draft) {
  const std::scoped_lock lock(claims_mutex);
  claims.erase(draft.string());
}

void leave(std::size_t at) {
  if (at >= kPlaces) return;
  places[at].is_written = false;
  places[at].is_taken = false;
}

}  // namespace

Draft::Draft(const fs::path& path, Existing existing) : shown_(path), path_(resolved(path)) {
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
  draft_ = fmt::format("{}.part-{}-{}", path_.string(), ::getpid(), host());
  claim(draft_, shown_);
  sweep(path_);
  place_ = enter(fs::absolute(draft_).string());
}

Draft::~Draft() {
  std::error_code ignored;
  fs::remove_all(draft_, ignored);
  leave(place_);
  give_up(draft_);
}

void Draft::write(const std::function<void()>& work) const {
  try {
    work();
  } catch (const Error& error) {
    std::string message = error.what();
    const std::size_t at = message.find(draft_.string());
    if (at == std::string::npos) throw;
    throw Error(error.code(), message.replace(at, draft_.string().size(), shown_.string()));
  }
}

void Draft::publish() {
  std::error_code failed;
  const fs::file_status before = fs::status(path_, failed);
  if (fs::is_regular_file(before)) fs::permissions(draft_, before.permissions(), failed);
  failed.clear();
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

void remove_drafts() noexcept {
  for (const Place& place : places) {
    if (!place.is_written) continue;
    std::array<char, std::tuple_size_v<decltype(place.path)>> name = place.path;
    char* const end = std::find(name.begin(), name.end() - 16, '\0');
    for (const std::string_view beside : kBeside) {
      *std::copy(beside.begin(), beside.end(), end) = '\0';
      ::unlink(name.data());
    }
  }
}

}  // namespace planfile

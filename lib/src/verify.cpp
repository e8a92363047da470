#include "planfile/verify.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <exception>
#include <fstream>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <thread>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <sqlite3.h>

#include "content_observations.h"
#include "manifest.h"
#include "migrate.h"
#include "schema_check.h"

namespace planfile {
namespace {

// Gathers faults from both threads.
class Faults : public FaultSink {
 public:
  void fault(Check check, std::string message) override {
    const std::scoped_lock lock(mutex_);
    auto& list = faults_[check];
    if (list.size() < kFaultsTold) {
      list.push_back(std::move(message));
    } else {
      ++more_;
    }
  }

  void more(std::int64_t count) override {
    const std::scoped_lock lock(mutex_);
    more_ += count;
  }

  [[nodiscard]] bool any(Check check) {
    const std::scoped_lock lock(mutex_);
    return faults_.contains(check);
  }

  void tell(Verification& into) {
    std::vector<VerifyFault> all;
    for (const auto& [check, list] : faults_) {
      for (const std::string& message : list) all.push_back({check, message});
    }
    into.faults.insert(into.faults.begin(), all.begin(), all.end());
    into.more_faults = more_;
  }

 private:
  std::mutex mutex_;
  std::map<Check, std::vector<std::string>> faults_;
  std::int64_t more_ = 0;
};

std::uint32_t big_endian(std::string_view bytes, std::size_t at, std::size_t count) {
  constexpr unsigned kByte = 8;
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < count; ++i) {
    number = number << kByte | static_cast<unsigned char>(bytes[at + i]);
  }
  return number;
}

// What the file's header says of its length.
struct Length {
  std::uint64_t there = 0, due = 0;
  std::uint32_t page_size = 0;
};

Length length_of(const std::filesystem::path& path) {
  constexpr std::size_t kHeader = 100, kPageSizeAt = 16, kChangeAt = 24, kPagesAt = 28,
                        kValidAt = 92;
  constexpr std::uint32_t kLargest = 65536;
  std::array<char, kHeader> head{};
  std::ifstream in(path, std::ios::binary);
  in.read(head.data(), static_cast<std::streamsize>(head.size()));
  const std::string_view bytes(head.data(), head.size());
  Length length;
  length.there = std::filesystem::file_size(path);
  const std::uint32_t size = big_endian(bytes, kPageSizeAt, 2);
  length.page_size = size == 1 ? kLargest : size;
  const bool says = in && big_endian(bytes, kChangeAt, 4) == big_endian(bytes, kValidAt, 4);
  if (says) length.due = std::uint64_t{length.page_size} * big_endian(bytes, kPagesAt, 4);
  return length;
}

std::string name_of(const SchemaItem& item) {
  return item.table.empty() ? fmt::format("{} {}", item.kind, item.name)
                            : fmt::format("{} {} on {}", item.kind, item.name, item.table);
}

// Lets those go who would wait for work.
class Closing {
 public:
  explicit Closing(Helpers& helpers) : helpers_(helpers) {}
  Closing(const Closing&) = delete;
  Closing& operator=(const Closing&) = delete;
  ~Closing() { helpers_.close(); }

 private:
  Helpers& helpers_;
};

class Verifying {
 public:
  Verifying(const std::filesystem::path& path, Manifest manifest)
      : path_(path), manifest_(manifest) {}

  Verification run() {
    is_short_ = !look_at_length();
    guard(Check::file, [&] { read(); });
    faults_.tell(found_);
    return std::move(found_);
  }

 private:
  bool look_at_length() {
    const Length length = length_of(path_);
    found_.bytes = length.there;
    if (length.due <= length.there) return true;
    faults_.fault(Check::file,
                  fmt::format("cut short: {} of {} bytes are there", length.there, length.due));
    return false;
  }

  // Runs `work`; damage that stops it is a fault of that check.
  template <class Work>
  void guard(Check check, Work&& work) {
    try {
      work();
    } catch (const Error& error) {
      const bool is_damage = error.code() == Errc::not_a_plan_file ||
                             error.code() == Errc::bad_query || error.code() == Errc::refused ||
                             (error.code() == Errc::storage && is_short_);
      if (stop_ && error.code() == Errc::storage) return;
      if (!is_damage) throw;
      faults_.fault(check, without_name(error.what()));
    }
  }

  [[nodiscard]] std::string without_name(std::string_view message) const {
    for (const std::string& part : {path_.string() + ": ", std::string("damaged: ")}) {
      if (message.starts_with(part)) message.remove_prefix(part.size());
    }
    return std::string(message);
  }

  void read() {
    Database database(path_, Database::Access::read);
    stop_with(database);
    found_.schema = database.schema_version();
    check_version(database);
    found_.version = version_of(database);
    const bool can_be_read = look_at_schema(database);
    std::exception_ptr failed;
    {
      const std::jthread integrity([&] {
        try {
          guard(Check::integrity, [&] { look_at_integrity(); });
        } catch (...) {
          failed = std::current_exception();
        }
      });
      const Closing closing(helpers_);
      if (can_be_read) guard(Check::integrity, [&] { look_at_content(database); });
    }
    if (failed) std::rethrow_exception(failed);
    if (stop_) found_.content.reset();
  }

  // Whether the tables are what their names promise.
  bool look_at_schema(Database& database) {
    const SchemaCheck check = check_schema(database);
    constexpr const char* kHow[] = {"is missing", "is not as planfile makes it",
                                    "is not one of planfile's"};
    bool tables_are_ours = true;
    for (const SchemaDifference& one : check.differences) {
      faults_.fault(Check::schema, fmt::format("{} {}", name_of(one.item),
                                               kHow[static_cast<std::size_t>(one.how)]));
      tables_are_ours = tables_are_ours && one.item.kind != "table";
    }
    for (const SchemaItem& item : check.own) found_.own.push_back(name_of(item));
    return tables_are_ours;
  }

  // One thread: pages and trees first, as damage there is no place to read on from. Opened to be
  // written, though nothing is: SQLite leaves CHECKs out of what it can only read.
  void look_at_integrity() {
    Database database(path_, Database::Access::write);
    database.guarded([&] {
      SQLite::Database& db = database.sqlite();
      db.exec("PRAGMA ignore_check_constraints = ON");
      tell_all(db, fmt::format("PRAGMA integrity_check({})", kFaultsTold));
      if (faults_.any(Check::integrity)) {
        stop_ = true;
        return;
      }
      db.exec("PRAGMA ignore_check_constraints = OFF");
      const bool is_fixed = sqlite3_db_readonly(db.getHandle(), "main") == 1;
      const std::unique_ptr<Database> copy = is_fixed ? upgraded_copy(database) : nullptr;
      look_at_rules(copy ? copy->sqlite() : db);
      helpers_.help(database);
    });
  }

  void look_at_rules(SQLite::Database& db) {
    for (const std::string& table : tables(db)) {
      tell_all(db, fmt::format("PRAGMA quick_check(\"{}\")", table));
      tell_references(db, table);
    }
  }

  // planfile's tables but `observation`, whose rules are checked as it is read.
  static std::vector<std::string> tables(SQLite::Database& db) {
    std::vector<std::string> names;
    SQLite::Statement rows(db,
                           "SELECT DISTINCT table_name FROM dictionary WHERE table_name IN "
                           "(SELECT name FROM sqlite_schema WHERE type = 'table') "
                           "AND table_name <> 'observation' AND table_name NOT LIKE '%\"%'");
    while (rows.executeStep()) names.push_back(rows.getColumn(0).getString());
    return names;
  }

  void tell_all(SQLite::Database& db, const std::string& pragma) {
    SQLite::Statement rows(db, pragma);
    while (rows.executeStep()) {
      const std::string text = rows.getColumn(0).getString();
      if (text != "ok") faults_.fault(Check::integrity, plain(text));
    }
  }

  // SQLite's words without its first line, which names the database.
  static std::string plain(std::string_view text) {
    constexpr std::string_view kHead = "*** in database main ***\n";
    if (text.starts_with(kHead)) text.remove_prefix(kHead.size());
    std::string line(text);
    std::replace(line.begin(), line.end(), '\n', ' ');
    return line;
  }

  void tell_references(SQLite::Database& db, const std::string& table) {
    std::map<std::string, std::int64_t> broken;  // rows by table referred to
    SQLite::Statement rows(db, fmt::format("PRAGMA foreign_key_check(\"{}\")", table));
    while (rows.executeStep()) ++broken[rows.getColumn(2).getString()];
    for (const auto& [parent, count] : broken) {
      faults_.fault(Check::references,
                    fmt::format("{}: {} {} to rows of {} that are not there", table, count,
                                count == 1 ? "row refers" : "rows refer", parent));
    }
  }

  void look_at_content(Database& database) {
    if (found_.schema < newest_schema()) {
      const std::unique_ptr<Database> newer = upgraded_copy(database);
      compare_content(*newer, *newer, nullptr);
      return;
    }
    database.guarded([&] {
      // As long as this lives no other program changes the file, so both threads read the same.
      // With a log of changes beside the file it would not keep them from it.
      const SQLite::Transaction same(database.sqlite());
      const bool is_shared =
          database.sqlite().execAndGet("PRAGMA journal_mode").getString() != "wal";
      Database apart(path_, Database::Access::read);
      compare_content(database, apart, is_shared ? &helpers_ : nullptr);
    });
  }

  // `recorded` is the same file by another connection, as the manifest is read on either thread.
  void compare_content(Database& from, Database& recorded, Helpers* helpers) {
    found_.has_manifest = has_manifest(from);
    std::optional<ManifestCheck> check;
    if (found_.has_manifest && manifest_ == Manifest::compare) check.emplace(recorded);
    found_.content = read_content(from, check ? &*check : nullptr, [&] {
      ObservationWork work(from, check ? &*check : nullptr, &faults_);
      if (helpers != nullptr) return helpers->share(work, from);
      work.take_part(from);
      return work.sums();
    });
    if (check) recorded.guarded([&] { check->finish(*found_.content, found_); });
  }

  // Reading gives up once the other thread has found that pages are damaged: what they lead to
  // need not have an end.
  void stop_with(Database& database) {
    constexpr int kSteps = 10000;
    sqlite3_progress_handler(
        database.sqlite().getHandle(), kSteps,
        [](void* stop) { return static_cast<std::atomic<bool>*>(stop)->load() ? 1 : 0; }, &stop_);
  }

  std::filesystem::path path_;
  Manifest manifest_;
  Faults faults_;
  Helpers helpers_;
  Verification found_;
  bool is_short_ = false;
  std::atomic<bool> stop_ = false;
};

nlohmann::ordered_json json_of(const std::vector<TableHash>& tables) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const TableHash& one : tables) {
    list.push_back({{"table", one.table}, {"rows", one.rows}, {"hash", one.hash}});
  }
  return list;
}

}  // namespace

std::string_view to_text(Check check) {
  constexpr std::string_view kNames[] = {"file",   "integrity", "references",
                                         "schema", "derived",   "manifest"};
  return kNames[static_cast<std::size_t>(check)];
}

std::string_view to_text(RowDifference::How how) {
  constexpr std::string_view kNames[] = {"changed", "added", "removed"};
  return kNames[static_cast<std::size_t>(how)];
}

Verification verify(const std::filesystem::path& path, Manifest manifest) {
  require_plan_file(path);
  return Verifying(path, manifest).run();
}

std::string to_json(const Verification& verification) {
  using Json = nlohmann::ordered_json;
  Json json = {{"ok", verification.faults.empty() && verification.differences.empty()},
               {"bytes", verification.bytes},
               {"schema", verification.schema},
               {"version", verification.version}};
  json["faults"] = Json::array();
  for (const VerifyFault& one : verification.faults) {
    json["faults"].push_back({{"check", to_text(one.check)}, {"message", one.message}});
  }
  json["more_faults"] = verification.more_faults;
  json["own"] = verification.own;
  if (const auto& content = verification.content) {
    json["content"] = {{"hash", content->hash}, {"tables", json_of(content->content)}};
    json["history"] = {{"hash", content->history_hash}, {"tables", json_of(content->history)}};
  }
  json["has_manifest"] = verification.has_manifest;
  json["differences"] = Json::array();
  for (const TableDifference& one : verification.differences) {
    json["differences"].push_back({{"table", one.table},
                                   {"changed", one.changed},
                                   {"added", one.added},
                                   {"removed", one.removed}});
  }
  json["rows"] = Json::array();
  for (const RowDifference& one : verification.rows) {
    json["rows"].push_back({{"how", to_text(one.how)}, {"table", one.table}, {"key", one.key}});
  }
  return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace planfile

#include "load_table.h"

#include <charconv>
#include <cmath>
#include <cstddef>

#include <sqlite3.h>

namespace planfile {
namespace {

constexpr const char* kModule = "planfile_load";

// What the virtual table shows at the moment.
struct Feed {
  std::span<const PackedFact> facts;
  const Packer* packer = nullptr;
  std::int64_t import = 0;
};

struct FeedTable : sqlite3_vtab {
  Feed* feed = nullptr;
};

struct FeedCursor : sqlite3_vtab_cursor {
  Feed* feed = nullptr;
  std::size_t at = 0;
  Printed printed;
};

enum ColumnOf {
  kSeries,
  kPeriod,
  kSource,
  kValue,
  kImport,
  kLocator,
  kHigh,
  kComparator,
  kStatus,
  kPrinted,
  kPrintedUnit,
  kNote
};
constexpr const char* kDeclared =
    "CREATE TABLE x (series_id, period_id, source_id, value, import_id, locator, high, comparator, "
    "status, printed, printed_unit, note)";

FeedCursor& cursor_of(sqlite3_vtab_cursor* cursor) { return *static_cast<FeedCursor*>(cursor); }

int connect(sqlite3* db, void* feed, int, const char* const*, sqlite3_vtab** made, char**) {
  const int code = sqlite3_declare_vtab(db, kDeclared);
  if (code != SQLITE_OK) return code;
  auto table = std::make_unique<FeedTable>();
  table->feed = static_cast<Feed*>(feed);
  *made = table.release();
  return SQLITE_OK;
}

int disconnect(sqlite3_vtab* table) {
  const std::unique_ptr<FeedTable> gone(static_cast<FeedTable*>(table));
  return SQLITE_OK;
}

int best_index(sqlite3_vtab*, sqlite3_index_info*) { return SQLITE_OK; }

int open(sqlite3_vtab* table, sqlite3_vtab_cursor** made) {
  auto cursor = std::make_unique<FeedCursor>();
  cursor->feed = static_cast<FeedTable*>(table)->feed;
  *made = cursor.release();
  return SQLITE_OK;
}

int close(sqlite3_vtab_cursor* cursor) {
  const std::unique_ptr<FeedCursor> gone(static_cast<FeedCursor*>(cursor));
  return SQLITE_OK;
}

int filter(sqlite3_vtab_cursor* cursor, int, const char*, int, sqlite3_value**) {
  cursor_of(cursor).at = 0;
  return SQLITE_OK;
}

int next(sqlite3_vtab_cursor* cursor) {
  ++cursor_of(cursor).at;
  return SQLITE_OK;
}

int eof(sqlite3_vtab_cursor* cursor) {
  const FeedCursor& at = cursor_of(cursor);
  return at.at >= at.feed->facts.size() ? 1 : 0;
}

int rowid(sqlite3_vtab_cursor* cursor, sqlite3_int64* id) {
  *id = static_cast<sqlite3_int64>(cursor_of(cursor).at);
  return SQLITE_OK;
}

enum class Empty { text, null };

void give(sqlite3_context* to, std::string_view text, Empty empty, sqlite3_destructor_type keep) {
  if (text.empty() && empty == Empty::null) return;
  const char* bytes = text.empty() ? "" : text.data();
  sqlite3_result_text64(to, bytes, text.size(), keep, SQLITE_UTF8);
}

void give(sqlite3_context* to, double number) {
  if (!std::isnan(number)) sqlite3_result_double(to, number);
}

// A column that the detail says. A column that is given nothing is NULL.
void give_detail(FeedCursor& cursor, const PackedFact& fact, sqlite3_context* to, int column) {
  const Detail& detail = cursor.feed->packer->detail(fact.detail);
  switch (column) {
    case kLocator:
      return give(to, detail.locator, Empty::text, SQLITE_STATIC);
    case kHigh:
      return detail.high ? give(to, *detail.high) : void();
    case kComparator:
      return give(to, detail.comparator, Empty::text, SQLITE_STATIC);
    case kStatus:
      return give(to, detail.status, Empty::text, SQLITE_STATIC);
    case kPrinted:
      return give(to, cursor.printed.of(detail, fact.value), Empty::null, SQLITE_TRANSIENT);
    case kPrintedUnit:
      return give(to, detail.printed_unit, Empty::null, SQLITE_STATIC);
    default:
      return give(to, detail.note, Empty::null, SQLITE_STATIC);
  }
}

int column(sqlite3_vtab_cursor* place, sqlite3_context* to, int column) {
  FeedCursor& cursor = cursor_of(place);
  const PackedFact& fact = cursor.feed->facts[cursor.at];
  switch (column) {
    case kSeries:
      sqlite3_result_int64(to, fact.series);
      break;
    case kPeriod:
      sqlite3_result_int64(to, fact.period);
      break;
    case kSource:
      sqlite3_result_int64(to, fact.source);
      break;
    case kValue:
      give(to, fact.value);
      break;
    case kImport:
      sqlite3_result_int64(to, cursor.feed->import);
      break;
    default:
      give_detail(cursor, fact, to, column);
  }
  return SQLITE_OK;
}

// Without a `create` it is there by its name alone; nothing of it is written into the file.
const sqlite3_module& module() {
  static const sqlite3_module kMade = [] {
    sqlite3_module made{};
    made.xConnect = connect;
    made.xDisconnect = disconnect;
    made.xBestIndex = best_index;
    made.xOpen = open;
    made.xClose = close;
    made.xFilter = filter;
    made.xNext = next;
    made.xEof = eof;
    made.xColumn = column;
    made.xRowid = rowid;
    return made;
  }();
  return kMade;
}

// OR FAIL: a failure rolls the whole edit back, so SQLite need not keep what this statement alone
// would restore.
constexpr const char* kInsertPlain =
    "INSERT OR FAIL INTO observation (series_id, period_id, source_id, value, import_id) "
    "SELECT series_id, period_id, source_id, value, import_id FROM planfile_load";
constexpr const char* kInsert =
    "INSERT OR FAIL INTO observation (series_id, period_id, source_id, locator, value, high, "
    "comparator, status, printed, printed_unit, note, import_id) "
    "SELECT series_id, period_id, source_id, locator, value, high, comparator, status, printed, "
    "printed_unit, note, import_id FROM planfile_load";

// The module, registered while it lives.
class Registered {
 public:
  Registered(Database& database, Feed& feed) : db_(database.sqlite().getHandle()) {
    const int code = sqlite3_create_module_v2(db_, kModule, &module(), &feed, nullptr);
    if (code != SQLITE_OK) throw database.error(code, sqlite3_errmsg(db_));
  }
  Registered(const Registered&) = delete;
  Registered& operator=(const Registered&) = delete;
  ~Registered() { sqlite3_create_module_v2(db_, kModule, nullptr, nullptr, nullptr); }

 private:
  sqlite3* db_;
};

}  // namespace

std::string_view Printed::of(const Detail& detail, double value) {
  if (detail.decimals < 0 || std::isnan(value)) return detail.printed;
  const auto [end, failed] = std::to_chars(text_.data(), text_.data() + text_.size(), value,
                                           std::chars_format::fixed, detail.decimals);
  if (failed != std::errc()) return {};
  return {text_.data(), static_cast<std::size_t>(end - text_.data())};
}

struct LoadTable::State {
  State(Database& database, const Packer& packer, std::int64_t import)
      : feed{{}, &packer, import},
        registered(database, feed),
        plain(database.sqlite(), kInsertPlain),
        any(database.sqlite(), kInsert) {}

  void run(SQLite::Statement& insert, std::span<const PackedFact> facts) {
    if (facts.empty()) return;
    feed.facts = facts;
    insert.exec();
    insert.reset();
  }

  Feed feed;
  Registered registered;
  SQLite::Statement plain, any;  // gone before the module is
};

LoadTable::LoadTable(Database& database, const Packer& packer, std::int64_t import)
    : state_(database.guarded([&] { return std::make_unique<State>(database, packer, import); })) {}
LoadTable::~LoadTable() = default;

void LoadTable::insert_plain(std::span<const PackedFact> facts) {
  state_->run(state_->plain, facts);
}

void LoadTable::insert(std::span<const PackedFact> facts) { state_->run(state_->any, facts); }

}  // namespace planfile

#include "load_image.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <exception>
#include <new>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <sqlite3.h>

#include "load_table.h"
#include "load_tree.h"

namespace planfile {
namespace {

// In the order in which they are stored: the key first.
constexpr std::string_view kColumns =
    "series_id,period_id,source_id,locator,value,high,comparator,status,printed,printed_unit,note,"
    "import_id";
constexpr std::size_t kColumnCount = 12;

// An open database of its own.
class Blank {
 public:
  Blank() {
    if (sqlite3_open(":memory:", &db_) == SQLITE_OK) return;
    sqlite3_close(db_);
    throw std::bad_alloc();
  }
  Blank(const Blank&) = delete;
  Blank& operator=(const Blank&) = delete;
  ~Blank() { sqlite3_close(db_); }

  bool run(const std::string& sql) {
    return sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK;
  }

  // Its pages so far, and the page of the tree of `observation`.
  std::optional<std::pair<Pages, std::uint32_t>> pages() {
    sqlite3_int64 size = 0;
    const std::unique_ptr<unsigned char, decltype(&sqlite3_free)> bytes(
        sqlite3_serialize(db_, "main", &size, 0), sqlite3_free);
    if (bytes == nullptr || size % static_cast<sqlite3_int64>(Pages::kSize) != 0) {
      return std::nullopt;
    }
    std::uint32_t root = 0;
    const auto take = [](void* to, int, char** cells, char**) {
      *static_cast<std::uint32_t*>(to) = static_cast<std::uint32_t>(std::stoul(cells[0]));
      return 0;
    };
    sqlite3_exec(db_, "SELECT rootpage FROM sqlite_schema WHERE name = 'observation'", take, &root,
                 nullptr);
    if (root < 2) return std::nullopt;
    return std::pair(Pages({bytes.get(), static_cast<std::size_t>(size)}), root);
  }

 private:
  sqlite3* db_ = nullptr;
};

// The database with the table and its indexes as the file has them, without rows.
std::optional<std::pair<Pages, std::uint32_t>> empty_image(Database& database) {
  SQLite::Database& file = database.sqlite();
  const std::string columns =
      file.execAndGet("SELECT group_concat(name) FROM pragma_table_info('observation')")
          .getString();
  const bool is_empty =
      file.execAndGet("SELECT NOT EXISTS (SELECT 1 FROM observation)").getInt() == 1;
  if (!is_empty || columns != kColumns) return std::nullopt;
  Blank blank;
  bool made = blank.run(fmt::format("PRAGMA page_size = {}", Pages::kSize));
  SQLite::Statement schema(file,
                           "SELECT sql FROM sqlite_schema WHERE tbl_name = 'observation' AND type "
                           "IN ('table', 'index') AND sql IS NOT NULL ORDER BY type DESC, name");
  while (schema.executeStep()) made = made && blank.run(schema.getColumn(0).getString());
  return made ? blank.pages() : std::nullopt;
}

// A record in the making: the types of its columns, and what they hold.
class Record {
 public:
  void clear() {
    types_ = 1;  // behind the size of the head
    body_ = 0;
  }

  void null() { type(0); }

  void integer(std::int64_t number) {
    if (number == 0 || number == 1) return type(number == 0 ? 8 : 9);
    constexpr std::array<int, 6> kSizes = {1, 2, 3, 4, 6, 8};
    std::size_t size = 0;
    while (size < 5 && !fits(number, kSizes[size])) ++size;
    type(size + 1);
    bytes(static_cast<std::uint64_t>(number), kSizes[size]);
  }

  // A whole number of at most 48 bits stands as one, as SQLite stores it.
  void real(double number) {
    constexpr double kMost = 140737488355328;  // 2^47
    if (std::isnan(number)) return null();
    if (std::abs(number) < kMost && number == std::trunc(number)) {
      return integer(static_cast<std::int64_t>(number));
    }
    type(7);
    bytes(std::bit_cast<std::uint64_t>(number), 8);
  }

  void text(std::string_view text) {
    type(2 * text.size() + 13);
    std::copy(text.begin(), text.end(), bodies_.begin() + static_cast<std::ptrdiff_t>(body_));
    body_ += text.size();
  }
  void text_or_null(std::string_view text_or_none) {
    text_or_none.empty() ? null() : text(text_or_none);
  }

  // Holds until the next call of `clear`.
  std::span<const std::uint8_t> whole() {
    head_[0] = static_cast<std::uint8_t>(types_);
    std::copy(bodies_.begin(), bodies_.begin() + static_cast<std::ptrdiff_t>(body_),
              head_.begin() + static_cast<std::ptrdiff_t>(types_));
    return std::span(head_).first(types_ + body_);
  }

 private:
  static bool fits(std::int64_t number, int bytes) {
    const std::int64_t most = std::int64_t{1} << (8 * bytes - 1);
    return number >= -most && number < most;
  }

  void type(std::uint64_t number) { types_ += put_varint(head_.data() + types_, number); }

  void bytes(std::uint64_t number, int count) {
    for (int at = count; at-- > 0;) {
      bodies_[body_++] = static_cast<std::uint8_t>(number >> (8 * at));
    }
  }

  std::array<std::uint8_t, PageTree::kLongest> head_{}, bodies_{};
  std::size_t types_ = 0, body_ = 0;
};

// The image as a schema of the connection, as long as this lives.
class Attached {
 public:
  Attached(Database& database, Pages& pages) : db_(database.sqlite().getHandle()) {
    database.sqlite().exec("ATTACH ':memory:' AS planfile_image");
    const auto size =
        static_cast<sqlite3_int64>(pages.count()) * static_cast<sqlite3_int64>(Pages::kSize);
    const int code =
        sqlite3_deserialize(db_, kName, pages.release(), size, size,
                            SQLITE_DESERIALIZE_READONLY | SQLITE_DESERIALIZE_FREEONCLOSE);
    if (code != SQLITE_OK) throw database.error(code, sqlite3_errmsg(db_));
  }
  Attached(const Attached&) = delete;
  Attached& operator=(const Attached&) = delete;

  // What was read can't be detached before the transaction ends, but an empty one in its place.
  ~Attached() {
    sqlite3_deserialize(db_, kName, nullptr, 0, 0, 0);
    sqlite3_exec(db_, "DETACH planfile_image", nullptr, nullptr, nullptr);
  }

 private:
  static constexpr const char* kName = "planfile_image";
  sqlite3* db_;
};

// Calls `pause` now and then while SQLite works. What it throws ends the statement.
class Paused {
 public:
  Paused(Database& database, const std::function<void()>& pause)
      : db_(database.sqlite().getHandle()), pause_(pause) {
    constexpr int kSteps = 100'000;  // some 30,000 rows
    if (pause_) sqlite3_progress_handler(db_, kSteps, look, this);
  }
  Paused(const Paused&) = delete;
  Paused& operator=(const Paused&) = delete;
  ~Paused() { sqlite3_progress_handler(db_, 0, nullptr, nullptr); }

  void rethrow() const {
    if (trouble_) std::rethrow_exception(trouble_);
  }

 private:
  static int look(void* self) {
    auto& paused = *static_cast<Paused*>(self);
    try {
      paused.pause_();
      return 0;
    } catch (...) {
      paused.trouble_ = std::current_exception();
      return 1;
    }
  }

  sqlite3* db_;
  const std::function<void()>& pause_;
  std::exception_ptr trouble_;
};

// What all columns of a record need beside their texts, at most.
constexpr std::size_t kMostBeside = 1 + kColumnCount * (8 + 3);

std::size_t text_size(const Detail& detail) {
  constexpr std::size_t kPrinted = 512;  // of a value with its decimals
  return detail.locator.size() + detail.comparator.size() + detail.status.size() +
         std::max(detail.printed.size(), kPrinted) + detail.printed_unit.size();
}

}  // namespace

struct LoadImage::State {
  State(Database& file, std::int64_t number, Pages&& empty, std::uint32_t root)
      : database(file), import(number), pages(std::move(empty)), tree(pages, root) {}

  [[nodiscard]] bool is_behind_last(const PackedFact& fact, std::string_view locator) const {
    const std::array key{fact.series, fact.period, fact.source};
    return key != last_key ? key > last_key : locator > last_locator;
  }

  void write(const PackedFact& fact, const Detail& detail);

  Database& database;
  std::int64_t import;
  Pages pages;
  PageTree tree;
  Record record;
  Printed printed;
  std::array<std::uint32_t, 3> last_key = {};
  std::string last_locator;
  bool has_rows = false;
};

void LoadImage::State::write(const PackedFact& fact, const Detail& detail) {
  record.clear();
  record.integer(fact.series);
  record.integer(fact.period);
  record.integer(fact.source);
  record.text(detail.locator);
  record.real(fact.value);
  detail.high ? record.real(*detail.high) : record.null();
  record.text(detail.comparator);
  record.text(detail.status);
  record.text_or_null(printed.of(detail, fact.value));
  record.text_or_null(detail.printed_unit);
  record.null();  // the note
  record.integer(import);
}

LoadImage::LoadImage(std::unique_ptr<State> state) : state_(std::move(state)) {}
LoadImage::~LoadImage() = default;

std::unique_ptr<LoadImage> LoadImage::made_for(Database& database, std::int64_t import) {
  auto image = empty_image(database);
  if (!image) return nullptr;
  auto state = std::make_unique<State>(database, import, std::move(image->first), image->second);
  return std::unique_ptr<LoadImage>(new LoadImage(std::move(state)));
}

bool LoadImage::take(const PackedFact& fact, const Detail& detail) {
  State& state = *state_;
  const bool is_short = kMostBeside + text_size(detail) <= PageTree::kLongest;
  if (!detail.note.empty() || !is_short || !state.is_behind_last(fact, detail.locator))
    return false;
  state.write(fact, detail);
  if (!state.tree.add(state.record.whole())) return false;
  state.last_key = {fact.series, fact.period, fact.source};
  state.last_locator = detail.locator;
  state.has_rows = true;
  return true;
}

void LoadImage::store(const std::function<void()>& pause) {
  State& state = *state_;
  if (!state.has_rows) return;
  state.tree.finish();
  const Attached attached(state.database, state.pages);
  const Paused paused(state.database, pause);
  try {
    state.database.sqlite().exec(
        "INSERT OR FAIL INTO main.observation SELECT * FROM planfile_image.observation");
  } catch (const SQLite::Exception&) {
    paused.rethrow();
    throw;
  }
}

}  // namespace planfile

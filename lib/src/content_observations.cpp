#include "content_observations.h"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>

#include "observation_reading.h"

namespace planfile {
namespace {

using Rules = ObservationReading::Rules;

// Faults of one part, until it is their turn.
class KeptFaults : public FaultSink {
 public:
  void fault(Check check, std::string message) override {
    if (++counts_[check] > kFaultsTold) {
      ++more_;
    } else {
      faults_.emplace_back(check, std::move(message));
    }
  }
  void more(std::int64_t count) override { more_ += count; }

  void tell(FaultSink& to) {
    for (auto& [check, message] : faults_) to.fault(check, std::move(message));
    to.more(more_);
  }

 private:
  std::map<Check, std::size_t> counts_;
  std::vector<std::pair<Check, std::string>> faults_;
  std::int64_t more_ = 0;
};

// Passes on what one thread at a time tells.
class OneAtATime : public ContentReader {
 public:
  OneAtATime(ContentReader& to, std::mutex& mutex) : to_(to), mutex_(mutex) {}

  void row(std::string_view table, const std::string& key, const Hash128& hash) override {
    const std::scoped_lock lock(mutex_);
    to_.row(table, key, hash);
  }
  void series(std::int64_t id, const std::string& key, const RowSum& sum,
              std::span<const SeriesMark> marks) override {
    const std::scoped_lock lock(mutex_);
    to_.series(id, key, sum, marks);
  }
  [[nodiscard]] bool wants_marks() const override { return to_.wants_marks(); }

 private:
  ContentReader& to_;
  std::mutex& mutex_;
};

// The last ids of so many parts of about the same number of series.
std::vector<std::int64_t> ends_of_parts(SQLite::Database& db) {
  constexpr std::int64_t kParts = 64, kFewest = 500;
  const std::int64_t count = db.execAndGet("SELECT count(*) FROM series").getInt64();
  SQLite::Statement ends(db,
                         "SELECT id FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM "
                         "series) WHERE n % ? = 0 ORDER BY id");
  ends.bind(1, std::max(count / kParts, kFewest));
  std::vector<std::int64_t> ids;
  while (ends.executeStep()) ids.push_back(ends.getColumn(0).getInt64());
  return ids;
}

}  // namespace

struct ObservationWork::Part {
  std::int64_t first = 0, last = 0;  // series
  ObservationSums sums;
  KeptFaults faults;
};

ObservationWork::ObservationWork(Database& database, ContentReader* reader, FaultSink* faults)
    : reader_(reader), faults_(faults) {
  if (faults != nullptr) {
    rules_ = periods_are_sound(database, *faults) ? Rules::all : Rules::of_rows;
  }
  std::int64_t first = std::numeric_limits<std::int64_t>::min();
  const auto add = [&](std::int64_t last) { parts_.emplace_back(Part{first, last, {}, {}}); };
  for (const std::int64_t end : ends_of_parts(database.sqlite())) {
    if (end == std::numeric_limits<std::int64_t>::max()) break;
    add(end);
    first = end + 1;
  }
  add(std::numeric_limits<std::int64_t>::max());
}

ObservationWork::~ObservationWork() = default;

void ObservationWork::take_part(Database& database) {
  try {
    std::optional<OneAtATime> reader;
    if (reader_ != nullptr) reader.emplace(*reader_, mutex_);
    ObservationReading reading(database, reader ? &*reader : nullptr, rules_);
    for (std::size_t at = next_++; at < parts_.size(); at = next_++) {
      Part& part = parts_[at];
      part.sums = reading.read(part.first, part.last, faults_ == nullptr ? nullptr : &part.faults);
    }
  } catch (...) {
    next_ = parts_.size();
    const std::scoped_lock lock(mutex_);
    if (!trouble_) trouble_ = std::current_exception();
  }
}

ObservationSums ObservationWork::sums() {
  if (trouble_) std::rethrow_exception(trouble_);
  ObservationSums all;
  for (Part& part : parts_) {
    all.rows.add(part.sums.rows);
    all.brought.add(part.sums.brought);
    if (faults_ != nullptr) part.faults.tell(*faults_);
  }
  return all;
}

ObservationSums Helpers::share(ObservationWork& work, Database& database) {
  {
    const std::scoped_lock lock(mutex_);
    work_ = &work;
  }
  changed_.notify_all();
  work.take_part(database);
  std::unique_lock lock(mutex_);
  work_ = nullptr;
  changed_.wait(lock, [&] { return helping_ == 0; });
  return work.sums();
}

void Helpers::help(Database& database) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return work_ != nullptr || is_closed_; });
  if (work_ == nullptr) return;
  ObservationWork& work = *work_;
  ++helping_;
  lock.unlock();
  work.take_part(database);
  lock.lock();
  --helping_;
  changed_.notify_all();
}

void Helpers::close() {
  const std::scoped_lock lock(mutex_);
  is_closed_ = true;
  changed_.notify_all();
}

}  // namespace planfile

#include "load_writer.h"

#include <algorithm>
#include <span>

#include <fmt/format.h>

#include "ids.h"

namespace planfile {
namespace {

constexpr const char* kAddSeries =
    "INSERT INTO series (id, indicator_id, entity_id, scope_id, measure, among_id, unit_id, {}) "
    "VALUES (?, ?, ?, ?, ?, nullif(?, 0), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

}  // namespace

LoadWriter::LoadWriter(Database& database, const Packer& packer, std::int64_t import)
    : database_(database),
      packer_(packer),
      table_(database, packer, import),
      image_(LoadImage::made_for(database, import)),
      add_series_(database.sqlite(), fmt::format(kAddSeries, kSummaryColumns)),
      write_summary_(database),
      thread_([this] { run(); }) {}

LoadWriter::~LoadWriter() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
  }
  thread_.join();
}

void LoadWriter::put(LoadBatch batch) {
  std::unique_lock lock(mutex_);
  wait_and_throw(lock, &LoadWriter::has_room);
  waiting_ = std::move(batch);
  changed_.notify_all();
}

// The thread at rest, the connection is the caller's.
void LoadWriter::drain(const std::function<void()>& pause) {
  std::unique_lock lock(mutex_);
  wait_and_throw(lock, &LoadWriter::is_idle);
  if (image_ == nullptr) return;
  const Unchecked unchecked(database_);
  store_image(pause);
}

void LoadWriter::wait_and_throw(std::unique_lock<std::mutex>& lock,
                                bool (LoadWriter::*ready)() const) {
  changed_.wait(lock, [&] { return (this->*ready)() || trouble_; });
  if (trouble_) std::rethrow_exception(trouble_);
}

void LoadWriter::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [&] { return waiting_ || stopping_; });
    if (stopping_) return;
    LoadBatch batch = std::move(*waiting_);
    waiting_.reset();
    busy_ = true;
    changed_.notify_all();
    lock.unlock();
    std::exception_ptr trouble;
    try {
      write(std::move(batch));
    } catch (...) {
      trouble = std::current_exception();
    }
    lock.lock();
    busy_ = false;
    trouble_ = trouble;
    changed_.notify_all();
    if (trouble_) return;
  }
}

void LoadWriter::write(LoadBatch batch) {
  for (const NewPeriod& period : batch.periods) {
    add_period(database_.sqlite(), period.period, period.id);
  }
  const Unchecked unchecked(database_);
  image_ != nullptr ? insert_into_image(batch.rows) : insert(batch.rows);
  for (const auto& [series, summary] : batch.added) add(series, summary);
  for (const auto& [series, summary] : batch.changed) write_summary_.put(series, summary);
}

void LoadWriter::insert_into_image(std::span<const PackedFact> rows) {
  constexpr std::size_t kMostLate = 1 << 18;
  for (const PackedFact& row : rows) {
    if (!image_->take(row, packer_.detail(row.detail))) late_.push_back(row);
  }
  if (late_.size() > kMostLate) store_image({});
}

void LoadWriter::store_image(const std::function<void()>& pause) {
  std::exchange(image_, nullptr)->store(pause);
  insert(late_);
  late_ = {};
}

// Plain rows go in faster by themselves, unless others lie between them everywhere.
void LoadWriter::insert(std::vector<PackedFact>& rows) {
  constexpr std::size_t kFew = 5;  // one in so many
  const auto is_plain = [](const PackedFact& fact) { return fact.detail == 0; };
  const auto plain = static_cast<std::size_t>(std::count_if(rows.begin(), rows.end(), is_plain));
  const std::span<const PackedFact> all = rows;
  if ((all.size() - plain) * kFew > all.size()) {
    table_.insert(all);
  } else {
    std::stable_partition(rows.begin(), rows.end(), is_plain);
    table_.insert_plain(all.first(plain));
    table_.insert(all.subspan(plain));
  }
}

void LoadWriter::add(const NewSeries& series, const Summary& summary) {
  add_series_.bind(1, series.id);
  add_series_.bind(2, series.indicator);
  add_series_.bind(3, series.entity);
  add_series_.bind(4, series.scope);
  add_series_.bind(5, series.measure);
  add_series_.bind(6, series.among);
  add_series_.bind(7, series.unit);
  bind_summary(add_series_, 8, summary);
  add_series_.exec();
  add_series_.reset();
}

}  // namespace planfile

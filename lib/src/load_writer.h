// Writes what a Loader makes of facts, on a thread of its own: SQLite's part of the work, which
// takes the longest.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <thread>
#include <utility>
#include <vector>

#include "database.h"
#include "load_image.h"
#include "load_table.h"
#include "pack.h"
#include "summary.h"

namespace planfile {

// What is written together, in this order.
struct LoadBatch {
  std::vector<NewPeriod> periods;
  std::vector<PackedFact> rows;  // that are not there yet, in the order of their key
  std::vector<std::pair<NewSeries, Summary>> added;
  std::vector<std::pair<std::uint32_t, Summary>> changed;  // summaries of series there already
};

// As long as a batch is being written, the connection is the writer's alone.
class LoadWriter {
 public:
  LoadWriter(Database& database, const Packer& packer, std::int64_t import);
  LoadWriter(const LoadWriter&) = delete;
  LoadWriter& operator=(const LoadWriter&) = delete;
  ~LoadWriter();  // waits for the batch at hand; one that waits is dropped

  // Has the batch written. Waits while another one waits already. What went wrong with an earlier
  // one is thrown here.
  void put(LoadBatch batch);

  // Waits until all is written; what went wrong is thrown here, as what `pause` throws, which is
  // called now and then.
  void drain(const std::function<void()>& pause = {});

 private:
  void run();
  void write(LoadBatch batch);
  void insert(std::vector<PackedFact>& rows);
  void insert_into_image(std::span<const PackedFact> rows);
  void store_image(const std::function<void()>& pause);
  void add(const NewSeries& series, const Summary& summary);
  void wait_and_throw(std::unique_lock<std::mutex>& lock, bool (LoadWriter::*ready)() const);

  [[nodiscard]] bool has_room() const { return !waiting_; }
  [[nodiscard]] bool is_idle() const { return !waiting_ && !busy_; }

  Database& database_;
  const Packer& packer_;
  LoadTable table_;
  std::unique_ptr<LoadImage> image_;  // as long as the file's table is empty
  std::vector<PackedFact> late_;      // that have no place in it
  SQLite::Statement add_series_;
  SummaryWriter write_summary_;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<LoadBatch> waiting_;
  std::exception_ptr trouble_;
  bool busy_ = false, stopping_ = false;
  std::thread thread_;
};

}  // namespace planfile

// Reads one CSV's rows into lanes, on a thread of its own, and hands on what was read.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "lane.h"
#include "rejects.h"
#include "understand.h"

namespace planfile {

// Blocks on their way from the reading thread to the storing one; a few wait at most.
class Channel {
 public:
  // Waits while the channel is full. False when the taker wants no more.
  bool put(Block block);
  // The next block, or nothing after `patience` or at the end.
  std::optional<Block> take(std::chrono::milliseconds patience);
  void close();  // by the putter: there is no more
  void stop();   // by the taker: it wants no more
  [[nodiscard]] bool ended();

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Block> blocks_;
  bool closed_ = false, stopped_ = false;
};

// What reading a CSV found wrong.
struct Faults {
  std::vector<Issue> issues;  // the first of them, in the order of the text
  std::size_t count = 0;
  std::vector<NewName> unknown;  // each name once
  bool are_fatal = false;        // whether one of them can't be passed over
};

// One pass over a CSV.
class Intake {
 public:
  // `rejects` takes the rows with faults; null when nothing does.
  Intake(CsvInput& input, Understood& csv, std::vector<Lane*> lanes, ObservationLane* observations,
         const ImportOptions& options, Rejects* rejects);
  ~Intake();  // ends reading early

  // Reads on a thread of its own.
  void start();
  // The next block of observations, or nothing after `patience` or at the end.
  std::optional<Block> take(std::chrono::milliseconds patience) { return channel_.take(patience); }
  [[nodiscard]] bool ended() { return channel_.ended(); }
  // Waits for its end; what stopped it is thrown here.
  void join();

  // Once joined: reads the CSV again to reject the rows on these lines, for these reasons.
  void reject(std::map<std::size_t, std::string> reasons);

  [[nodiscard]] Progress progress() const;
  [[nodiscard]] const Faults& faults() const { return faults_; }  // once joined
  [[nodiscard]] std::size_t rows() const { return rows_; }
  [[nodiscard]] std::string sha256() const { return sha256_; }  // once joined
  [[nodiscard]] std::string notes() const { return notes_; }    // once joined

 private:
  void read_all();
  void take_row(Row& row);
  void carry(Row& row);
  void read_slowly(const Row& row);
  bool is_wide_enough(const Row& row);
  void refuse(const Row& row, const std::vector<RowFault>& faults);
  void refuse_text(const BadRow& row);
  void report(Issue issue);
  void note(const Row& row);
  void remember(const RowFault& fault, std::size_t line);
  [[nodiscard]] bool fits(const Row& row) const;

  CsvInput& input_;
  Understood& csv_;
  std::vector<Lane*> lanes_;
  ObservationLane* observations_;
  const ImportOptions& options_;
  Rejects* rejects_;
  Channel channel_;
  std::thread thread_;
  std::exception_ptr trouble_;
  std::atomic<bool> stopping_ = false;
  std::atomic<std::uint64_t> bytes_ = 0;
  std::atomic<std::size_t> rows_ = 0, fault_count_ = 0;
  Faults faults_;
  std::set<std::pair<std::string, std::string>> unknown_;
  std::vector<std::string> carried_;  // the last text of each carried column
  std::string sha256_, notes_;
};

}  // namespace planfile

// The observations of a file, read once: their hashes, and what is wrong with them.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <mutex>
#include <vector>

#include "content.h"
#include "observation_reading.h"

namespace planfile {

// Reading them in parts, by one thread or several, each with a connection of its own to the same
// unchanged file. What comes of it does not depend on who reads which part.
class ObservationWork {
 public:
  // `reader` and `faults` may be null. `reader` is called by one thread at a time, in any order of
  // series.
  ObservationWork(Database& database, ContentReader* reader, FaultSink* faults);
  ~ObservationWork();

  // Reads parts until none is left. What goes wrong is thrown by `sums`.
  void take_part(Database& database);

  // Once all who took part have returned: tells faults in the order of the rows.
  ObservationSums sums();

 private:
  struct Part;

  ContentReader* reader_;
  FaultSink* faults_;
  ObservationReading::Rules rules_ = ObservationReading::Rules::none;
  std::vector<Part> parts_;
  std::atomic<std::size_t> next_ = 0;
  std::mutex mutex_;
  std::exception_ptr trouble_;
};

// Where a thread that has nothing left to do offers its help.
class Helpers {
 public:
  // Does the work, with all who offer help meanwhile.
  ObservationSums share(ObservationWork& work, Database& database);

  // Waits for work and takes part in it, or returns once there will be none.
  void help(Database& database);

  // There will be no work, or no more.
  void close();

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  ObservationWork* work_ = nullptr;
  std::size_t helping_ = 0;
  bool is_closed_ = false;
};

}  // namespace planfile

// A thread that does jobs in the order in which they come, one at hand and one waiting.
#pragma once

#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

namespace planfile {

template <class Job>
class Worker {
 public:
  explicit Worker(std::function<void(Job)> work)
      : work_(std::move(work)), thread_([this] { run(); }) {}
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  // Waits for the job at hand; one that waits is dropped.
  ~Worker() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
      changed_.notify_all();
    }
    thread_.join();
  }

  // Has the job done. Waits while another one waits already. What went wrong with an earlier one is
  // thrown here.
  void put(Job job) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return !waiting_ || trouble_; });
    if (trouble_) std::rethrow_exception(trouble_);
    waiting_ = std::move(job);
    changed_.notify_all();
  }

  // Waits until all is done; what went wrong is thrown here.
  void drain() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return (!waiting_ && !busy_) || trouble_; });
    if (trouble_) std::rethrow_exception(trouble_);
  }

 private:
  void run() {
    std::unique_lock lock(mutex_);
    for (;;) {
      changed_.wait(lock, [&] { return waiting_ || stopping_; });
      if (stopping_) return;
      Job job = std::move(*waiting_);
      waiting_.reset();
      busy_ = true;
      changed_.notify_all();
      lock.unlock();
      std::exception_ptr trouble;
      try {
        work_(std::move(job));
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

  std::function<void(Job)> work_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<Job> waiting_;
  std::exception_ptr trouble_;
  bool busy_ = false, stopping_ = false;
  std::thread thread_;
};

}  // namespace planfile

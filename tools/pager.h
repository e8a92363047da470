// Where the shell shows results: on the terminal, long ones through a pager.
#pragma once

#include <cstddef>
#include <memory>
#include <ostream>
#include <string>

#include "command.h"

namespace planfile {

// Where the results of statements appear, one at a time.
class Screen {
 public:
  virtual ~Screen() = default;

  // A place for the next result, which ends with `close`.
  virtual Io open() = 0;
  virtual void close() {}

  // Whether its reader has seen enough of it.
  [[nodiscard]] virtual bool is_left() const { return false; }
};

// The streams of a command as they are.
class PlainScreen : public Screen {
 public:
  explicit PlainScreen(Io io) : io_(std::move(io)) {}
  Io open() override { return io_; }

 private:
  Io io_;
};

// A terminal. What is longer than it goes through $PAGER, by default `less -FRSX`; an empty one, or
// `cat`, is none.
class PagedScreen : public Screen {
 public:
  explicit PagedScreen(Io io);
  ~PagedScreen() override;
  Io open() override;
  void close() override;
  [[nodiscard]] bool is_left() const override;

 private:
  class Buffer;

  Io io_;
  std::unique_ptr<Buffer> buffer_;
  std::ostream stream_;
};

}  // namespace planfile

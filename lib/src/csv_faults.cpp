#include "csv_faults.h"

#include <fmt/format.h>
#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <string>
#include <utility>

namespace planfile {
namespace {

// What is told once a cell.
enum class Fault : std::uint8_t { encoding, nul, quote, count };

class Examiner {
 public:
  Examiner(std::string_view text, std::size_t line, const CsvReader::Form& form, std::size_t room)
      : begin_(text.data()),
        at_(text.data()),
        end_(text.data() + text.size()),
        line_start_(text.data()),
        line_(line),
        form_(form) {
    row_.faults.room = room;
  }

  FaultyRow examine();

 private:
  void read_cell();
  void read_plain();
  void read_quoted();
  void read_closing_quote(std::size_t opened_on);
  void take_line_end();
  void take_odd();
  void take_high();

  bool first_of_cell(Fault fault);
  template <class... Parts>
  void report(fmt::format_string<const Parts&...> message, const Parts&... parts);

  [[nodiscard]] bool at_end() const { return at_ == end_; }
  [[nodiscard]] bool at_line_end() const { return !at_end() && (*at_ == '\n' || *at_ == '\r'); }
  [[nodiscard]] bool at_cell_end() const {
    return at_end() || *at_ == form_.delimiter || at_line_end();
  }
  [[nodiscard]] std::size_t position() const {
    return static_cast<std::size_t>(at_ - line_start_) - trailing_ + 1;
  }

  const char* begin_;
  const char* at_;
  const char* end_;
  const char* line_start_;
  std::size_t line_;
  std::size_t trailing_ = 0;  // bytes of this line before at_ that don't begin a character
  std::array<bool, static_cast<std::size_t>(Fault::count)> told_{};  // about the cell at hand
  const CsvReader::Form& form_;
  FaultyRow row_;
};

FaultyRow Examiner::examine() {
  const std::size_t first_line = line_;
  std::size_t cells = 1;
  read_cell();
  while (!at_end() && *at_ == form_.delimiter && cells < kMostCells) {
    ++at_;
    ++cells;
    read_cell();
  }
  row_.is_wide = !at_end() && *at_ == form_.delimiter;
  if (at_line_end()) {
    row_.is_open = *at_ == '\r' && at_ + 1 == end_;  // a LF may follow
    take_line_end();
  } else {
    row_.is_open = at_end();
  }
  row_.size = static_cast<std::size_t>(at_ - begin_);
  row_.lines = line_ - first_line;
  return std::move(row_);
}

void Examiner::read_cell() {
  told_.fill(false);
  if (!at_end() && *at_ == '"') {
    read_quoted();
  } else {
    read_plain();
  }
}

void Examiner::read_plain() {
  while (!at_cell_end()) {
    if (*at_ == '"') {
      if (first_of_cell(Fault::quote)) report("quote inside an unquoted cell");
      ++at_;
    } else {
      take_odd();
    }
  }
}

void Examiner::read_quoted() {
  const std::size_t line = line_;
  const std::size_t where = position();
  const std::size_t place = row_.faults.count;
  ++at_;
  while (!at_end()) {
    if (at_line_end()) {
      take_line_end();
    } else if (*at_ != '"') {
      take_odd();
    } else if (at_ + 1 != end_ && at_[1] == '"') {
      at_ += 2;
    } else {
      ++at_;
      read_closing_quote(line);
      return;
    }
  }
  row_.faults.insert(place, {"", line, where, "", "quote never closes"});
}

// Behind the closing quote nothing but the end of the cell should come.
void Examiner::read_closing_quote(std::size_t opened_on) {
  if (at_cell_end()) return;
  if (first_of_cell(Fault::quote)) {
    if (opened_on == line_) {
      report("text behind a closing quote");
    } else {
      report("text behind the closing quote of the cell that begins on line {}", opened_on);
    }
  }
  read_plain();
}

void Examiner::take_line_end() {
  at_ += *at_ == '\r' && at_ + 1 != end_ && at_[1] == '\n' ? 2 : 1;
  ++line_;
  line_start_ = at_;
  trailing_ = 0;
}

// A character that is neither quote nor line end.
void Examiner::take_odd() {
  if ((static_cast<unsigned char>(*at_) & 0x80) != 0) return take_high();
  if (*at_ == '\0' && first_of_cell(Fault::nul)) report("a NUL character");
  ++at_;
}

// A character of several bytes, or one byte that begins none.
void Examiner::take_high() {
  utf8proc_int32_t character = 0;
  const auto size =
      utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(at_), end_ - at_, &character);
  if (size > 0) {
    at_ += size;
    trailing_ += static_cast<std::size_t>(size) - 1;
    return;
  }
  if (first_of_cell(Fault::encoding)) {
    if (form_.encoding == "UTF-8") {
      report("not UTF-8: 0x{:02X}", static_cast<unsigned char>(*at_));
    } else {
      report("not {}", form_.encoding);
    }
  }
  ++at_;
}

bool Examiner::first_of_cell(Fault fault) {
  return !std::exchange(told_[static_cast<std::size_t>(fault)], true);
}

// Formats only what is kept, as a file may have a fault in every other byte.
template <class... Parts>
void Examiner::report(fmt::format_string<const Parts&...> message, const Parts&... parts) {
  if (row_.faults.is_full()) {
    ++row_.faults.count;
  } else {
    row_.faults.add({"", line_, position(), "", fmt::format(message, parts...)});
  }
}

}  // namespace

void FaultList::add(Issue issue) {
  ++count;
  if (!is_full()) issues.push_back(std::move(issue));
}

void FaultList::insert(std::size_t place, Issue issue) {
  ++count;
  if (place >= room) return;
  issues.insert(issues.begin() + static_cast<std::ptrdiff_t>(place), std::move(issue));
  if (issues.size() > room) issues.pop_back();
}

void FaultList::append(FaultList others) {
  count += others.count;
  const std::size_t fitting = std::min(others.issues.size(), room - issues.size());
  std::move(others.issues.begin(), others.issues.begin() + static_cast<std::ptrdiff_t>(fitting),
            std::back_inserter(issues));
}

FaultyRow examine_row(std::string_view text, std::size_t line, const CsvReader::Form& form,
                      std::size_t room) {
  return Examiner(text, line, form, room).examine();
}

}  // namespace planfile

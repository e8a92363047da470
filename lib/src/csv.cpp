#include "planfile/csv.h"

#include "csv_faults.h"
#include "utf8.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <utility>

namespace planfile {
namespace {

constexpr std::size_t kFirstBuffer = std::size_t{1} << 20;
constexpr std::size_t kMostBytes = std::size_t{64} << 20;  // of a row

// Goes from mark to mark through a text. Marks are the bytes that may matter to its structure:
// delimiter, quote, line end, NUL, and also the other control characters up to 0x0D, as a single
// comparison finds them all. Reads up to 63 bytes behind the last mark asked for.
class Marks {
 public:
  static constexpr std::size_t kBlock = 64;

  Marks() = default;
  Marks(const char* at, char delimiter) : block_(at), mask_(find(at, delimiter)) {}

  const char* next(char delimiter) {
    while (mask_ == 0) {
      block_ += kBlock;
      mask_ = find(block_, delimiter);
    }
    const char* const mark = block_ + std::countr_zero(mask_);
    mask_ &= mask_ - 1;
    return mark;
  }

 private:
  // A bit for each byte of a block, the first the lowest. The loop over bytes becomes a few vector
  // instructions; the product gathers eight flags in the highest byte.
  static std::uint64_t find(const char* block, char delimiter) {
    char flags[kBlock];
    for (std::size_t i = 0; i < kBlock; ++i) {
      const auto byte = static_cast<unsigned char>(block[i]);
      flags[i] = static_cast<char>((byte <= '\r') | (block[i] == '"') | (block[i] == delimiter));
    }
    std::uint64_t mask = 0;
    for (std::size_t i = 0; i < kBlock; i += 8) {
      mask |= (load_word(flags + i) * 0x0102040810204080 >> 56) << i;
    }
    return mask;
  }

  const char* block_ = nullptr;
  std::uint64_t mask_ = 0;
};

// A place in a text.
struct Spot {
  std::size_t line = 1, position = 1;
};

// The place behind `text`, which begins at `from` and does not end within a CRLF.
Spot behind(Spot from, std::string_view text) {
  const char* line_start = nullptr;
  for (const char& byte : text) {
    if (byte != '\n' && byte != '\r') continue;
    if (byte == '\n' || &byte + 1 == text.data() + text.size() || *(&byte + 1) != '\n') ++from.line;
    line_start = &byte + 1;
  }
  if (line_start != nullptr) {
    text.remove_prefix(static_cast<std::size_t>(line_start - text.data()));
    from.position = 1;
  }
  from.position += count_characters(text);
  return from;
}

std::string_view between(const char* begin, const char* end) {
  return {begin, static_cast<std::size_t>(end - begin)};
}

}  // namespace

std::size_t Row::line_of(std::size_t cell) const {
  return behind({line, 1}, between(text.data(), starts[cell])).line;
}

std::size_t Row::position_of(std::size_t cell) const {
  return behind({line, 1}, between(text.data(), starts[cell])).position;
}

// The buffer holds the text from the row at hand on: [at_, end_), a NUL behind it. As long as the
// row at hand isn't whole it is read anew after each filling, which at least doubles what there is
// of it.
struct CsvReader::State {
 public:
  State(ByteSource& source, Form form) : source_(source), form_(std::move(form)) {}

  bool next(Row& row);
  void hand_over(std::function<void(const BadRow&)> take) { take_bad_ = std::move(take); }
  std::vector<Issue> take_issues() { return std::exchange(faults_.issues, {}); }
  [[nodiscard]] std::size_t faults() const { return faults_.count; }
  [[nodiscard]] std::uint64_t position() const {
    return passed_ + static_cast<std::uint64_t>(at_ - buffer_.get());
  }

 private:
  enum class Outcome { row, blank, cut, faulty };
  enum class Rest { read, unread };
  struct Cell {
    Outcome outcome;
    std::string_view text;
    const char* mark;  // behind the cell
  };

  Outcome read_row(Row& row);
  Cell read_quoted(Marks& marks, const char* begin);
  Outcome end_row(Row& row, Marks& marks, const char* mark);
  std::string_view unescape(const char* begin, const char* end);

  bool pass_over();
  bool read_on(const Row& row);
  void refuse_long(const Row& row);
  void refuse_rest(Spot where, std::string_view why);
  void refuse(std::string_view text, FaultList faults, Rest rest);
  void make_room();
  void fill();
  void look_for_invalid();

  ByteSource& source_;
  Form form_;
  std::unique_ptr<char[]> buffer_;
  std::size_t capacity_ = 0;
  const char* at_ = nullptr;
  char* end_ = nullptr;
  std::uint64_t passed_ = 0;       // bytes of the source before the buffer
  bool ended_ = false;             // nothing comes behind the buffer
  Marks marks_;                    // from at_ on
  const char* invalid_ = nullptr;  // the first byte at or behind at_ that is not UTF-8, or end_

  std::unique_ptr<char[]> scratch_;  // cells with doubled quotes; as large as the buffer
  char* scratch_at_ = nullptr;

  std::size_t line_ = 1;       // of the row at hand
  std::size_t line_ends_ = 0;  // within its quoted cells
  FaultList faults_;
  std::function<void(const BadRow&)> take_bad_;
};

bool CsvReader::State::next(Row& row) {
  for (;;) {
    if (at_ == end_ && ended_) return false;
    switch (read_row(row)) {
      case Outcome::row:
        return true;
      case Outcome::blank:
        break;
      case Outcome::faulty:
        if (pass_over()) break;
        [[fallthrough]];
      case Outcome::cut:
        if (!read_on(row)) return false;
    }
  }
}

CsvReader::State::Outcome CsvReader::State::read_row(Row& row) {
  if (at_ == end_) return Outcome::cut;
  const char delimiter = form_.delimiter;
  Marks marks = marks_;
  row.cells.clear();
  row.starts.clear();
  scratch_at_ = scratch_.get();
  line_ends_ = 0;
  for (const char* begin = at_;;) {
    row.starts.push_back(begin);
    const char* mark = nullptr;
    if (*begin == '"') {
      const Cell cell = read_quoted(marks, begin);
      if (cell.outcome != Outcome::row) return cell.outcome;
      row.cells.push_back(cell.text);
      mark = cell.mark;
    } else {
      do {
        mark = marks.next(delimiter);
      } while (*mark > 0 && *mark < '\r' && *mark != '\n' && *mark != delimiter);
      row.cells.push_back(between(begin, mark));
    }
    if (*mark != delimiter) return end_row(row, marks, mark);
    if (row.cells.size() == kMostCells) return Outcome::faulty;
    begin = mark + 1;
  }
}

CsvReader::State::Cell CsvReader::State::read_quoted(Marks& marks, const char* begin) {
  const char delimiter = form_.delimiter;
  bool has_quotes = false;
  marks.next(delimiter);
  for (;;) {
    const char* const mark = marks.next(delimiter);
    if (*mark == '"') {
      if (mark + 1 == end_ && !ended_) return {Outcome::cut, {}, nullptr};
      const char* const behind = marks.next(delimiter);
      if (behind == mark + 1 && *behind == '"') {
        has_quotes = true;
        continue;
      }
      if (behind != mark + 1) return {Outcome::faulty, {}, nullptr};
      const std::string_view text =
          has_quotes ? unescape(begin + 1, mark) : between(begin + 1, mark);
      return {Outcome::row, text, behind};
    }
    if (*mark == '\n' || (*mark == '\r' && mark[1] != '\n')) ++line_ends_;
    if (*mark == '\0')
      return {mark == end_ && !ended_ ? Outcome::cut : Outcome::faulty, {}, nullptr};
  }
}

// The row whose last cell ends at `mark`, where no delimiter stands.
CsvReader::State::Outcome CsvReader::State::end_row(Row& row, Marks& marks, const char* mark) {
  const char* behind = mark;
  if (*mark == '\n') {
    behind = mark + 1;
  } else if (*mark == '\r') {
    if (mark + 1 == end_ && !ended_) return Outcome::cut;
    behind = mark + 1;
    if (*behind == '\n') {
      marks.next(form_.delimiter);
      ++behind;
    }
  } else if (mark != end_) {
    return Outcome::faulty;
  } else if (!ended_) {
    return Outcome::cut;
  }
  row.text = between(at_, mark);
  if (invalid_ < mark || row.text.size() > kMostBytes) return Outcome::faulty;
  row.line = line_;
  line_ += line_ends_ + 1;
  at_ = behind;
  marks_ = marks;
  return row.text.empty() ? Outcome::blank : Outcome::row;
}

std::string_view CsvReader::State::unescape(const char* begin, const char* end) {
  if (scratch_ == nullptr) {
    scratch_ = std::make_unique<char[]>(capacity_);
    scratch_at_ = scratch_.get();
  }
  char* const text = scratch_at_;
  while (begin != end) {
    const char* const quote = std::find(begin, end, '"');
    scratch_at_ = std::copy(begin, quote, scratch_at_);
    if (quote == end) break;
    *scratch_at_++ = '"';
    begin = quote + 2;
  }
  return between(text, scratch_at_);
}

// Tells what is wrong with the row at hand and goes on behind it; false when it is not whole, or
// too long.
bool CsvReader::State::pass_over() {
  FaultyRow row =
      examine_row(between(at_, end_), line_, form_, faults_.room - faults_.issues.size());
  if ((row.is_open && !ended_) || row.size > kMostBytes) return false;
  std::string_view text = between(at_, at_ + row.size);
  if (text.ends_with('\n')) text.remove_suffix(1);
  if (text.ends_with('\r')) text.remove_suffix(1);
  if (row.faults.count > 0) refuse(text, std::move(row.faults), Rest::read);
  if (row.is_wide) {
    refuse_rest({line_, 1}, fmt::format("a row of more than {} cells", kMostCells));
    return true;
  }
  at_ += row.size;
  line_ += row.lines;
  marks_ = Marks(at_, form_.delimiter);
  look_for_invalid();
  return true;
}

// Reads more of the text; false when the row at hand, which isn't whole yet, is too long.
bool CsvReader::State::read_on(const Row& row) {
  if (static_cast<std::size_t>(end_ - at_) > kMostBytes) {
    refuse_long(row);
    return false;
  }
  const bool is_first = buffer_ == nullptr;
  make_room();
  fill();
  if (is_first && between(at_, end_).starts_with(kByteOrderMark)) at_ += kByteOrderMark.size();
  marks_ = Marks(at_, form_.delimiter);
  look_for_invalid();
  return true;
}

// The row at hand is too long, perhaps because of a quote that opens the last cell begun.
void CsvReader::State::refuse_long(const Row& row) {
  const char* const begin = row.starts.empty() ? at_ : row.starts.back();
  if (begin != end_ && *begin == '"') {
    refuse_rest(behind({line_, 1}, between(at_, begin)), "quote does not close within 64 MiB");
  } else {
    refuse_rest({line_, 1}, "a row of more than 64 MiB");
  }
}

void CsvReader::State::refuse_rest(Spot where, std::string_view why) {
  FaultList faults;
  faults.add({"", where.line, where.position, "", fmt::format("{}; the rest is not read", why)});
  refuse({}, std::move(faults), Rest::unread);
  at_ = end_;
  ended_ = true;
}

// Hands the row at hand over, or keeps its faults.
void CsvReader::State::refuse(std::string_view text, FaultList faults, Rest rest) {
  if (!take_bad_) return faults_.append(std::move(faults));
  faults_.count += faults.count;
  take_bad_({.line = line_,
             .text = text,
             .issues = faults.issues,
             .faults = faults.count,
             .is_last = rest == Rest::unread});
}

// Moves the row at hand to the front of the buffer, which grows when the row takes most of it.
void CsvReader::State::make_room() {
  const auto kept = static_cast<std::size_t>(end_ - at_);
  const std::ptrdiff_t valid = invalid_ - at_;
  passed_ += static_cast<std::uint64_t>(at_ - buffer_.get());
  if (kept >= capacity_ / 2 && capacity_ < kMostBytes + kFirstBuffer) {
    const std::size_t capacity = std::clamp(2 * capacity_, kFirstBuffer, kMostBytes + kFirstBuffer);
    auto larger = std::make_unique_for_overwrite<char[]>(capacity + Marks::kBlock);
    std::copy(at_, static_cast<const char*>(end_), larger.get());
    buffer_ = std::move(larger);
    capacity_ = capacity;
    scratch_.reset();
  } else {
    std::memmove(buffer_.get(), at_, kept);
  }
  at_ = buffer_.get();
  end_ = buffer_.get() + kept;
  invalid_ = at_ + valid;
}

void CsvReader::State::fill() {
  char* const limit = buffer_.get() + capacity_;
  while (end_ != limit && !ended_) {
    const std::size_t size = source_.read({end_, static_cast<std::size_t>(limit - end_)});
    ended_ = size == 0;
    end_ += size;
  }
  std::fill_n(end_, Marks::kBlock, '\0');
}

void CsvReader::State::look_for_invalid() {
  invalid_ = form_.valid ? end_ : find_invalid(std::max(at_, invalid_), end_);
}

CsvReader::CsvReader(ByteSource& utf8, Form form)
    : state_(std::make_unique<State>(utf8, std::move(form))) {}

CsvReader::CsvReader(ByteSource& utf8) : CsvReader(utf8, Form()) {}

CsvReader::~CsvReader() = default;

bool CsvReader::next(Row& row) { return state_->next(row); }
void CsvReader::hand_over(std::function<void(const BadRow&)> take) {
  state_->hand_over(std::move(take));
}

std::vector<Issue> CsvReader::take_issues() { return state_->take_issues(); }
std::size_t CsvReader::faults() const { return state_->faults(); }
std::uint64_t CsvReader::position() const { return state_->position(); }

Csv read_csv(std::string_view text) {
  Csv csv;
  const auto source = text_bytes(text);
  CsvReader reader(*source);
  Row row;
  while (reader.next(row)) {
    Record& record = csv.records.emplace_back();
    record.line = row.line;
    record.fields.reserve(row.cells.size());
    Spot spot{row.line, 1};
    const char* at = row.text.data();
    for (std::size_t cell = 0; cell < row.cells.size(); ++cell) {
      spot = behind(spot, between(at, row.starts[cell]));
      at = row.starts[cell];
      record.fields.push_back({std::string(row.cells[cell]), spot.line, spot.position});
    }
  }
  csv.issues = reader.take_issues();
  return csv;
}

}  // namespace planfile

#include "planfile/csv.h"

#include <fmt/format.h>
#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

namespace planfile {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// What a byte is to the reader; skip_through and needs_quotes rely on the order.
enum class Kind : std::uint8_t { plain, comma, line_end, quote, nul, high };

constexpr std::array<Kind, 256> kKinds = [] {
  std::array<Kind, 256> kinds{};
  kinds[','] = Kind::comma;
  kinds['\r'] = kinds['\n'] = Kind::line_end;
  kinds['"'] = Kind::quote;
  kinds['\0'] = Kind::nul;
  for (std::size_t byte = 0x80; byte < kinds.size(); ++byte) kinds[byte] = Kind::high;
  return kinds;
}();

Kind kind_of(char byte) { return kKinds[static_cast<unsigned char>(byte)]; }

// What is told once a cell.
enum class Fault : std::uint8_t { encoding, nul, quote, count };

class Reader {
 public:
  explicit Reader(std::string_view text)
      : at_(text.data()), end_(text.data() + text.size()), line_start_(text.data()) {}

  Csv read();

 private:
  void read_row();
  void read_cell(Field& field);
  void read_plain(Field& field);
  void read_quoted(Field& field);
  void close_quoted(const Field& field);
  void take_line_end();
  void take_high();
  void take_odd(Kind kind);
  void skip_through(Kind last);

  bool first_of_cell(Fault fault);
  void report(std::string message);

  [[nodiscard]] bool at_end() const { return at_ == end_; }
  [[nodiscard]] bool at_cell_end() const {
    return at_end() || *at_ == ',' || kind_of(*at_) == Kind::line_end;
  }
  [[nodiscard]] std::size_t position() const {
    return static_cast<std::size_t>(at_ - line_start_) - trailing_ + 1;
  }

  const char* at_;
  const char* end_;
  const char* line_start_;
  std::size_t line_ = 1;
  std::size_t trailing_ = 0;  // bytes of this line before at_ that don't begin a character
  std::size_t width_ = 0;     // fields of the row before: a guess at the next one's
  std::array<bool, static_cast<std::size_t>(Fault::count)> told_{};  // about the cell at hand
  Csv csv_;
};

Csv Reader::read() {
  while (!at_end()) {
    if (kind_of(*at_) == Kind::line_end) {
      take_line_end();
    } else {
      read_row();
    }
  }
  return std::move(csv_);
}

void Reader::read_row() {
  const std::size_t issues_before = csv_.issues.size();
  Record record;
  record.line = line_;
  record.fields.reserve(width_);

  read_cell(record.fields.emplace_back());
  while (!at_end() && *at_ == ',') {
    ++at_;
    read_cell(record.fields.emplace_back());
  }
  if (!at_end()) take_line_end();

  width_ = record.fields.size();
  if (csv_.issues.size() == issues_before) csv_.records.push_back(std::move(record));
}

void Reader::read_cell(Field& field) {
  field.line = line_;
  field.position = position();
  told_.fill(false);
  if (!at_end() && *at_ == '"') {
    read_quoted(field);
  } else {
    read_plain(field);
  }
}

void Reader::read_plain(Field& field) {
  const char* const begin = at_;
  skip_through(Kind::plain);
  while (!at_cell_end()) {
    take_odd(kind_of(*at_));
    skip_through(Kind::plain);
  }
  field.text.assign(begin, at_);
}

void Reader::read_quoted(Field& field) {
  const std::size_t issues_before = csv_.issues.size();
  const char* begin = ++at_;
  for (;;) {
    skip_through(Kind::comma);
    if (at_end()) {
      const auto place = csv_.issues.begin() + static_cast<std::ptrdiff_t>(issues_before);
      csv_.issues.insert(place, {"", field.line, field.position, "", "quote never closes"});
      return;
    }
    const Kind kind = kind_of(*at_);
    if (kind == Kind::line_end) {
      take_line_end();
    } else if (kind != Kind::quote) {
      take_odd(kind);
    } else if (at_ + 1 != end_ && at_[1] == '"') {
      field.text.append(begin, at_ + 1);
      at_ += 2;
      begin = at_;
    } else {
      field.text.append(begin, at_);
      ++at_;
      close_quoted(field);
      return;
    }
  }
}

// Behind the closing quote nothing but the end of the cell should come.
void Reader::close_quoted(const Field& field) {
  if (at_cell_end()) return;
  if (first_of_cell(Fault::quote)) {
    report(field.line == line_
               ? "text behind a closing quote"
               : fmt::format("text behind the closing quote of the cell that begins on line {}",
                             field.line));
  }
  Field rest;
  read_plain(rest);
}

void Reader::take_line_end() {
  at_ += *at_ == '\r' && at_ + 1 != end_ && at_[1] == '\n' ? 2 : 1;
  ++line_;
  line_start_ = at_;
  trailing_ = 0;
}

// A character of several bytes, or one byte that begins none.
void Reader::take_high() {
  utf8proc_int32_t character = 0;
  const auto size =
      utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(at_), end_ - at_, &character);
  if (size > 0) {
    at_ += size;
    trailing_ += static_cast<std::size_t>(size) - 1;
    return;
  }
  if (first_of_cell(Fault::encoding)) {
    report(fmt::format("not UTF-8: 0x{:02X}", static_cast<unsigned char>(*at_)));
  }
  ++at_;
}

void Reader::take_odd(Kind kind) {
  if (kind == Kind::high) return take_high();
  if (kind == Kind::nul) {
    if (first_of_cell(Fault::nul)) report("a NUL character");
  } else if (first_of_cell(Fault::quote)) {
    report("quote inside an unquoted cell");
  }
  ++at_;
}

// Goes over the bytes whose kind comes no later than `last`.
void Reader::skip_through(Kind last) {
  const char* at = at_;
  while (at != end_ && kind_of(*at) <= last) ++at;
  at_ = at;
}

bool Reader::first_of_cell(Fault fault) {
  return !std::exchange(told_[static_cast<std::size_t>(fault)], true);
}

void Reader::report(std::string message) {
  csv_.issues.push_back({"", line_, position(), "", std::move(message)});
}

bool is_blank(char byte) { return byte == ' ' || byte == '\t'; }

bool needs_quotes(std::string_view cell) {
  if (cell.empty()) return false;
  return is_blank(cell.front()) || is_blank(cell.back()) || cell.starts_with(kByteOrderMark) ||
         std::any_of(cell.begin(), cell.end(), [](char byte) {
           return kind_of(byte) >= Kind::comma && kind_of(byte) <= Kind::quote;
         });
}

void append_quoted(std::string& line, std::string_view cell) {
  line += '"';
  for (std::size_t from = 0;;) {
    const std::size_t quote = cell.find('"', from);
    if (quote == std::string_view::npos) {
      line.append(cell, from);
      break;
    }
    line.append(cell, from, quote + 1 - from);
    line += '"';
    from = quote + 1;
  }
  line += '"';
}

}  // namespace

Csv read_csv(std::string_view text) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  return Reader(text).read();
}

std::string csv_line(std::span<const std::string> cells) {
  // Bare, a lone empty cell would be a blank line, which is no row.
  if (cells.size() == 1 && cells.front().empty()) return "\"\"\n";
  std::string line;
  for (const std::string& cell : cells) {
    if (&cell != cells.data()) line += ',';
    if (needs_quotes(cell)) {
      append_quoted(line, cell);
    } else {
      line += cell;
    }
  }
  line += '\n';
  return line;
}

}  // namespace planfile

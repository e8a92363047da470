// CSV and TSV, for programs and for spreadsheets.
#include <algorithm>
#include <array>

#include "csv_write.h"
#include "utf8.h"
#include "writers.h"

namespace planfile {
namespace {

// A number as people write it, such as -3.5% or +1,200, or a mark made of dashes: no formula.
bool is_signed_number(std::string_view text) {
  constexpr std::string_view kSigns = "+-";
  constexpr std::string_view kDigits = "0123456789";
  if (text.find_first_not_of('-') == text.npos) return true;
  text.remove_prefix(std::min(text.find_first_not_of(kSigns), std::size_t{1}));
  if (text.empty() || kDigits.find(text.front()) == text.npos) return false;
  if (text.ends_with('%')) text.remove_suffix(1);
  const std::size_t end = std::min(text.find_first_of("eE"), text.size());
  if (text.substr(0, end).find_first_not_of("0123456789,.") != text.npos) return false;
  std::string_view power = text.substr(end);
  if (power.empty()) return true;
  power.remove_prefix(1);
  if (!power.empty() && kSigns.find(power.front()) != power.npos) power.remove_prefix(1);
  return !power.empty() && power.find_first_not_of(kDigits) == power.npos;
}

// Whether a spreadsheet would run the text.
bool is_formula(std::string_view text) {
  constexpr std::string_view kOpenings[] = {"=",  "+",  "-",  "@",  "\t", "\r",
                                            "\n", "＝", "＋", "－", "＠"};
  const auto opens = [&](std::string_view sign) { return text.starts_with(sign); };
  return std::ranges::any_of(kOpenings, opens) && !is_signed_number(text);
}

// Whether the encoding is a form of Unicode in which Excel looks for a byte-order mark.
bool is_unicode(std::string_view encoding) {
  constexpr std::string_view kMarked[] = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"};
  return encoding.empty() || std::ranges::find(kMarked, encoding) != std::end(kMarked);
}

class CsvWriter : public RowSink {
 public:
  CsvWriter(std::ostream& out, const WriteOptions& options, char delimiter)
      : out_(out),
        delimiter_(delimiter),
        for_excel_(options.excel),
        begins_(options.excel && is_unicode(options.encoding) ? kByteOrderMark : ""),
        line_end_(options.excel ? "\r\n" : "\n") {}

  void head(std::span<const std::string> columns) override {
    line_ = begins_;
    for (const std::string& name : columns) append(name.empty() ? Cell() : Cell(name));
    if (!columns.empty()) end_line(columns.size() == 1 && columns.front().empty());
  }

  void row(std::span<const Cell> cells) override {
    line_.clear();
    for (const Cell& cell : cells) append(cell);
    // As a blank line a lone NULL would be no row to most readers.
    if (!cells.empty()) end_line(cells.size() == 1 && is_null(cells.front()));
  }

 private:
  void append(const Cell& cell) {
    if (const auto* text = std::get_if<std::string>(&cell)) {
      append_text(*text);
    } else {
      line_ += to_text(cell);
    }
    line_ += delimiter_;
  }

  // An empty text is quoted; that tells it from NULL.
  void append_text(std::string_view text) {
    if (for_excel_ && is_formula(text)) {
      append_csv_cell(line_, std::string("'").append(text), delimiter_);
    } else if (text.empty()) {
      line_ += "\"\"";
    } else {
      append_csv_cell(line_, text, delimiter_);
    }
  }

  void end_line(bool is_blank) {
    line_.pop_back();
    if (is_blank) line_ += "\"\"";
    out_ << line_ << line_end_;
  }

  std::ostream& out_;
  char delimiter_;
  bool for_excel_;
  std::string_view begins_, line_end_;
  std::string line_;
};

}  // namespace

std::unique_ptr<RowSink> make_csv_writer(std::ostream& out, const WriteOptions& options,
                                         char delimiter) {
  return std::make_unique<CsvWriter>(out, options, delimiter);
}

}  // namespace planfile

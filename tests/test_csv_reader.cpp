#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ostream>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "planfile/csv.h"

namespace data = boost::unit_test::data;

namespace planfile {
namespace {

using Rows = std::vector<std::vector<std::string>>;

constexpr std::size_t kBuffer = std::size_t{1} << 20;  // what the reader holds of a text at first
constexpr std::size_t kMostBytes = std::size_t{64} << 20;

// Gives a text in pieces of a few bytes.
class Pieces : public ByteSource {
 public:
  Pieces(std::string_view text, std::size_t most) : text_(text), most_(most) {}

  std::size_t read(std::span<char> into) override {
    const std::size_t size = text_.copy(into.data(), std::min(most_, into.size()), at_);
    at_ += size;
    return size;
  }
  void rewind() override { at_ = 0; }
  [[nodiscard]] std::uint64_t size() const override { return text_.size(); }

 private:
  std::string_view text_;
  std::size_t most_, at_ = 0;
};

// A head and then 2 GiB of one byte, counting what is taken of it.
class Endless : public ByteSource {
 public:
  Endless(std::string_view head, char byte) : head_(head), byte_(byte) {}

  std::size_t read(std::span<char> into) override {
    if (taken_ == 0) {
      taken_ = head_.copy(into.data(), into.size());
      return taken_;
    }
    const std::size_t given = std::min<std::uint64_t>(into.size(), size() - taken_);
    std::fill_n(into.data(), given, byte_);
    taken_ += given;
    return given;
  }
  void rewind() override { taken_ = 0; }
  [[nodiscard]] std::uint64_t size() const override { return std::uint64_t{1} << 31; }
  [[nodiscard]] std::uint64_t taken() const { return taken_; }

 private:
  std::string_view head_;
  char byte_;
  std::uint64_t taken_ = 0;
};

std::string show_issues(CsvReader& reader) {
  std::string shown;
  for (const Issue& issue : reader.take_issues()) shown += to_text(issue) + '\n';
  return shown;
}

// Every row, `3: [a]3:1 [b]3:3`, with the place of each cell, then the issues. Long cells are cut.
std::string show(ByteSource& source, const CsvReader::Form& form = {}) {
  std::string shown;
  CsvReader reader(source, form);
  Row row;
  while (reader.next(row)) {
    shown += fmt::format("{}:", row.line);
    for (std::size_t cell = 0; cell < row.cells.size(); ++cell) {
      shown += fmt::format(" [{}]{}:{}", row.cells[cell].substr(0, 40), row.line_of(cell),
                           row.position_of(cell));
    }
    shown += '\n';
  }
  return shown + show_issues(reader);
}

std::string show(std::string_view text, const CsvReader::Form& form = {}) {
  return show(*text_bytes(text), form);
}

std::string show_in_pieces(std::string_view text, std::size_t most) {
  Pieces pieces(text, most);
  return show(pieces);
}

Rows read_rows(std::string_view text, char delimiter) {
  const auto source = text_bytes(text);
  CsvReader reader(*source, {.delimiter = delimiter});
  Rows rows;
  Row row;
  while (reader.next(row)) rows.emplace_back(row.cells.begin(), row.cells.end());
  BOOST_TEST(show_issues(reader) == "");
  return rows;
}

std::string repeated(std::string_view piece, std::size_t size) {
  std::string text;
  while (text.size() < size) text += piece;
  return text;
}

// `0,1,2`
std::string numbers(int count) {
  std::string text = "0";
  for (int number = 1; number < count; ++number) text += fmt::format(",{}", number);
  return text;
}

std::string random_text(unsigned seed) {
  constexpr std::array<std::string_view, 16> kPieces{
      "a", "1008.5", ",", ",",    "\"", "\"\"",       "\n",   "\r",
      " ", "\r\n",   "…", "绍兴", "≥",  "\U0001F600", "\xFF", "\xE4\xB8"};
  std::mt19937 random(seed);
  std::string text;
  for (int left = 400; left > 0; --left) text += kPieces[random() % kPieces.size()];
  return text;
}

Rows random_rows(unsigned seed) {
  constexpr std::array<std::string_view, 14> kPieces{
      "a", "1008.5", ",", ";", "\t", "|", "\"", "\n", "\r", "\r\n", " ", "绍兴", "≥", "\uFEFF"};
  std::mt19937 random(seed);
  Rows rows(500);
  for (auto& row : rows) {
    row.resize(1 + random() % 5);
    for (std::string& cell : row) {
      for (auto left = random() % 6; left > 0; --left) cell += kPieces[random() % kPieces.size()];
    }
  }
  return rows;
}

// Every cell in quotes, so that only the delimiter tells it from others.
std::string write(const Rows& rows, char delimiter) {
  std::string text;
  for (const auto& row : rows) {
    std::string line;
    for (const std::string& cell : row) {
      if (!line.empty()) line += delimiter;
      line += '"';
      for (const char byte : cell) line += std::string(byte == '"' ? 2 : 1, byte);
      line += '"';
    }
    text += line + '\n';
  }
  return text;
}

// What stands about the end of the first buffer.
struct Seam {
  std::string text;
  std::string expected;  // behind the first row, as `show` tells it
};

std::ostream& operator<<(std::ostream& out, const Seam& shown) { return out << shown.text; }

const std::vector<Seam> kSeams{
    {"\nab,cd\nef\n", "2: [ab]2:1 [cd]2:4\n3: [ef]3:1\n"},
    {"\r\nab,cd\r\nef\r\n", "2: [ab]2:1 [cd]2:4\n3: [ef]3:1\n"},
    {"\rab,cd\ref\r", "2: [ab]2:1 [cd]2:4\n3: [ef]3:1\n"},
    {"\r\r\n\n\rab\r\r\n\ncd", "5: [ab]5:1\n8: [cd]8:1\n"},
    {"\n\"绍\r\n兴\r市\"\"\n\"\"\",\"\"\r\nx,\"\"\"\"\n",
     "2: [绍\r\n兴\r市\"\n\"]2:1 []5:5\n6: [x]6:1 [\"]6:3\n"},
    {"\nx,\"a\"b\ny\n", "3: [y]3:1\n2:6: text behind a closing quote\n"},
    {"\n绍\xE4\xB8,\xFF\n兴\n", "3: [兴]3:1\n2:2: not UTF-8: 0xE4\n2:5: not UTF-8: 0xFF\n"},
    {"\nx\ny\xE7\xBB", "2: [x]2:1\n3:2: not UTF-8: 0xE7\n"},
    {"\nx,\"绍\"\"\n", "2:3: quote never closes\n"},
};

// The seam's text at every offset to the end of the first buffer, behind a row of one cell.
std::string show_at_seam(const Seam& seam, std::size_t offset) {
  return show(std::string(kBuffer - offset, 'a') + seam.text);
}

std::string first_row(char byte = 'a') {
  return fmt::format("1: [{}]1:1\n", std::string(40, byte));
}

// A text whose first row is too long, and what is said of it.
struct Long {
  std::string_view head;
  char byte;
  std::string_view expected;
};

std::ostream& operator<<(std::ostream& out, const Long& shown) { return out << shown.head; }

const std::vector<Long> kLong{
    {"b", 'a', "1:1: a row of more than 64 MiB; the rest is not read\n"},
    {"b\n绍,\"", 'a', "2:3: quote does not close within 64 MiB; the rest is not read\n"},
    {"b\n绍,\"", '\n', "2:3: quote does not close within 64 MiB; the rest is not read\n"},
    {"\"", '"', "1:1: quote does not close within 64 MiB; the rest is not read\n"},
    {"a\"", ' ', "1:1: a row of more than 64 MiB; the rest is not read\n"},
    {"b", ',', "1:1: a row of more than 1000000 cells; the rest is not read\n"},
    {"b\n\xFF", ',',
     "2:1: not UTF-8: 0xFF\n2:1: a row of more than 1000000 cells; the rest is not read\n"},
};

BOOST_AUTO_TEST_SUITE(csv_reader)

BOOST_DATA_TEST_CASE(a_text_in_single_bytes_reads_as_the_whole, data::xrange(60U)) {
  const std::string text = random_text(sample);

  BOOST_TEST(show_in_pieces(text, 1) == show(text));
}

BOOST_DATA_TEST_CASE(what_stands_across_the_end_of_a_buffer_is_read_whole,
                     data::make(kSeams) * data::xrange(32U), seam, offset) {
  BOOST_TEST(show_at_seam(seam, offset) == first_row() + seam.expected);
}

BOOST_AUTO_TEST_CASE(a_quoted_cell_may_take_many_buffers) {
  const std::string line = "绍兴,\"\"市\"\"\r\n";
  const std::string cell = repeated(line, 5 * kBuffer);
  const std::size_t lines = cell.size() / line.size();
  const std::string text = "a\n\"" + cell + "\",b\nc\n";
  Pieces pieces(text, 1000);
  CsvReader reader(pieces);
  Row row;

  BOOST_TEST(reader.next(row));
  BOOST_TEST_REQUIRE(reader.next(row));

  BOOST_TEST(row.cells.at(0).size() == cell.size() - 2 * lines);
  BOOST_TEST(row.cells.at(0).starts_with("绍兴,\"市\"\r\n绍兴,"));
  BOOST_TEST(row.text.size() == cell.size() + 4);
  BOOST_TEST(row.line_of(1) == lines + 2);
  BOOST_TEST(row.position_of(1) == 3U);
  BOOST_TEST_REQUIRE(reader.next(row));
  BOOST_TEST(row.line == lines + 3);
  BOOST_TEST(!reader.next(row));
}

BOOST_AUTO_TEST_CASE(a_row_keeps_its_text_as_it_stood) {
  const auto source = text_bytes("\n\"a \"\"b\"\"\", c ,\"d\"\r\ne");
  CsvReader reader(*source);
  Row row;

  BOOST_TEST_REQUIRE(reader.next(row));

  BOOST_TEST(row.text == "\"a \"\"b\"\"\", c ,\"d\"");
  BOOST_TEST((row.cells == std::vector<std::string_view>{"a \"b\"", " c ", "d"}));
  BOOST_TEST(row.starts.at(2) - row.text.data() == 14);
}

BOOST_DATA_TEST_CASE(cells_come_back_by_every_delimiter,
                     data::make(std::vector<char>{',', ';', '\t', '|'}) * data::xrange(5U),
                     delimiter, seed) {
  const Rows rows = random_rows(seed);

  BOOST_TEST((read_rows(write(rows, delimiter), delimiter) == rows));
}

BOOST_AUTO_TEST_CASE(bare_cells_are_cut_at_the_delimiter_alone) {
  const Rows expected{{"a,b", "c|d", ""}, {"e\tf", "", "g"}};

  BOOST_TEST((read_rows("a,b;c|d;\ne\tf;;g", ';') == expected));
  BOOST_TEST((read_rows("a\tb,c\t\td\n\t\n", '\t') == Rows{{"a", "b,c", "", "d"}, {"", ""}}));
  BOOST_TEST((read_rows("a;b|c,d\n|\n", '|') == Rows{{"a;b", "c,d"}, {"", ""}}));
}

BOOST_AUTO_TEST_CASE(what_could_not_be_decoded_is_told_by_the_name_of_the_encoding) {
  const CsvReader::Form form{.encoding = "GB18030"};

  BOOST_TEST(show("绍兴\xFF,b\n\"\xFF\n\xFF\"\nc\n", form) ==
             "4: [c]4:1\n1:3: not GB18030\n2:2: not GB18030\n");
}

BOOST_AUTO_TEST_CASE(a_text_known_to_be_utf8_is_not_examined_again) {
  const CsvReader::Form form{.valid = true};

  BOOST_TEST(show("\xEF\xBB\xBF绍兴,\"a\"\"\"\r\nb\"\n", form) ==
             "1: [绍兴]1:1 [a\"]1:4\n2:2: quote inside an unquoted cell\n");
}

BOOST_AUTO_TEST_CASE(of_many_faults_the_first_are_kept_and_all_are_counted) {
  const std::string text = repeated("a\"\n", 45'000) + "b\nc\"\n";
  const auto source = text_bytes(text);
  CsvReader reader(*source);
  Row row;

  BOOST_TEST(reader.next(row));

  const auto issues = reader.take_issues();
  BOOST_TEST(issues.size() == 10000U);
  BOOST_TEST(issues.back().line == 10000U);
  BOOST_TEST(reader.faults() == 15000U);
  BOOST_TEST(!reader.next(row));
  BOOST_TEST(show_issues(reader) == "15002:2: quote inside an unquoted cell\n");
  BOOST_TEST(reader.faults() == 15001U);
}

BOOST_AUTO_TEST_CASE(the_reader_knows_how_far_it_is) {
  const auto source = text_bytes("\xEF\xBB\xBF绍兴,a\r\nb\n");
  CsvReader reader(*source);
  Row row;

  BOOST_TEST(reader.position() == 0U);
  BOOST_TEST(reader.next(row));
  BOOST_TEST(reader.position() == 13U);
  BOOST_TEST(reader.next(row));
  BOOST_TEST(!reader.next(row));
  BOOST_TEST(reader.position() == source->size());
}

BOOST_DATA_TEST_CASE(a_row_without_end_is_given_up, data::make(kLong)) {
  Endless source(sample.head, sample.byte);

  const std::string shown = show(source);

  BOOST_TEST(shown.ends_with(sample.expected));
  BOOST_TEST(source.taken() <= kMostBytes + 2 * kBuffer);
}

BOOST_AUTO_TEST_CASE(a_row_of_64_mib_is_read_and_a_longer_one_is_not) {
  const std::string text(kMostBytes, 'a');

  BOOST_TEST(show(text + "\r\nb\n") == first_row() + "2: [b]2:1\n");
  BOOST_TEST(show(text + "a\nb\n") == "1:1: a row of more than 64 MiB; the rest is not read\n");
}

BOOST_AUTO_TEST_CASE(a_million_cells_are_read_and_one_more_is_not) {
  const std::string text(999'999, ',');

  BOOST_TEST(read_rows(text, ',').at(0).size() == 1'000'000U);
  BOOST_TEST(show(text + ",\nb\n") ==
             "1:1: a row of more than 1000000 cells; the rest is not read\n");
}

BOOST_AUTO_TEST_CASE(a_hundred_thousand_columns_are_read) {
  const std::string text = numbers(100'000) + '\n' + numbers(100'000);

  const Rows rows = read_rows(text, ',');

  BOOST_TEST_REQUIRE(rows.size() == 2U);
  BOOST_TEST(rows[1].size() == 100'000U);
  BOOST_TEST(rows[1].back() == "99999");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace planfile

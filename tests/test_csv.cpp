#include "planfile/csv.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ostream>
#include <random>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace data = boost::unit_test::data;

namespace planfile {
namespace {

using Rows = std::vector<std::vector<std::string>>;

// A text and what is expected of it.
struct Case {
  std::string text;
  std::string expected;
};

std::ostream& operator<<(std::ostream& out, const Case& shown) { return out << shown.text; }

// `[a][b] [c][d]`: cells in brackets, rows apart.
std::string show_rows(std::string_view text) {
  std::string shown;
  for (const Record& record : read_csv(text).records) {
    if (!shown.empty()) shown += ' ';
    for (const Field& field : record.fields) shown += fmt::format("[{}]", field.text);
  }
  return shown;
}

// `1: 1:1 1:3, 2: 2:1`: each row's line, then line and position of its cells.
std::string show_places(std::string_view text) {
  std::string shown;
  for (const Record& record : read_csv(text).records) {
    shown += fmt::format("{}{}:", shown.empty() ? "" : ", ", record.line);
    for (const Field& field : record.fields) {
      shown += fmt::format(" {}:{}", field.line, field.position);
    }
  }
  return shown;
}

std::string show_issues(std::string_view text) {
  std::string shown;
  for (const Issue& issue : read_csv(text).issues) shown += to_text(issue) + '\n';
  return shown;
}

Rows rows_of(const Csv& csv) {
  Rows rows;
  for (const Record& record : csv.records) {
    auto& row = rows.emplace_back();
    for (const Field& field : record.fields) row.push_back(field.text);
  }
  return rows;
}

std::string write(const Rows& rows) {
  std::string text;
  for (const auto& row : rows) text += csv_line(row);
  return text;
}

std::string random_cell(std::mt19937& random) {
  constexpr std::array<std::string_view, 16> kPieces{
      "a", "1008.5", ",", "\"", "\"\"", "\n", "\r",         "\r\n",
      " ", "\t",     "'", ";",  "绍兴", "≥",  "\U0001F600", "\uFEFF"};
  std::string cell;
  for (auto left = random() % 6; left > 0; --left) cell += kPieces[random() % kPieces.size()];
  return cell;
}

Rows random_rows(unsigned seed) {
  std::mt19937 random(seed);
  Rows rows(500);
  for (auto& row : rows) {
    row.resize(1 + random() % 5);
    for (std::string& cell : row) cell = random_cell(random);
  }
  return rows;
}

std::string random_bytes(std::size_t size) {
  std::mt19937 random(20250101);
  std::string bytes(size, '\0');
  for (char& byte : bytes) byte = static_cast<char>(random() & 0xFF);
  return bytes;
}

std::string repeated(std::string_view piece, std::size_t size) {
  std::string text;
  while (text.size() < size) text += piece;
  return text;
}

bool comes_before(const Issue& one, const Issue& other) {
  return std::tie(one.line, one.position) < std::tie(other.line, other.position);
}

// The texts of the npm package csv-spectrum 2.0.0 (BSD-2-Clause), with the cells its JSON files
// state.
const std::vector<Case> kSpectrum{
    {"first,last,address,city,zip\nJohn,Doe,120 any st.,\"Anytown, WW\",08123",
     "[first][last][address][city][zip] [John][Doe][120 any st.][Anytown, WW][08123]"},
    {"a,b,c\n1,\"\",\"\"\n2,3,4", "[a][b][c] [1][][] [2][3][4]"},
    {"a,b,c\r\n1,\"\",\"\"\r\n2,3,4", "[a][b][c] [1][][] [2][3][4]"},
    {"a,b\n1,\"ha \"\"ha\"\" ha\"\n3,4\n", "[a][b] [1][ha \"ha\" ha] [3][4]"},
    {"key,val\n1,\"{\"\"type\"\": \"\"Point\"\", \"\"coordinates\"\": [102.0, 0.5]}\"\n",
     "[key][val] [1][{\"type\": \"Point\", \"coordinates\": [102.0, 0.5]}]"},
    {"a,b,c\n1,2,3\n\"Once upon \na time\",5,6\n7,8,9\n",
     "[a][b][c] [1][2][3] [Once upon \na time][5][6] [7][8][9]"},
    {"a,b,c\r\n1,2,3\r\n\"Once upon \r\na time\",5,6\r\n7,8,9\r\n",
     "[a][b][c] [1][2][3] [Once upon \r\na time][5][6] [7][8][9]"},
    {"a,b\n1,\"ha \n\"\"ha\"\" \nha\"\n3,4\n", "[a][b] [1][ha \n\"ha\" \nha] [3][4]"},
    {"a,b,c\n1,2,3\n", "[a][b][c] [1][2][3]"},
    {"a,b,c\r\n1,2,3\r\n", "[a][b][c] [1][2][3]"},
    {"a,b,c\n1,2,3\n4,5,ʤ", "[a][b][c] [1][2][3] [4][5][ʤ]"},
};

const std::vector<Case> kShapes{
    {"", ""},
    {"\n\r\n\r", ""},
    {"a", "[a]"},
    {"a,", "[a][]"},
    {",", "[][]"},
    {"\"\"", "[]"},
    {" ", "[ ]"},
    {"a\n\n\r\nb\n", "[a] [b]"},
    {"a,b\r\nc,d\re,f\ng,h", "[a][b] [c][d] [e][f] [g][h]"},
    {"a,b,c\nd\ne,f", "[a][b][c] [d] [e][f]"},
    {" a , b ", "[ a ][ b ]"},
    {"\"a,\"\"b\"\"\",\"\"\"\"", "[a,\"b\"][\"]"},
    {"'a,b'", "['a][b']"},
    {"\xEF\xBB\xBF", ""},
    {"\xEF\xBB\xBF\"a\",b", "[a][b]"},
    {"a,\xEF\xBB\xBFz", "[a][\uFEFFz]"},
    {"a\x1B,b\x7F", "[a\x1B][b\x7F]"},
};

const std::vector<Case> kPlaces{
    {"a,bc,,d\n\nx", "1: 1:1 1:3 1:6 1:7, 3: 3:1"},
    {"\xEF\xBB\xBF指标,地区\r\n\U0001F600é,x", "1: 1:1 1:4, 2: 2:1 2:4"},
    {"\"字,\n二行\",c,d\ne", "1: 1:1 2:5 2:7, 3: 3:1"},
    {"\"a\r\nb\rc\n\",\"d\"\"e\",f\rg", "1: 1:1 4:3 4:10, 5: 5:1"},
    {"\"\n\",\"\n二\",x", "1: 1:1 2:3 3:4"},
};

// The last two: cells of GB18030, each told once; a cut character does not swallow a comma.
const std::vector<Case> kNotUtf8{
    {"ab\xFF", "1:3: not UTF-8: 0xFF\n"},
    {"\x80", "1:1: not UTF-8: 0x80\n"},
    {"\xC0\x80", "1:1: not UTF-8: 0xC0\n"},
    {"\xC1\xBF", "1:1: not UTF-8: 0xC1\n"},
    {"\xE0\x80\xAF", "1:1: not UTF-8: 0xE0\n"},
    {"\xF0\x80\x80\xAF", "1:1: not UTF-8: 0xF0\n"},
    {"\xED\xA0\x80", "1:1: not UTF-8: 0xED\n"},
    {"\xED\xBF\xBF", "1:1: not UTF-8: 0xED\n"},
    {"\xF4\x90\x80\x80", "1:1: not UTF-8: 0xF4\n"},
    {"\xF8\x88\x80\x80\x80", "1:1: not UTF-8: 0xF8\n"},
    {"\xE4\xB8", "1:1: not UTF-8: 0xE4\n"},
    {"\xF0\x9F\x98", "1:1: not UTF-8: 0xF0\n"},
    {"\"x\n绍\xC3\"", "2:2: not UTF-8: 0xC3\n"},
    {"\xD6\xB8\xB1\xEA,\xC4\xEA", "1:2: not UTF-8: 0xB1\n1:5: not UTF-8: 0xC4\n"},
    {"a\xE4\xB8,\xE4\n", "1:2: not UTF-8: 0xE4\n1:5: not UTF-8: 0xE4\n"},
};

const std::vector<Case> kFaults{
    {"a,5\" pipe,\"x\"", "1:4: quote inside an unquoted cell\n"},
    {"a\"b\"c\"", "1:2: quote inside an unquoted cell\n"},
    {"a, \"b\"", "1:4: quote inside an unquoted cell\n"},
    {"\"a\"b\"c\",d", "1:4: text behind a closing quote\n"},
    {"\"a\" ,b", "1:4: text behind a closing quote\n"},
    {"x\n\"a\n\n绍\"b", "4:3: text behind the closing quote of the cell that begins on line 2\n"},
    {"a,\"b\nc,d\n", "1:3: quote never closes\n"},
    {"a\n绍,\"", "2:3: quote never closes\n"},
    {"a\"\nb,\"\"\"\n\xFF,c",
     "1:2: quote inside an unquoted cell\n2:3: quote never closes\n"
     "3:1: not UTF-8: 0xFF\n"},
    {std::string("a\0b\0,\0", 6), "1:2: a NUL character\n1:6: a NUL character\n"},
    {"\xFF\",\"b\"\xFF\"\n\"\xFF\"x",
     "1:1: not UTF-8: 0xFF\n1:2: quote inside an unquoted cell\n"
     "1:7: text behind a closing quote\n1:7: not UTF-8: 0xFF\n"
     "2:2: not UTF-8: 0xFF\n2:4: text behind a closing quote\n"},
};

// Cells and their line.
struct Line {
  std::vector<std::string> cells;
  std::string expected;
};

std::ostream& operator<<(std::ostream& out, const Line& shown) { return out << shown.expected; }

const std::vector<Line> kLines{
    {{"a", "", "b c"}, "a,,b c\n"},
    {{"1,008.5", "say \"hi\"", "a\nb", "a\rb"},
     "\"1,008.5\",\"say \"\"hi\"\"\",\"a\nb\",\"a\rb\"\n"},
    {{" a", "a ", "\ta", "a\t", " "}, "\" a\",\"a \",\"\ta\",\"a\t\",\" \"\n"},
    {{"\""}, "\"\"\"\"\n"},
    {{"绍兴市", "≥99"}, "绍兴市,≥99\n"},
    {{"\uFEFFa"}, "\"\uFEFFa\"\n"},
    {{""}, "\"\"\n"},
    {{"", ""}, ",\n"},
    {{}, "\n"},
};

constexpr std::size_t kLong = std::size_t{1} << 23;

// A text that would cost most if anything were read twice.
struct Long {
  std::string_view name;
  std::string (*text)();
};

std::ostream& operator<<(std::ostream& out, const Long& shown) { return out << shown.name; }

const std::vector<Long> kLongTexts{
    {"random bytes", [] { return random_bytes(kLong); }},
    {"quotes", [] { return repeated("\"", kLong); }},
    {"a quote that never closes", [] { return "\"" + repeated("\"\"", kLong); }},
    {"quotes and line ends", [] { return repeated("\"\n", kLong); }},
    {"quotes inside", [] { return repeated("a\"\n", kLong); }},
    {"text behind quotes", [] { return repeated("\"\n\"b\n", kLong); }},
    {"bad bytes behind a quote", [] { return "\"" + repeated("\xFF,\n", kLong); }},
    {"line ends", [] { return repeated("\r\n", kLong); }},
};

BOOST_AUTO_TEST_SUITE(csv)

BOOST_DATA_TEST_CASE(the_cases_of_csv_spectrum_are_read_as_it_states, data::make(kSpectrum)) {
  BOOST_TEST(show_rows(sample.text) == sample.expected);
  BOOST_TEST(show_issues(sample.text) == "");
}

BOOST_DATA_TEST_CASE(a_text_is_cut_into_rows_and_cells, data::make(kShapes)) {
  BOOST_TEST(show_rows(sample.text) == sample.expected);
  BOOST_TEST(show_issues(sample.text) == "");
}

BOOST_DATA_TEST_CASE(a_cell_knows_its_line_and_character, data::make(kPlaces)) {
  BOOST_TEST(show_places(sample.text) == sample.expected);
}

BOOST_DATA_TEST_CASE(a_byte_that_is_not_utf8_is_an_issue, data::make(kNotUtf8)) {
  BOOST_TEST(show_issues(sample.text) == sample.expected);
}

BOOST_DATA_TEST_CASE(a_fault_is_an_issue_where_it_stands, data::make(kFaults)) {
  BOOST_TEST(show_issues(sample.text) == sample.expected);
}

BOOST_AUTO_TEST_CASE(the_first_and_last_characters_of_each_length_are_utf8) {
  const std::string text = "\x7F\u0080\u07FF\u0800\uD7FF\uE000\uFFFF\U00010000\U0010FFFF";

  BOOST_TEST(show_rows(text) == "[" + text + "]");
  BOOST_TEST(show_issues(text) == "");
}

BOOST_AUTO_TEST_CASE(rows_with_a_fault_are_left_out_and_the_others_kept) {
  const std::string text = "a,b\n1,x\"\n2,ok\n\xFF,3\n\"4\"5,6\n7,ok\n8,\"open\n9,lost\n";

  BOOST_TEST(show_rows(text) == "[a][b] [2][ok] [7][ok]");
  BOOST_TEST(show_issues(text) ==
             "2:4: quote inside an unquoted cell\n"
             "4:1: not UTF-8: 0xFF\n"
             "5:4: text behind a closing quote\n"
             "7:3: quote never closes\n");
}

BOOST_AUTO_TEST_CASE(an_issue_leaves_file_and_column_to_the_caller) {
  const Csv csv = read_csv("\n\"a");

  BOOST_TEST_REQUIRE(csv.issues.size() == 1U);
  BOOST_TEST((csv.issues.front() == Issue{"", 2, 1, "", "quote never closes"}));
}

BOOST_DATA_TEST_CASE(a_row_is_written_with_quotes_where_they_are_needed, data::make(kLines)) {
  BOOST_TEST(csv_line(sample.cells) == sample.expected);
}

BOOST_DATA_TEST_CASE(reading_what_was_written_gives_it_back, data::xrange(40U)) {
  const Rows rows = random_rows(sample);

  const Csv csv = read_csv(write(rows));

  BOOST_TEST(csv.issues.empty());
  BOOST_TEST((rows_of(csv) == rows));
}

BOOST_DATA_TEST_CASE(a_long_text_is_read_through_with_the_issues_in_order, data::make(kLongTexts)) {
  const Csv csv = read_csv(sample.text());

  BOOST_TEST(std::ranges::is_sorted(csv.issues, comes_before));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace planfile

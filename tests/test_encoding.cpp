#include "planfile/encoding.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include <filesystem>
#include <ostream>
#include <random>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "gb18030.h"
#include "planfile/file.h"
#include "support.h"

namespace data = boost::unit_test::data;

namespace planfile {
namespace {

using namespace std::string_literals;

// UTF-8 in another encoding, as iconv has it.
std::string recode(std::string_view utf8, std::string_view encoding) {
  const test::Folder folder;
  const auto path = folder.write("text", utf8);
  return test::shell(fmt::format("iconv -f UTF-8 -t {} {}", encoding, path)).out;
}

std::string read_all(ByteSource& source) {
  std::string text;
  char piece[1000];
  while (const std::size_t size = source.read(piece)) text.append(piece, size);
  return text;
}

// `GB18030, marked` or `GB18030? windows-1252: 2: [脺bersicht|Übersicht]` or the reason of a
// refusal.
std::string show(std::string_view text) {
  const auto bytes = text_bytes(text);
  const auto found = detect_encoding(*bytes);
  BOOST_TEST(read_all(*bytes) == text);
  if (!found) return found.reason;
  std::string shown = found->name + (found->marked ? ", marked" : "");
  if (!found->other.empty()) shown += "? " + found->other + ":";
  for (const auto& [line, own, other] : found->doubts) {
    shown += fmt::format(" {}:[{}|{}]", line, own, other);
  }
  return shown;
}

// The same without the cells.
std::string show_name(std::string_view text) {
  const std::string shown = show(text);
  return shown.substr(0, shown.find(':'));
}

// Every sequence of two bytes that begins with a high one, and those of four at the ends of ranges.
std::vector<std::string> sequences() {
  std::vector<std::string> all{"\x81\x30\x81\x30", "\x84\x31\xA4\x39", "\x84\x31\xA5\x30",
                               "\x8F\xFE\xFE\x39", "\x90\x30\x80\x30", "\x90\x30\x81\x30",
                               "\xE3\x32\x9A\x35", "\xE3\x32\x9A\x36", "\xFE\x39\xFE\x39",
                               "\x81\x30\x81\x40", "\x81\x30\xFF\x30", "\x81\x3A\x81\x30"};
  for (int lead = 0x80; lead <= 0xFF; ++lead) {
    for (int trail = 0x20; trail <= 0xFF; ++trail) {
      all.push_back({static_cast<char>(lead), static_cast<char>(trail)});
    }
  }
  return all;
}

// Those that are a character for gb18030_size and not for the converter, or the other way round.
std::string judged_otherwise(const std::vector<std::string>& sequences) {
  std::string found;
  for (const std::string& sequence : sequences) {
    const auto bytes = text_bytes(sequence);
    const bool is_taken = read_all(*to_utf8(*bytes, "gb18030")).find('\xFF') == std::string::npos;
    if ((gb18030_size(sequence) == sequence.size()) != is_taken) found += sequence + ' ';
  }
  return found;
}

std::string rows_of_ascii(int count) {
  std::string rows;
  for (int row = 0; row < count; ++row) rows += fmt::format("ind-{},330600,2024,17.5\n", row);
  return rows;
}

std::string random_bytes(unsigned seed) {
  std::mt19937 random(seed);
  std::string bytes(1U << 16, '\0');
  for (char& byte : bytes) byte = static_cast<char>(random() | 1);
  return bytes;
}

struct Case {
  std::string text;
  std::string expected;
};

std::ostream& operator<<(std::ostream& out, const Case& shown) { return out << shown.expected; }

const std::vector<Case> kUnicode{
    {"", "UTF-8"},
    {"year,value\n2024,1008.5\n", "UTF-8"},
    {"指标,单位\n地区生产总值,亿元\n", "UTF-8"},
    {"Übersicht;Größe\ncafé;naïve\n", "UTF-8"},
    {"Москва,α,Łódź,Hawaiʻi,ığ\n", "UTF-8"},
    {"\U0001F600,\U00020BB7", "UTF-8"},
    {"\xEF\xBB\xBF指标\n", "UTF-8, marked"},
    {"\xEF\xBB\xBF", "UTF-8, marked"},
    {"\xFF\xFE\x07\x63,\0\n\0"s, "UTF-16LE, marked"},
    {"\xFE\xFF\x63\x07\0,\0\n"s, "UTF-16BE, marked"},
    {"\xFF\xFE\0\0a\0\0\0"s, "UTF-32LE, marked"},
    {"\x84\x31\x95\x33\xD6\xB8\xB1\xEA\n", "GB18030, marked"},
};

// GB18030 beyond doubt, each alone and as one cell among ASCII.
const std::vector<std::string> kChinese{
    "中",           "你好",
    "亿元",         "绍兴",
    "企业",         "是",
    "诸暨",         "嵊州市",
    "GDP增速",      "5G基站",
    "PM2.5浓度",    "A股",
    "kg以上",       "２０２５年（预期）",
    "——",           "℃",
    "朱镕基",       "李堃",
    "王㙟",         "陈喆、张玥",
    "㎡",           "国内生产总值（按不变价格计算）",
    "國內生產總值", "\U00020BB7野",
};

// Cells whose bytes are UTF-8 too, by accident.
const std::vector<Case> kBothWays{
    {"元", "UTF-8? GB18030: 2:[Ԫ|元]"},    {"亩", "UTF-8? GB18030: 2:[Ķ|亩]"},
    {"平台", "UTF-8? GB18030: 2:[ƽ̨|平台]"},  {"小时", "UTF-8? GB18030: 2:[Сʱ|小时]"},
    {"目前", "UTF-8? GB18030: 2:[Ŀǰ|目前]"}, {"pH值", "UTF-8? GB18030: 2:[pHֵ|pH值]"},
};

// Text in an encoding, and what becomes of it.
struct Foreign {
  std::string_view encoding;
  std::string text;
  std::string expected;
};

std::ostream& operator<<(std::ostream& out, const Foreign& shown) { return out << shown.text; }

const std::vector<Foreign> kDoubtful{
    {"WINDOWS-1252", "Übersicht\n", "GB18030? windows-1252: 1:[躡ersicht|Übersicht]"},
    {"WINDOWS-1252", "Jahr;Größe\n2024;12\n", "GB18030? windows-1252: 1:[Gr鲞e|Größe]"},
    {"WINDOWS-1252", "a\nÉtat,naïve,x\ncréée\n",
     "GB18030? windows-1252: 2:[蓆at|État] 2:[na飗e|naïve] 3:[cr殚e|créée]"},
    {"WINDOWS-1252", "ÜBERSICHT\tGRÖSSE\n",
     "GB18030? windows-1252: 1:[蹷ERSICHT|ÜBERSICHT] 1:[GR諷SE|GRÖSSE]"},
    {"WINDOWS-1252", "McDonaldøyene\n", "GB18030? windows-1252: 1:[McDonald鴜ene|McDonaldøyene]"},
    {"WINDOWS-1252", "l’état\n", "GB18030? windows-1252: 1:[l掗tat|l’état]"},
    {"BIG5", "指標,單位\n地區生產總值,億元\n", "GB18030? Big5"},
    {"BIG5", "中文\n", "GB18030? Big5"},
    {"SHIFT_JIS", "指標,単位\nひらがな,カタカナ\n", "GB18030? Shift_JIS"},
    {"EUC-KR", "지표,단위\n지역내총생산,억원\n인구밀도,명매제곱킬로미터\n", "GB18030? EUC-KR"},
    {"WINDOWS-1251", "Рост,Мера\nна душу,село\n", "GB18030? windows-1251"},
    // A word or two are enough, where they read as characters that hardly stand alone.
    {"EUC-KR", "지표\n", "GB18030? EUC-KR"},
    {"EUC-KR", "실업률,2024\n", "GB18030? EUC-KR"},
    {"WINDOWS-1251", "Рост\n", "GB18030? windows-1251"},
    {"WINDOWS-1251", "Москва,2024\n", "GB18030? windows-1251"},
    {"WINDOWS-1253", "Πόλη\nΤιμή\n", "GB18030? windows-1253"},
    {"SHIFT_JIS", "単位\n", "GB18030? Shift_JIS"},
    {"BIG5", "人口\n", "GB18030? Big5"},
    {"WINDOWS-1250", "Ludność;Województwo\n",
     "GB18030? windows-1250: 1:[Ludno滄|Ludność] 1:[Wojew骴ztwo|Województwo]"},
    {"ISO-8859-2", "Gęstość\n", "GB18030? ISO-8859-2"},
};

const std::vector<Foreign> kUndecodable{
    {"WINDOWS-1252", "Jahr\n1,café,x\n",
     "neither UTF-8 (fails at 2:6: 0xE9) nor GB18030 (fails at 2:6): name its encoding with "
     "--encoding, such as GBK or windows-1252"},
    {"WINDOWS-1252", "Länge,Größe,là\r\n",
     "neither UTF-8 (fails at 1:2: 0xE4) nor GB18030 (fails at 1:12): name its encoding with "
     "--encoding, such as GBK or windows-1252"},
    {"GBK", "年份\n价格（€）\n",
     "neither UTF-8 (fails at 1:1: 0xC4) nor GB18030 (fails at 2:4): name its encoding with "
     "--encoding, such as GBK or windows-1252"},
};

const std::vector<Case> kNuls{
    {"a\nb,\0"s, "not a text: a NUL byte on line 2"},
    {"\0"s, "not a text: a NUL byte on line 1"},
    {"\xD6\xB8\n\n\0,"s, "not a text: a NUL byte on line 3"},
    {"a\0,\0\x07\x63\n\0"s,
     "every other byte is a NUL, as in UTF-16 without a byte-order mark: if so, say --encoding "
     "UTF-16LE"},
    {"\0a\0,\x63\x07\0\n"s,
     "every other byte is a NUL, as in UTF-16 without a byte-order mark: if so, say --encoding "
     "UTF-16BE"},
};

const std::vector<Case> kNoCsv{
    {"PK\x03\x04\x14\0\x06[Content_Types].xml...PK\x03\x04xl/workbook.xml"s,
     "an Excel workbook, not CSV: save it as CSV (UTF-8) first"},
    {"PK\x03\x04\x14\0mimetypeapplication/vnd.oasis.opendocument.spreadsheet"s,
     "an OpenDocument spreadsheet, not CSV: save it as CSV (UTF-8) first"},
    {"PK\x03\x04\x14\0word/document.xml"s,
     "a Word document, not CSV: export its table as CSV first"},
    {"PK\x03\x04\x14\0gdp.csv"s, "a ZIP archive, not CSV: unpack it first"},
    {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0"s,
     "an old Excel workbook (.xls) or other Office file, not CSV: save it as CSV (UTF-8) first"},
    {"%PDF-1.7\n", "a PDF document, not CSV: export its table as CSV first"},
    {"SQLite format 3\0\x10"s, "an SQLite file, not CSV: export its table as CSV first"},
    {"\x1F\x8B\x08", "an archive (gzip), not CSV: unpack it first"},
    {"\n<!DOCTYPE html><html>",
     "an HTML page, not CSV: open it in a spreadsheet and save it as CSV (UTF-8) first"},
    {"\xEF\xBB\xBF<HTML xmlns:x=\"urn:schemas-microsoft-com:office:excel\">",
     "an HTML page, not CSV: open it in a spreadsheet and save it as CSV (UTF-8) first"},
    {"<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?>",
     "an XML document, not CSV: open it in a spreadsheet and save it as CSV (UTF-8) first"},
};

BOOST_AUTO_TEST_SUITE(encoding)

BOOST_DATA_TEST_CASE(unicode_is_known_by_its_bytes_or_its_mark, data::make(kUnicode)) {
  BOOST_TEST(show(sample.text) == sample.expected);
}

BOOST_DATA_TEST_CASE(chinese_in_gb18030_is_beyond_doubt, data::make(kChinese)) {
  BOOST_TEST(show(recode(sample, "GB18030")) == "GB18030");
  BOOST_TEST(show(recode("id,name\n1,\"" + sample + "\"\n2,x\n", "GB18030")) == "GB18030");
}

// The doubts about a text's bytes in GB18030 among those that are no UTF-8.
void show_doubts(const std::string& utf8, std::vector<std::string>& doubted) {
  const auto bytes = from_utf8(utf8, "GB18030");
  if (!bytes) return;
  const auto source = text_bytes(*bytes);
  const auto found = detect_encoding(*source);
  if (found && found->name == "GB18030" && !found->doubts.empty()) {
    doubted.push_back(utf8 + " " + found->other);
  }
}

BOOST_AUTO_TEST_CASE(no_region_and_no_line_of_a_table_alone_is_doubtful) {
  std::vector<std::string> doubted;

  for (const Entity& entity : File::in_memory().all<Entity>()) show_doubts(entity.name, doubted);
  for (const auto& table :
       std::filesystem::directory_iterator(test::root() / "tests/data/layouts")) {
    std::istringstream text(test::read(table.path()));
    show_doubts(text.str(), doubted);
    for (std::string line; std::getline(text, line);) show_doubts(line + "\n", doubted);
  }

  BOOST_TEST(doubted == std::vector<std::string>(), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_plan_table_with_rare_characters_is_gb18030) {
  const std::string table =
      "指标名称,单位,属性,２０２０年,2025年目标,负责人\r\n"
      "地区生产总值（GDP）,亿元,预期性,1008.5,≥1500,朱镕基\r\n"
      "规上企业 R&D 占比,%,约束性,＜4,3.7 (2019),李堃 王㙟 陈喆\r\n";

  BOOST_TEST(show(recode(table, "GB18030")) == "GB18030");
}

BOOST_AUTO_TEST_CASE(one_cell_among_many_of_ascii_makes_gb18030) {
  const std::string rows = rows_of_ascii(100'000);

  BOOST_TEST(show(recode(rows + "gdp,中,2024,1\n", "GB18030")) == "GB18030");
}

BOOST_DATA_TEST_CASE(what_is_utf8_and_gb18030_alike_is_doubtful, data::make(kBothWays)) {
  BOOST_TEST(show(recode("unit,value\n" + sample.text + ",1\n", "GB18030")) == sample.expected);
}

BOOST_DATA_TEST_CASE(text_that_is_gb18030_by_accident_is_doubtful, data::make(kDoubtful)) {
  const std::string bytes = recode(sample.text, sample.encoding);
  const bool with_cells = sample.expected.find(':') != std::string::npos;

  BOOST_TEST((with_cells ? show(bytes) : show_name(bytes)) == sample.expected);
}

BOOST_AUTO_TEST_CASE(doubtful_cells_are_shown_as_both_read_them) {
  const std::string text = "a;b\n中文|x\n\"統計\"\t1\n中文\n資料\n所得\n消費\n工業\n";

  BOOST_TEST(show(recode(text, "BIG5")) ==
             "GB18030? Big5: 2:[いゅ|中文] 3:[参璸|統計] 5:[戈|資料] 6:[┮眔|所得] 7:[禣|消費]");
}

BOOST_DATA_TEST_CASE(what_no_encoding_fits_is_refused_with_its_place, data::make(kUndecodable)) {
  BOOST_TEST(show(recode(sample.text, sample.encoding)) == sample.expected);
}

// 万元 cut off behind two of its six bytes; GB18030 would read what is left.
BOOST_AUTO_TEST_CASE(utf8_that_was_cut_off_within_a_character_is_not_another_encoding) {
  const std::string text = "指标,单位\n地区生产总值,亿元\n出口总额,\xE4\xB8";
  const auto source = text_bytes(text);

  const auto found = detect_encoding(*source);

  BOOST_TEST(!found);
  BOOST_TEST(found.reason ==
             "UTF-8 that ends within a character on line 3: the file is not whole; if it is in "
             "another encoding, name it with --encoding");
}

BOOST_AUTO_TEST_CASE(a_text_marked_as_utf8_must_be_utf8) {
  BOOST_TEST(show("\xEF\xBB\xBF指\n\n标\xB1\xEA") ==
             "marked as UTF-8, which it is not (fails at 3:2: 0xB1)");
  BOOST_TEST(show("\xEF\xBB\xBF指\xE4\xB8") ==
             "marked as UTF-8, which it is not (fails at 1:2: 0xE4)");
}

BOOST_DATA_TEST_CASE(nuls_are_refused_with_what_they_may_mean, data::make(kNuls)) {
  BOOST_TEST(show(sample.text) == sample.expected);
}

BOOST_DATA_TEST_CASE(a_file_that_is_no_csv_is_named, data::make(kNoCsv)) {
  BOOST_TEST(show(sample.text) == sample.expected);
}

BOOST_DATA_TEST_CASE(a_character_across_the_end_of_a_block_is_whole, data::xrange(5U)) {
  const std::string head = std::string((1U << 20) - sample, '\n');

  BOOST_TEST(show(head + "标\U0001F600x") == "UTF-8");
  BOOST_TEST(show(head + recode("标㙟x", "GB18030")) == "GB18030");
  BOOST_TEST(show(head + "\xB1\xEA\xFF") ==
             fmt::format("neither UTF-8 (fails at {0}:1: 0xB1) nor GB18030 (fails at {0}:2): name "
                         "its encoding with --encoding, such as GBK or windows-1252",
                         head.size() + 1));
}

BOOST_DATA_TEST_CASE(random_bytes_are_refused, data::xrange(20U)) {
  BOOST_TEST(show(random_bytes(sample)).starts_with("neither UTF-8 (fails at "));
}

BOOST_AUTO_TEST_CASE(what_counts_as_gb18030_is_what_the_converter_takes) {
  BOOST_TEST(judged_otherwise(sequences()) == "");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace planfile

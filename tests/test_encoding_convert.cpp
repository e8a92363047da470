#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "planfile/csv.h"
#include "planfile/encoding.h"
#include "support.h"

namespace data = boost::unit_test::data;

namespace planfile {
namespace {

using namespace std::string_literals;

std::string read_all(ByteSource& source, std::size_t piece) {
  std::string text;
  std::vector<char> into(piece);
  while (const std::size_t size = source.read(into)) text.append(into.data(), size);
  return text;
}

std::string decoded(std::string_view bytes, std::string_view encoding, std::size_t piece = 1000) {
  const auto source = text_bytes(bytes);
  return read_all(*to_utf8(*source, encoding), piece);
}

// Gives one byte a time.
class SingleBytes : public ByteSource {
 public:
  explicit SingleBytes(std::string_view text) : text_(text) {}

  std::size_t read(std::span<char> into) override {
    return text_.copy(into.data(), std::min<std::size_t>(1, into.size()), at_) == 0 ? 0
                                                                                    : (++at_, 1);
  }
  void rewind() override { at_ = 0; }
  [[nodiscard]] std::uint64_t size() const override { return text_.size(); }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

// A text in an encoding, as iconv has both.
struct Converted {
  std::string bytes, utf8;
};

// `text` in the encoding, without the characters that it lacks.
Converted convert(std::string_view text, std::string_view encoding) {
  const test::Folder folder;
  const auto path = folder.write("text", text);
  // With -c iconv ends with 1 when it left something out, which is as it should be here.
  const std::string bytes =
      test::shell(fmt::format("iconv -c -f UTF-8 -t {} {}", encoding, path)).out;
  const auto recoded = folder.write("recoded", bytes);
  return {bytes, test::shell(fmt::format("iconv -f {} -t UTF-8 {}", encoding, recoded)).out};
}

// The example's figures, plans and sources, and the tables of names in six languages below.
std::string long_text() {
  std::string text;
  for (const std::string_view name :
       {"observation.csv", "target.csv", "source.csv", "project.csv"}) {
    text += test::read(test::root() / "data/shaoxing" / name);
  }
  text +=
      "編號,名稱,單位\n臺灣地區,億元,國內生產總值\n"
      "番号,名称,単位\n東京都,億円,県内総生産,ひらがな,カタカナ,ｶﾅ\n"
      "Übersicht,Größe,Straße;café,naïve,œuvre,€\n"
      "堃,镕,㙟,㐂,\U00020BB7,\U0001F600,２０２５年,℃,㎡\n";
  while (text.size() < 300'000) text += text;
  return text;
}

const std::vector<std::string> kEncodings{"GB18030",   "GBK",          "GB2312",       "BIG5",
                                          "SHIFT_JIS", "EUC-JP",       "UTF-16LE",     "UTF-16BE",
                                          "UTF-32LE",  "WINDOWS-1252", "WINDOWS-1251", "KOI8-R"};

struct Case {
  std::string encoding, bytes, expected;
};

std::ostream& operator<<(std::ostream& out, const Case& shown) {
  return out << shown.encoding << ' ' << shown.expected;
}

// What a sequence that can't be decoded takes with it is ICU's to say; what follows it must stay.
const std::vector<Case> kBroken{
    {"GB18030", "a\xFF,\xD6\xB8", "a\xFF,指"},
    {"GB18030", "\xD6\xB8\x80\n\xB1\xEA", "指\xFF\n标"},
    {"GB18030", "\xD6,\xB1\xEA", "\xFF,标"},
    {"GB18030", "\x81\x30\x81,b",
     "\xFF"
     "0\xFF,b"},
    {"GB18030", "a\xD6", "a\xFF"},
    {"GB18030",
     "\xFE\x39\xFE\x39"
     "a",
     "\xFF"
     "a"},
    {"BIG5", "\xAB\xFC\xAB,\xBC\xD0", "指\xFF,標"},
    {"SHIFT_JIS", "\x82\xA0\xFD", "あ\xFF"},
    {"UTF-16LE", "a\0\x00\xD8,\0\x07\x63"s, "a\xFF,指"},
    {"UTF-16LE", "\x07\x63,"s, "指\xFF"},
    {"UTF-16LE", "\0\0a\0"s, "\0a"s},
};

const std::vector<Case> kMarked{
    {"UTF-8", "\xEF\xBB\xBF指\xEF\xBB\xBF", "指\uFEFF"},
    {"UTF-8", "\xEF\xBB", "\xEF\xBB"},
    {"UTF-8", "a\xFF\xC0", "a\xFF\xC0"},
    {"UTF-16LE", "\xFF\xFE\x07\x63", "指"},
    {"UTF-16BE", "\xFE\xFF\x63\x07", "指"},
    {"UTF-16", "\xFE\xFF\x63\x07", "指"},
    {"UTF-16", "\xFF\xFE\x07\x63", "指"},
    {"GB18030", "\x84\x31\x95\x33\xD6\xB8", "指"},
    {"GBK", "", ""},
};

struct Named {
  std::string given, expected;
};

std::ostream& operator<<(std::ostream& out, const Named& shown) { return out << shown.given; }

const std::vector<Named> kNames{
    {"utf8", "UTF-8"},
    {"UTF-16le", "UTF-16LE"},
    {"gb18030", "GB18030"},
    {"gbk", "GBK"},
    {"cp936", "GBK"},
    {"Big5", "Big5"},
    {"big5-hkscs", "Big5-HKSCS"},
    {"sjis", "Shift_JIS"},
    {"latin1", "ISO-8859-1"},
    {"cp1252", "windows-1252"},
    {"", "no such encoding: \"\""},
    {"gb18031", "no such encoding: \"gb18031\"; nearest: \"gb18030\""},
};

struct Lacking {
  std::string encoding, text, reason;
};

std::ostream& operator<<(std::ostream& out, const Lacking& shown) { return out << shown.text; }

const std::vector<Lacking> kLacking{
    {"gbk", "李堃 王㙟", "GBK has no \"㙟\" (U+365F)"},
    {"gbk", "李\U00020BB7", "GBK has no \"\U00020BB7\" (U+20BB7)"},
    {"latin1", "café €", "ISO-8859-1 has no \"€\" (U+20AC)"},
    {"latin1", "a\u200Bb", "ISO-8859-1 has no \"\u200B\" (U+200B)"},
    {"gbk", "a\xFF", "not UTF-8: \"a\uFFFD\""},
    {"utf-8", "\xD6\xB8\xFF", "not UTF-8: \"ָ\uFFFD\""},
    {"gbl", "a", "no such encoding: \"gbl\"; nearest: \"GBK\""},
};

BOOST_AUTO_TEST_SUITE(encoding_convert)

BOOST_DATA_TEST_CASE(a_whole_file_is_decoded_as_iconv_does, data::make(kEncodings)) {
  const Converted file = convert(long_text(), sample);

  BOOST_TEST_REQUIRE(!file.bytes.empty());
  BOOST_TEST((decoded(file.bytes, sample) == file.utf8));
  BOOST_TEST((decoded(file.bytes, sample, 7) == file.utf8));
}

BOOST_DATA_TEST_CASE(a_whole_file_is_encoded_as_iconv_does, data::make(kEncodings)) {
  const Converted file = convert(long_text(), sample);

  const auto encoded = from_utf8(file.utf8, sample);

  BOOST_TEST_REQUIRE(encoded.reason == "");
  BOOST_TEST((*encoded == file.bytes));
}

BOOST_DATA_TEST_CASE(what_cannot_be_decoded_is_the_byte_ff, data::make(kBroken)) {
  SingleBytes single(sample.bytes);

  BOOST_TEST(decoded(sample.bytes, sample.encoding) == sample.expected);
  BOOST_TEST(read_all(*to_utf8(single, sample.encoding), 1) == sample.expected);
}

BOOST_DATA_TEST_CASE(a_byte_order_mark_is_left_out, data::make(kMarked)) {
  SingleBytes single(sample.bytes);

  BOOST_TEST(decoded(sample.bytes, sample.encoding) == sample.expected);
  BOOST_TEST(decoded(sample.bytes, sample.encoding, 1) == sample.expected);
  BOOST_TEST(read_all(*to_utf8(single, sample.encoding), 2) == sample.expected);
}

BOOST_AUTO_TEST_CASE(decoding_begins_anew_after_a_rewind) {
  const Converted file = convert(long_text(), "GB18030");
  const auto bytes = text_bytes(file.bytes);
  const auto source = to_utf8(*bytes, "GB18030");
  std::vector<char> some(100'001);

  BOOST_TEST(source->read(some) == some.size());
  source->rewind();

  BOOST_TEST((read_all(*source, 4096) == file.utf8));
}

BOOST_AUTO_TEST_CASE(the_size_in_utf8_is_estimated_and_in_the_end_right) {
  const Converted file = convert(std::string(300'000, '\n') + "指标", "UTF-16LE");
  const auto bytes = text_bytes(file.bytes);
  const auto source = to_utf8(*bytes, "UTF-16LE");
  std::vector<char> some(100'000);

  BOOST_TEST(source->size() == 600'004U);
  BOOST_TEST(source->read(some) == some.size());
  BOOST_TEST(source->size() == 300'002U);
  read_all(*source, 4096);
  BOOST_TEST(source->size() == 300'006U);
}

BOOST_AUTO_TEST_CASE(the_reader_tells_where_a_character_could_not_be_decoded) {
  const auto bytes = text_bytes("\xD6\xB8\xB1\xEA,\xB5\xA5\xFF\n1,\xFF\n2,x\n");
  const auto utf8 = to_utf8(*bytes, "gb18030");
  CsvReader reader(*utf8, {.encoding = "GB18030"});
  Row row;

  BOOST_TEST(reader.next(row));
  BOOST_TEST(row.line == 3U);
  std::string shown;
  for (const Issue& issue : reader.take_issues()) shown += to_text(issue) + '\n';
  BOOST_TEST(shown == "1:5: not GB18030\n2:3: not GB18030\n");
}

BOOST_DATA_TEST_CASE(an_encoding_has_the_name_that_is_usual, data::make(kNames)) {
  const auto name = encoding_named(sample.given);

  BOOST_TEST((name ? *name : name.reason) == sample.expected);
}

BOOST_DATA_TEST_CASE(a_character_that_an_encoding_lacks_is_named, data::make(kLacking)) {
  BOOST_TEST(from_utf8(sample.text, sample.encoding).reason == sample.reason);
}

BOOST_AUTO_TEST_CASE(an_unknown_encoding_is_an_error) {
  const auto bytes = text_bytes("a");

  BOOST_CHECK_EXCEPTION(to_utf8(*bytes, "gb18031"), Error,
                        [](const Error& error) { return error.code() == Errc::usage; });
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace planfile

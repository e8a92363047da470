#include "gb18030.h"

#include "text.h"
#include "utf8.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <span>
#include <utility>

namespace planfile {
namespace {

constexpr std::size_t kMostCells = 5;
constexpr std::size_t kMostOfCell = 200;  // bytes
constexpr double kFarBetter = 8;          // natural logarithm of a ratio of probabilities
constexpr std::string_view kSeparators = ",;\t|\"\r\n";

using Byte = unsigned char;

bool is_high(char byte) { return static_cast<Byte>(byte) >= 0x80; }
bool is_in(Byte byte, Byte first, Byte last) { return byte >= first && byte <= last; }

// Pairs of bytes that an encoding gives about the same use, and the share of its text they make up.
struct Zone {
  Byte lead_first, lead_last;
  Byte trail_first, trail_last;
  double share;
};

// Shares are rough: what counts is their order of magnitude in tables and running text.
constexpr Zone kGb18030[] = {
    {0xB0, 0xD7, 0xA1, 0xFE, 0.85},    // GB 2312 level 1
    {0xA1, 0xA3, 0xA1, 0xFE, 0.10},    // punctuation, full-width signs
    {0xD8, 0xF7, 0xA1, 0xFE, 0.05},    // level 2
    {0xA8, 0xA9, 0x40, 0xA0, 0.005},   // signs: ㎡, 〇
    {0xA6, 0xA9, 0xA1, 0xFE, 0.001},   // Greek, Cyrillic, frames
    {0xA4, 0xA5, 0xA1, 0xFE, 0.0002},  // kana
    {0x81, 0xA0, 0x40, 0xFE, 0.01},    // GBK's further characters
    {0xAA, 0xFE, 0x40, 0xA0, 0.01},
};
constexpr Zone kBig5[] = {
    {0xA4, 0xC6, 0x40, 0x7E, 0.35}, {0xA4, 0xC6, 0xA1, 0xFE, 0.55},  // level 1
    {0xA1, 0xA3, 0x40, 0x7E, 0.03}, {0xA1, 0xA3, 0xA1, 0xFE, 0.04},  // signs
    {0xC9, 0xF9, 0x40, 0x7E, 0.01}, {0xC9, 0xF9, 0xA1, 0xFE, 0.02},  // level 2
};
constexpr Zone kShiftJis[] = {
    {0x82, 0x83, 0x40, 0xF1, 0.45},                                  // kana, full-width letters
    {0x81, 0x81, 0x40, 0xFC, 0.05},                                  // signs
    {0x88, 0x97, 0x40, 0xFC, 0.45},                                  // level 1
    {0x98, 0x9F, 0x40, 0xFC, 0.01}, {0xE0, 0xEA, 0x40, 0xFC, 0.02},  // level 2
};
constexpr Zone kEucKr[] = {
    {0xB0, 0xC8, 0xA1, 0xFE, 0.93},  // Hangul
    {0xA1, 0xA3, 0xA1, 0xFE, 0.05},  // signs
    {0xCA, 0xFD, 0xA1, 0xFE, 0.02},  // Hanja
};
constexpr Zone kWindows1251[] = {
    {0xE0, 0xFF, 0xE0, 0xFF, 0.80},  // small letters
    {0xC0, 0xDF, 0xE0, 0xFF, 0.10},  // a capital and a small one
    {0xC0, 0xDF, 0xC0, 0xDF, 0.08},
};
// What is none of these may still be in one of many encodings with a byte for each letter.
constexpr Zone kAnyOther[] = {{0x81, 0xFE, 0x40, 0xFE, 0.25}};

struct Other {
  std::string_view name;
  std::span<const Zone> zones;
};
constexpr std::string_view kLatin = "windows-1252";
constexpr Other kOthers[] = {
    {"Big5", kBig5},     {"Shift_JIS", kShiftJis},
    {"EUC-KR", kEucKr},  {"windows-1251", kWindows1251},
    {kLatin, kAnyOther},
};

double probability(std::span<const Zone> zones, Byte lead, Byte trail) {
  constexpr double kUnheardOf = 1e-7;
  for (const Zone& zone : zones) {
    if (!is_in(lead, zone.lead_first, zone.lead_last)) continue;
    if (!is_in(trail, zone.trail_first, zone.trail_last)) continue;
    return zone.share /
           ((zone.lead_last - zone.lead_first + 1) * (zone.trail_last - zone.trail_first + 1));
  }
  return kUnheardOf;
}

// The logarithm of the probability of all pairs.
double score(std::span<const Zone> zones, std::span<const std::uint32_t> pairs) {
  double sum = 0;
  for (std::size_t pair = 0; pair < pairs.size(); ++pair) {
    if (pairs[pair] == 0) continue;
    const double one = probability(zones, static_cast<Byte>(pair >> 8), static_cast<Byte>(pair));
    sum += pairs[pair] * std::log(one);
  }
  return sum;
}

// What a byte is in Windows-1252.
enum class Letter { none, small, capital, either, apostrophe };

Letter letter_of(char byte) {
  constexpr std::string_view kCapitals = "\x8A\x8C\x8E\x9F";
  constexpr std::string_view kSmalls = "\x9A\x9C\x9E";
  const auto code = static_cast<Byte>(byte);
  if (is_in(code, 'a', 'z')) return Letter::small;
  if (is_in(code, 'A', 'Z')) return Letter::capital;
  if (code == 0x92) return Letter::apostrophe;
  if (code == 0xDF) return Letter::either;  // ß
  if (code == 0xD7 || code == 0xF7) return Letter::none;
  if (code >= 0xE0 || kSmalls.find(byte) != std::string_view::npos) return Letter::small;
  if (code >= 0xC0 || kCapitals.find(byte) != std::string_view::npos) return Letter::capital;
  return Letter::none;
}

// Whether the bytes are a word of a Western language in Windows-1252, as texts have them.
bool is_latin_word(std::string_view word) {
  std::size_t capitals = 0, smalls = 0;  // of this part of the word
  char before = ' ';
  for (const char byte : word) {
    const Letter letter = letter_of(byte);
    // A part ends at an apostrophe and within names such as McDonald.
    const bool is_inner = smalls > 0 && is_letter(byte) && is_letter(before);
    if (letter == Letter::apostrophe || (letter == Letter::capital && is_inner)) {
      capitals = smalls = 0;
    }
    if (letter == Letter::none || (letter == Letter::capital && smalls > 0)) return false;
    if (letter == Letter::small && capitals > 1) return false;
    capitals += letter == Letter::capital ? 1 : 0;
    smalls += letter == Letter::small ? 1 : 0;
    before = byte;
  }
  const auto high = static_cast<std::size_t>(std::count_if(word.begin(), word.end(), is_high));
  return high <= 2 * (word.size() - high);
}

}  // namespace

std::size_t gb18030_size(std::string_view text) {
  const auto byte = [text](std::size_t at) { return static_cast<Byte>(text[at]); };
  if (byte(0) < 0x80) return 1;
  if (!is_in(byte(0), 0x81, 0xFE) || text.size() < 2) return 0;
  if (is_in(byte(1), 0x40, 0xFE) && byte(1) != 0x7F) return 2;
  if (!is_in(byte(1), 0x30, 0x39) || text.size() < 4) return 0;
  if (!is_in(byte(2), 0x81, 0xFE) || !is_in(byte(3), 0x30, 0x39)) return 0;
  const int place =
      ((byte(0) - 0x81) * 10 + byte(1) - 0x30) * 1260 + (byte(2) - 0x81) * 10 + (byte(3) - 0x30);
  constexpr int kBasic = 39420;        // characters up to U+FFFF that have four bytes
  constexpr int kBeyond = 189000;      // where U+10000 stands
  constexpr int kOfBeyond = 0x100000;  // characters from there on
  return place < kBasic || (place >= kBeyond && place < kBeyond + kOfBeyond) ? 4 : 0;
}

bool is_common_gb18030(unsigned char lead, unsigned char trail) {
  return trail >= 0xA1 && (is_in(lead, 0xB0, 0xD7) || is_in(lead, 0xA1, 0xA3));
}

Gb18030Judge::Gb18030Judge() : pairs_(0x10000) {}

std::string_view Gb18030Judge::take(std::string_view bytes) {
  const char* at = bytes.data();
  const char* const end = at + bytes.size();
  cell_ = at;
  while (at != end) {
    const char* const high = skip_ascii(at, end);
    take_ascii({at, static_cast<std::size_t>(high - at)});
    const char* begin = high;
    while (begin != at && is_letter(begin[-1])) --begin;
    const Word word = take_word(begin, high, end);
    at = begin + word.bytes.size();
    judge(word);
    if (at != end && is_high(*at)) break;
  }
  end_cell(at);
  return {at, static_cast<std::size_t>(end - at)};
}

void Gb18030Judge::take_ascii(std::string_view ascii) {
  const std::size_t last = ascii.find_last_of(kSeparators);
  if (last != std::string_view::npos) {
    if (cell_look_ != Look::ascii) end_cell(ascii.data() + ascii.find_first_of(kSeparators));
    cell_ = ascii.data() + last + 1;
  }
  line_feeds_ += static_cast<std::size_t>(std::count(ascii.begin(), ascii.end(), '\n'));
  carriage_returns_ += static_cast<std::size_t>(std::count(ascii.begin(), ascii.end(), '\r'));
  if (last != std::string_view::npos) cell_line_ = 1 + std::max(line_feeds_, carriage_returns_);
}

// The word that begins with ASCII at `begin` and goes on at `high`, up to what is not GB18030.
Gb18030Judge::Word Gb18030Judge::take_word(const char* begin, const char* high, const char* end) {
  Word word;
  const char* at = high;
  while (at != end && (is_high(*at) || is_letter(*at))) {
    const std::size_t size = gb18030_size({at, static_cast<std::size_t>(end - at)});
    if (size == 0) break;
    if (size == 2) {
      const auto lead = static_cast<Byte>(at[0]);
      const auto trail = static_cast<Byte>(at[1]);
      ++pairs_[static_cast<std::size_t>(lead << 8 | trail)];
      (is_common_gb18030(lead, trail) ? word.has_common : word.has_rare) = true;
    }
    at += size;
  }
  word.bytes = {begin, static_cast<std::size_t>(at - begin)};
  return word;
}

void Gb18030Judge::judge(const Word& word) {
  if (word.has_rare && is_latin_word(word.bytes)) {
    ++latin_words_;
    cell_look_ = Look::latin;
  } else if (word.has_common || word.has_rare) {
    common_words_ += word.has_common ? 1 : 0;
    cell_look_ = std::max(cell_look_, word.has_rare ? Look::rare : Look::common);
  }
}

void Gb18030Judge::end_cell(const char* end) {
  auto& cells = cell_look_ == Look::latin ? latin_ : cell_look_ == Look::rare ? rare_ : common_;
  if (cell_look_ != Look::ascii && cells.size() < kMostCells) {
    std::string_view bytes(cell_, static_cast<std::size_t>(end - cell_));
    if (bytes.size() > kMostOfCell) {
      std::string_view left = bytes;
      while (bytes.size() - left.size() < kMostOfCell) left.remove_prefix(gb18030_size(left));
      bytes.remove_suffix(left.size());
    }
    const bool is_known = std::any_of(cells.begin(), cells.end(),
                                      [bytes](const Cell& cell) { return cell.bytes == bytes; });
    if (!is_known) cells.push_back({cell_line_, std::string(bytes)});
  }
  cell_look_ = Look::ascii;
}

bool Gb18030Judge::has_latin_words() const { return latin_words_ > common_words_; }

std::vector<std::string_view> Gb18030Judge::others() const {
  if (has_latin_words()) return {kLatin};
  const double own = score(kGb18030, pairs_);
  std::vector<std::pair<double, std::string_view>> likelier;
  for (const Other& other : kOthers) {
    const double its = score(other.zones, pairs_);
    if (its > own + kFarBetter) likelier.emplace_back(its, other.name);
  }
  std::sort(likelier.rbegin(), likelier.rend());
  std::vector<std::string_view> names;
  names.reserve(likelier.size() + 1);
  for (const auto& [its, name] : likelier) names.push_back(name);
  if (!names.empty()) names.push_back(kLatin);
  return names;
}

const std::vector<Gb18030Judge::Cell>& Gb18030Judge::cells() const {
  return has_latin_words() ? latin_ : !rare_.empty() ? rare_ : common_;
}

}  // namespace planfile

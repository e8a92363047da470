#include "gb18030.h"

#include "planfile/encoding.h"
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
constexpr double kFarBetter = 4;          // natural logarithm of a ratio of probabilities
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
constexpr double kFrequentShare = 0.70;  // of the frequent characters below
constexpr Zone kGb18030[] = {
    {0xB0, 0xD7, 0xA1, 0xFE, 0.15},    // the rest of GB 2312 level 1
    {0xA1, 0xA3, 0xA1, 0xFE, 0.10},    // punctuation, full-width signs
    {0xD8, 0xF7, 0xA1, 0xFE, 0.03},    // level 2
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
constexpr Zone kWindows1253[] = {
    {0xDC, 0xFE, 0xDC, 0xFE, 0.80},  // small letters
    {0xC1, 0xD9, 0xDC, 0xFE, 0.10},  // a capital and a small one
    {0xC1, 0xD9, 0xC1, 0xD9, 0.08},
};
// What is none of these may still be in one of many encodings with a byte for each letter.
constexpr Zone kAnyOther[] = {{0x81, 0xFE, 0x40, 0xFE, 0.25}};

struct Other {
  std::string_view name;
  std::span<const Zone> zones;
};
constexpr std::string_view kLatin = "windows-1252";
constexpr Other kOthers[] = {
    {"Big5", kBig5},
    {"Shift_JIS", kShiftJis},
    {"EUC-KR", kEucKr},
    {"windows-1251", kWindows1251},
    {"windows-1253", kWindows1253},
    {kLatin, kAnyOther},
};

// The 500 characters most frequent in plans and their tables, and those of the regions that each
// plan file knows, in the order of GB 2312: nearly every Chinese text of some characters has one.
constexpr std::string_view kFrequent =
    "安按案八百版办包薄保报北倍备本比编标表别滨并波不布步部才采参苍策测查差产昌场常长"
    "超车称城成程初出处创淳慈次村存达打大带代单当导到道德得的等低地第点电定东动洞都读"
    "度端段对吨多额而二发法范方房放费分份奉否幅服覆复富该改盖干纲港高告革格个各给更工"
    "攻功供公拱共构估古故关管馆规国果过海含杭好号核和合河后湖护互户华划化环换黄惠会活"
    "获或圾基机积吉集及级技季济计记际嘉家加价坚间减鉴见件健建江降椒交教较接街阶节结金"
    "进近经景境镜径究九就居局聚据绝均竣开康考柯科可克空口库快况扩垃来栏兰老乐累类理里"
    "丽利例立力联莲连链两量料列临零岭领另流六龙庐路鹿旅率仑落码贸么没每美门米面民明名"
    "命模末谋亩目南内能拟年宁农排磐袍配批品平评破普浦期七其起企启千签钱前强桥青清情庆"
    "区取圈泉全缺群染人任日融容如入瑞弱三色山善商上少绍社设生升省失施十时实使式示事是"
    "市视试收首输曙属术述墅数双水顺说司四松速算遂所他台泰态塘特提题体天田条通桐同统投"
    "头突图土团推退陀瓦外湾完万网微为未位卫温文稳乌污无吴武五物务西溪系下先仙现县限线"
    "相乡项向象萧消小校效写新心信兴型行性秀序续学询盐研岩言验阳养姚药要业一医已以易亿"
    "义引印英应营永用优由游有于虞余与玉域遇育预元原园源院约越月云运在造则增展占障者浙"
    "镇争整正政支之直执值指止只至置制智质治中种重舟州洲诸逐主住注专装状准资子自字综总"
    "族组最作鄞岱嵊衢泗浔婺缙瓯畲暨";

// Whether each pair of bytes is one of them.
const std::vector<bool>& frequent_pairs() {
  static const std::vector<bool> kMade = [] {
    std::vector<bool> is_frequent(0x10000);
    const std::string bytes = *from_utf8(kFrequent, "GB18030");
    for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
      is_frequent[static_cast<std::size_t>(static_cast<Byte>(bytes[at])) << 8 |
                  static_cast<Byte>(bytes[at + 1])] = true;
    }
    return is_frequent;
  }();
  return kMade;
}

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

// The same as GB18030.
double score_chinese(std::span<const std::uint32_t> pairs) {
  constexpr double kCount = kFrequent.size() / 3.0;  // each takes three bytes of UTF-8
  const std::vector<bool>& is_frequent = frequent_pairs();
  std::vector<std::uint32_t> others(pairs.begin(), pairs.end());
  double sum = 0;
  for (std::size_t pair = 0; pair < pairs.size(); ++pair) {
    if (pairs[pair] == 0 || !is_frequent[pair]) continue;
    sum += pairs[pair] * std::log(kFrequentShare / kCount);
    others[pair] = 0;
  }
  return sum + score(kGb18030, others);
}

// An encoding with a byte for each letter of a Latin alphabet. In each, capitals are from 0xC0 on
// and small letters from 0xE0 on.
struct Alphabet {
  std::string_view name;
  std::string_view capitals, smalls;  // its further letters
  char apostrophe;                    // NUL: it has none
  std::string_view usual;             // letters that its languages have in many words
};
constexpr Alphabet kAlphabets[] = {
    {kLatin, "\x8A\x8C\x8E\x9F", "\x9A\x9C\x9E\xFF", '\x92',
     "\xE4\xF6\xFC\xDF\xE9\xE8\xEA\xE0\xE7\xF1\xE1\xED\xF3\xFA\xE3\xF5\xE5\xF8\xE6\xE2\xEE\xF4\xC4"
     "\xD6\xDC\xC9"},
    {"windows-1250", "\x8A\x8C\x8D\x8E\x8F\xA3\xA5\xAA\xAF\xBC",
     "\x9A\x9C\x9D\x9E\x9F\xB3\xB9\xBA\xBE\xBF", '\x92',
     "\xB9\xE6\xEA\xB3\xF1\xF3\x9C\x9F\xBF\xA3\x8C\x8F\xAF\xE1\xE8\xEF\xE9\xEC\xED\xF2\xF8\x9A\x9D"
     "\xFA\xF9\xFD\x9E\xF5\xFB\xF6\xFC\xC8\x8A\x8E"},
    {"ISO-8859-2", "\xA1\xA3\xA5\xA6\xA9\xAA\xAB\xAC\xAE\xAF",
     "\xB1\xB3\xB5\xB6\xB9\xBA\xBB\xBC\xBE\xBF", '\0',
     "\xB1\xE6\xEA\xB3\xF1\xF3\xB6\xBC\xBF\xA3\xA6\xAC\xAF\xE1\xE8\xEF\xE9\xEC\xED\xF2\xF8\xB9\xBB"
     "\xFA\xF9\xFD\xBE\xF5\xFB\xF6\xFC\xC8\xA9\xAE"},
};

// What a byte is in an alphabet.
enum class Letter { none, small, capital, either, apostrophe };

Letter letter_of(char byte, const Alphabet& alphabet) {
  const auto has = [byte](std::string_view letters) {
    return letters.find(byte) != std::string_view::npos;
  };
  const auto code = static_cast<Byte>(byte);
  if (is_in(code, 'a', 'z')) return Letter::small;
  if (is_in(code, 'A', 'Z')) return Letter::capital;
  if (byte == alphabet.apostrophe && byte != '\0') return Letter::apostrophe;
  if (code == 0xDF) return Letter::either;  // ß
  if (code == 0xD7 || code == 0xF7) return Letter::none;
  if ((code >= 0xE0 && code != 0xFF) || has(alphabet.smalls)) return Letter::small;
  if ((code >= 0xC0 && code < 0xE0) || has(alphabet.capitals)) return Letter::capital;
  return Letter::none;
}

// Whether the bytes are a word in an alphabet, as texts have them.
bool is_latin_word(std::string_view word, const Alphabet& alphabet) {
  std::size_t capitals = 0, smalls = 0;  // of this part of the word
  char before = ' ';
  for (const char byte : word) {
    const Letter letter = letter_of(byte, alphabet);
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

Gb18030Judge::Gb18030Judge() : pairs_(0x10000), latin_words_(std::size(kAlphabets)) {}

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
  if (word.has_rare && count_latin(word.bytes)) {
    cell_look_ = Look::latin;
  } else if (word.has_common || word.has_rare) {
    common_words_ += word.has_common ? 1 : 0;
    cell_look_ = std::max(cell_look_, word.has_rare ? Look::rare : Look::common);
  }
}

// Whether the bytes are a word in one of the alphabets.
bool Gb18030Judge::count_latin(std::string_view word) {
  constexpr std::size_t kShortWord = 4;
  bool is_word = false;
  for (std::size_t at = 0; at < std::size(kAlphabets); ++at) {
    const Alphabet& alphabet = kAlphabets[at];
    // Of the alphabets with letters where GB18030 has signs such as ㎡ a short word tells nothing.
    if (at > 0 && word.size() < kShortWord) continue;
    if (!is_latin_word(word, alphabet)) continue;
    is_word = true;
    ++latin_words_[at].words;
    latin_words_[at].usual_letters +=
        static_cast<std::size_t>(std::count_if(word.begin(), word.end(), [&](char byte) {
          return is_high(byte) && alphabet.usual.find(byte) != std::string_view::npos;
        }));
  }
  return is_word;
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

// The alphabet that most words are in, and of equals the one whose letters are the more usual.
std::size_t Gb18030Judge::best_alphabet() const {
  const auto best = std::max_element(latin_words_.begin(), latin_words_.end());
  return static_cast<std::size_t>(best - latin_words_.begin());
}

bool Gb18030Judge::has_latin_words() const {
  return latin_words_[best_alphabet()].words > common_words_;
}

std::vector<std::string_view> Gb18030Judge::others() const {
  if (has_latin_words()) return {kAlphabets[best_alphabet()].name};
  const double own = score_chinese(pairs_);
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

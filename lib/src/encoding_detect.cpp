#include "planfile/encoding.h"

#include "gb18030.h"
#include "signature.h"
#include "text.h"
#include "utf8.h"

#include <fmt/format.h>
#include <unicode/ucnv.h>

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace planfile {
namespace {

using Result = Parsed<Encoding>;

constexpr std::size_t kBlock = std::size_t{1} << 20;

// The text block by block. What a block's reader leaves over, part of a character, comes again
// before the next.
class Blocks {
 public:
  explicit Blocks(ByteSource& bytes) : bytes_(bytes), buffer_(kBlock) { bytes_.rewind(); }

  // The next block; empty at the end, where `rest` was all that was left.
  std::string_view next(std::string_view rest) {
    std::copy(rest.begin(), rest.end(), buffer_.begin());
    std::size_t size = rest.size();
    while (size < buffer_.size()) {
      const std::size_t got = bytes_.read(std::span(buffer_).subspan(size));
      if (got == 0) break;
      size += got;
    }
    return size == rest.size() ? std::string_view() : std::string_view(buffer_.data(), size);
  }

 private:
  ByteSource& bytes_;
  std::vector<char> buffer_;
};

enum class Finding { ascii, valid, cut, invalid, has_nul };  // cut: ends within a character

bool has_nul(std::string_view block) {
  return !block.empty() && std::memchr(block.data(), '\0', block.size()) != nullptr;
}

// Whether the whole text is UTF-8.
Finding examine_utf8(ByteSource& bytes) {
  Blocks blocks(bytes);
  std::string_view rest;
  Finding so_far = Finding::ascii;
  bool has_whole = false;  // characters beyond ASCII
  for (;;) {
    const std::string_view block = blocks.next(rest);
    if (block.empty()) return rest.empty() ? so_far : has_whole ? Finding::cut : Finding::invalid;
    if (has_nul(block)) return Finding::has_nul;
    const char* const end = block.data() + block.size();
    const char* const high = skip_ascii(block.data(), end);
    if (high != end) so_far = Finding::valid;
    const char* const invalid = find_invalid(high, end);
    has_whole = has_whole || invalid != high;
    rest = {invalid, static_cast<std::size_t>(end - invalid)};
    if (!rest.empty() && !is_cut_character(rest)) return Finding::invalid;
  }
}

Finding examine_gb18030(ByteSource& bytes, Gb18030Judge& judge) {
  constexpr std::size_t kLongest = 4;
  Blocks blocks(bytes);
  std::string_view rest;
  for (;;) {
    const std::string_view block = blocks.next(rest);
    if (block.empty()) return rest.empty() ? Finding::valid : Finding::invalid;
    if (has_nul(block)) return Finding::has_nul;
    rest = judge.take(block);
    if (rest.size() >= kLongest) return Finding::invalid;
  }
}

// Where a text stops being UTF-8, or has a NUL.
struct Spot {
  std::size_t line = 1, position = 1;
  unsigned char byte = 0;
};

// `1:5: 0xE9`
std::string to_text(const Spot& spot) {
  return fmt::format("{}:{}: 0x{:02X}", spot.line, spot.position, spot.byte);
}

// Goes over `text`, which is UTF-8.
void pass(Spot& spot, std::string_view text) {
  for (std::size_t at = 0;;) {
    const std::size_t line_end = text.find_first_of("\r\n", at);
    spot.position += count_characters(text.substr(at, line_end - at));
    if (line_end == std::string_view::npos) return;
    at = line_end + (text.substr(line_end, 2) == "\r\n" ? 2 : 1);
    ++spot.line;
    spot.position = 1;
  }
}

// The first place in `utf8` that is not UTF-8, or a NUL.
Spot first_fault(ByteSource& utf8) {
  Blocks blocks(utf8);
  Spot spot;
  std::string_view rest;
  for (;;) {
    const std::string_view block = blocks.next(rest);
    if (block.empty()) return spot;
    const char* const end = block.data() + block.size();
    const char* at = find_invalid(block.data(), end);
    at = std::find(block.data(), at, '\0');
    pass(spot, {block.data(), static_cast<std::size_t>(at - block.data())});
    rest = {at, static_cast<std::size_t>(end - at)};
    if (rest.empty()) continue;
    spot.byte = static_cast<unsigned char>(rest.front());
    if (!is_cut_character(rest)) return spot;
  }
}

// ASCII text in UTF-16 has a NUL in every other place.
std::string why_nul(ByteSource& bytes, std::string_view head) {
  std::size_t nuls[2] = {};
  for (std::size_t at = 0; at < head.size(); ++at) {
    if (head[at] == '\0') ++nuls[at % 2];
  }
  const auto is_utf16 = [&](std::size_t high, std::size_t low) {
    return high > 1 + 8 * low && high > head.size() / 64;
  };
  for (const auto& [name, high] : {std::pair{"UTF-16LE", 1}, std::pair{"UTF-16BE", 0}}) {
    if (!is_utf16(nuls[high], nuls[1 - high])) continue;
    return fmt::format(
        "every other byte is a NUL, as in UTF-16 without a byte-order mark: if so, say --encoding "
        "{}",
        name);
  }
  const auto text = to_utf8(bytes, "ISO-8859-1");
  return fmt::format("not a text: a NUL byte on line {}", first_fault(*text).line);
}

std::string why_neither(ByteSource& bytes) {
  const Spot as_utf8 = first_fault(*to_utf8(bytes, "UTF-8"));
  const Spot as_gb18030 = first_fault(*to_utf8(bytes, "GB18030"));
  return fmt::format(
      "neither UTF-8 (fails at {}) nor GB18030 (fails at {}:{}): name its encoding with "
      "--encoding, "
      "such as GBK or windows-1252",
      to_text(as_utf8), as_gb18030.line, as_gb18030.position);
}

// How far a letter of two bytes speaks for UTF-8, given that GB18030 would read it too.
enum class Letter { likely, possible, unlikely };

Letter judge_letter(const char* begin, const char* at, const char* end) {
  const auto lead = static_cast<unsigned char>(at[0]);
  const auto trail = static_cast<unsigned char>(at[1]);
  if (lead < 0xC4 || !is_common_gb18030(lead, trail)) return Letter::likely;
  const char before = at == begin ? ' ' : at[-1];
  const char after = end - at < 3 ? ' ' : at[2];
  if (is_letter(before) && is_letter(after)) return Letter::likely;
  // Phonetic signs, marks, Armenian, Hebrew: words of them would have letters of the kind above
  // too.
  if ((lead >= 0xCA && lead <= 0xCD) || lead >= 0xD2) return Letter::unlikely;
  // Latin letters with marks stand beside plain ones; Greek and Cyrillic ones beside their like.
  if (is_letter(before) || is_letter(after)) return Letter::likely;
  const bool is_alone = ((before | after) & 0x80) == 0;
  return lead <= 0xC9 || is_alone ? Letter::unlikely : Letter::possible;
}

// Whether the text, which is UTF-8 and not ASCII, as likely is GB18030. A few Chinese characters
// among ASCII may be UTF-8 by accident, such as `元`, `亩`, `平台`: letters that one hardly ever
// meets.
bool is_unlikely_utf8(ByteSource& bytes) {
  bool has_unlikely = false;
  Blocks blocks(bytes);
  std::string_view rest;
  for (;;) {
    const std::string_view block = blocks.next(rest);
    if (block.empty()) return has_unlikely;
    const char* const begin = block.data();
    const char* const end = begin + block.size();
    const char* at = skip_ascii(begin, end);
    for (; end - at > 1; at = skip_ascii(at + 2, end)) {
      const Letter letter = judge_letter(begin, at, end);
      if (letter == Letter::likely) return false;
      if (letter == Letter::unlikely) has_unlikely = true;
    }
    rest = {at, static_cast<std::size_t>(end - at)};
  }
}

std::string decode(std::string_view bytes, std::string_view encoding) {
  const auto source = text_bytes(bytes);
  const auto decoded = to_utf8(*source, encoding);
  std::string text(4 * bytes.size(), '\0');
  text.resize(decoded->read(text));
  return text;
}

// The cells as both encodings read them; none when the other can't.
std::vector<Encoding::Doubt> read_both(const std::vector<Gb18030Judge::Cell>& cells,
                                       std::string_view own, std::string_view other) {
  std::vector<Encoding::Doubt> doubts;
  for (const auto& [line, bytes] : cells) {
    doubts.push_back({line, decode(bytes, own), decode(bytes, other)});
    if (doubts.back().other_text.find('\xFF') != std::string::npos) return {};
  }
  return doubts;
}

// The encoding with the doubts that the first of `others` raises which can read the cells.
Encoding doubted(Encoding encoding, const Gb18030Judge& judge,
                 const std::vector<std::string_view>& others) {
  for (const std::string_view other : others) {
    encoding.doubts = read_both(judge.cells(), encoding.name, other);
    if (encoding.doubts.empty()) continue;
    encoding.other = other;
    break;
  }
  return encoding;
}

// The encoding that a byte-order mark names; empty without one.
std::string marked_encoding(std::string_view head) {
  int32_t size = 0;
  UErrorCode error = U_ZERO_ERROR;
  const char* const name =
      ucnv_detectUnicodeSignature(head.data(), static_cast<int32_t>(head.size()), &size, &error);
  const std::string_view found = name == nullptr ? "" : name;
  return found.starts_with("UTF-8") || found.starts_with("UTF-16") || found.starts_with("UTF-32")
             ? std::string(found)
             : "";
}

Result detect(ByteSource& bytes) {
  std::vector<char> buffer(kBlock / 16);
  bytes.rewind();
  const std::string_view head(buffer.data(), bytes.read(buffer));
  if (std::string kind = foreign_kind(head); !kind.empty()) return Result::fault(std::move(kind));
  Encoding encoding;
  encoding.name = marked_encoding(head);
  encoding.marked = !encoding.name.empty();
  if (encoding.marked && encoding.name != "UTF-8") return encoding;

  Finding finding = examine_utf8(bytes);
  if (finding == Finding::cut && encoding.marked) finding = Finding::invalid;
  if (finding == Finding::cut) {
    return Result::fault(
        fmt::format("UTF-8 that ends within a character on line {}: the file is not whole; if it "
                    "is in another encoding, name it with --encoding",
                    first_fault(*to_utf8(bytes, "UTF-8")).line));
  }
  if (finding == Finding::invalid && encoding.marked) {
    return Result::fault(fmt::format("marked as UTF-8, which it is not (fails at {})",
                                     to_text(first_fault(*to_utf8(bytes, "UTF-8")))));
  }
  Gb18030Judge judge;
  if (finding == Finding::ascii || finding == Finding::valid) {
    encoding.name = "UTF-8";
    if (finding == Finding::ascii || encoding.marked || !is_unlikely_utf8(bytes)) return encoding;
    examine_gb18030(bytes, judge);
    return doubted(std::move(encoding), judge, {"GB18030"});
  }
  if (finding == Finding::invalid) finding = examine_gb18030(bytes, judge);
  if (finding == Finding::has_nul) return Result::fault(why_nul(bytes, head));
  if (finding == Finding::invalid) return Result::fault(why_neither(bytes));
  encoding.name = "GB18030";
  encoding.marked = head.starts_with("\x84\x31\x95\x33");
  return doubted(std::move(encoding), judge, judge.others());
}

}  // namespace

Parsed<Encoding> detect_encoding(ByteSource& bytes) {
  Result result = detect(bytes);
  bytes.rewind();
  return result;
}

}  // namespace planfile

// Text that is valid as GB18030: nearly every pair of bytes of which the first is high is a
// character of it, so text in other encodings often is valid by accident.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace planfile {

// Bytes of the character that `text`, which is not empty, begins with: 1, 2 or 4; 0 when none does.
std::size_t gb18030_size(std::string_view text);

// Whether the two bytes are one of GB 2312's common characters (level 1) or its punctuation.
bool is_common_gb18030(unsigned char lead, unsigned char trail);

// Judges how likely a text that is valid as GB18030 was written in another encoding.
//
// Two kinds of evidence are gathered. First, words: a run of letters and high bytes is a word of
// Windows-1252 (or of the Central European encodings) when all of its bytes are letters there, some
// of them ASCII, in lower case, upper case or with one capital in front, while as GB18030 it has a
// character beyond the common ones (GB 2312 level 1 and its punctuation). `Übersicht` is one.
// Common Chinese characters begin with a byte that is a sign or capital in Windows-1252, so Chinese
// words beside Latin letters (`GDP增速`) hardly ever are. The text is doubtful when such words are
// at least as many as all other words with high bytes. Second, pairs: each encoding uses few zones
// of the pairs of bytes for most of its text. The pairs of the text are given the probability that
// each encoding gives to their zones, and the text is doubtful when another encoding explains it
// far better than GB18030, of which a few rare characters among common ones, or one of the most
// frequent ones in a short text, are never enough.
class Gb18030Judge {
 public:
  struct Cell {
    std::size_t line;
    std::string bytes;
  };

  Gb18030Judge();

  // Takes the next bytes of the text as far as they are whole characters; returns what is left.
  std::string_view take(std::string_view bytes);

  // The other encodings, the likeliest first and one that can read any bytes last; none when there
  // is no doubt.
  [[nodiscard]] std::vector<std::string_view> others() const;

  // Cells that led to it.
  [[nodiscard]] const std::vector<Cell>& cells() const;

 private:
  // Of a cell, by the strongest evidence against GB18030 in it.
  enum class Look { ascii, common, rare, latin };
  struct Word {
    std::string_view bytes;
    bool has_common = false, has_rare = false;
  };

  struct LatinWords {
    std::size_t words = 0, usual_letters = 0;
    auto operator<=>(const LatinWords&) const = default;
  };

  void take_ascii(std::string_view ascii);
  Word take_word(const char* begin, const char* high, const char* end);
  void judge(const Word& word);
  void end_cell(const char* end);
  bool count_latin(std::string_view word);
  [[nodiscard]] std::size_t best_alphabet() const;
  [[nodiscard]] bool has_latin_words() const;

  std::vector<std::uint32_t> pairs_;     // how often each occurs, by its two bytes
  std::vector<LatinWords> latin_words_;  // by alphabet
  std::size_t common_words_ = 0;
  std::size_t line_feeds_ = 0, carriage_returns_ = 0;

  const char* cell_ = nullptr;  // the cell at hand
  std::size_t cell_line_ = 1;
  Look cell_look_ = Look::ascii;
  std::vector<Cell> common_, rare_, latin_;  // the first cells of each look
};

}  // namespace planfile

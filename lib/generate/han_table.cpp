// Prints lib/src/han.h's tables as C++: for each Chinese character its simplified form and its
// reading in pinyin, as ICU has them. Run while building, because ICU takes a third of a second to
// load its transliterator, each time.
#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include <unicode/translit.h>
#include <unicode/unistr.h>

#include "han.h"

namespace {

std::unique_ptr<icu::Transliterator> open(const char* id) {
  UErrorCode trouble = U_ZERO_ERROR;
  std::unique_ptr<icu::Transliterator> made(
      icu::Transliterator::createInstance(id, UTRANS_FORWARD, trouble));
  if (U_FAILURE(trouble)) {
    std::fprintf(stderr, "ICU has no %s: %s\n", id, u_errorName(trouble));
    return nullptr;
  }
  return made;
}

// One syllable of small letters, with `v` for ü; empty where there is none.
std::string reading(const icu::Transliterator& latin, const icu::Transliterator& plain,
                    UChar32 character) {
  icu::UnicodeString text(character);
  latin.transliterate(text);
  for (const char16_t umlaut : std::u16string_view(u"üǖǘǚǜ"))
    text.findAndReplace(icu::UnicodeString(umlaut), u"v");
  plain.transliterate(text);
  std::string syllable;
  text.toUTF8String(syllable);
  return syllable.find_first_not_of("abcdefghijklmnopqrstuvwxyz") == std::string::npos ? syllable
                                                                                       : "";
}

}  // namespace

int main() {
  const auto latin = open("Han-Latin"), plain = open("Latin-ASCII");
  const auto simplify = open("Traditional-Simplified");
  if (!latin || !plain || !simplify) return 1;
  std::map<std::string, unsigned> syllables = {{"", 0}};
  std::string readings, simplified;
  for (UChar32 at = planfile::kFirstHan; at <= UChar32{planfile::kLastHan}; ++at) {
    const std::string syllable = reading(*latin, *plain, at);
    const auto size = static_cast<unsigned>(syllables.size());
    readings += std::to_string(syllables.try_emplace(syllable, size).first->second) + ",\n";
    icu::UnicodeString form(at);
    simplify->transliterate(form);
    const UChar32 one = form.countChar32() == 1 && form.length() == 1 ? form.char32At(0) : at;
    simplified += std::to_string(one) + ",\n";
  }
  std::map<unsigned, std::string> ordered;
  for (const auto& [syllable, number] : syllables) ordered[number] = syllable;
  std::printf("#include \"han.h\"\n\nnamespace planfile {\n\nconst char* const kSyllables[] = {\n");
  for (const auto& [number, syllable] : ordered) std::printf("\"%s\",\n", syllable.c_str());
  std::printf("};\n\nconst std::uint16_t kReadings[] = {\n%s};\n\n", readings.c_str());
  std::printf("const char16_t kSimplified[] = {\n%s};\n\n}  // namespace planfile\n",
              simplified.c_str());
}

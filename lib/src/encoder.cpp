#include "encoder.h"

#include "planfile/encoding.h"
#include "text.h"

#include <fmt/format.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>
#include <unicode/utf16.h>

#include <array>

namespace planfile {
namespace {

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

// ICU's own way to stop passes silently over characters that show nothing.
void stop_at_unknown(const void*, UConverterFromUnicodeArgs*, const UChar*, int32_t, UChar32,
                     UConverterCallbackReason, UErrorCode*) {}

Converter open_strict(const std::string& name) {
  UErrorCode error = U_ZERO_ERROR;
  Converter converter(ucnv_open(name.c_str(), &error));
  ucnv_setFromUCallBack(converter.get(), stop_at_unknown, nullptr, nullptr, nullptr, &error);
  if (U_FAILURE(error)) throw Error(Errc::usage, refusal("no such encoding", name));
  return converter;
}

// What the converter could not take last.
std::string show_refused(UConverter* to) {
  UChar units[2] = {};
  int8_t count = 2;
  UErrorCode error = U_ZERO_ERROR;
  ucnv_getInvalidUChars(to, units, &count, &error);
  UChar32 point = 0;
  U16_GET(units, 0, 0, count, point);
  std::string shown;
  icu::UnicodeString(point).toUTF8String(shown);
  return fmt::format("{} (U+{:04X})", planfile::quoted(shown), static_cast<std::uint32_t>(point));
}

enum class Last { no, yes };

std::string convert(UConverter* to, const icu::UnicodeString& text, Last last,
                    std::string& converted) {
  std::array<char, 4096> out;
  const UChar* in = text.getBuffer();
  const UChar* const end = in + text.length();
  UErrorCode error = U_ZERO_ERROR;
  do {
    error = U_ZERO_ERROR;
    char* at = out.data();
    ucnv_fromUnicode(to, &at, out.data() + out.size(), &in, end, nullptr,
                     static_cast<UBool>(last == Last::yes), &error);
    converted.append(out.data(), at);
  } while (error == U_BUFFER_OVERFLOW_ERROR);
  return U_FAILURE(error) ? show_refused(to) : std::string();
}

icu::UnicodeString wide(std::string_view utf8) {
  return icu::UnicodeString::fromUTF8({utf8.data(), static_cast<int32_t>(utf8.size())});
}

}  // namespace

struct Encoder::State {
  Converter running, single;
};

Encoder::Encoder(std::string_view encoding) : state_(std::make_unique<State>()) {
  const auto name = encoding_named(encoding);
  if (!name) throw Error(Errc::usage, name.reason);
  state_->running = open_strict(*name);
  state_->single = open_strict(*name);
}
Encoder::Encoder(Encoder&&) noexcept = default;
Encoder::~Encoder() = default;

std::string Encoder::append(std::string_view utf8, std::string& converted) {
  return convert(state_->running.get(), wide(utf8), Last::no, converted);
}

void Encoder::finish(std::string& converted) {
  convert(state_->running.get(), {}, Last::yes, converted);
}

std::string Encoder::missing_from(std::string_view utf8) {
  ucnv_reset(state_->single.get());
  std::string ignored;
  return convert(state_->single.get(), wide(utf8), Last::yes, ignored);
}

}  // namespace planfile

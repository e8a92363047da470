#include "planfile/encoding.h"

#include "encoder.h"
#include "planfile/nearest.h"
#include "text.h"
#include "utf8.h"

#include <fmt/format.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <utility>

namespace planfile {
namespace {

constexpr std::size_t kBlock = std::size_t{1} << 16;

// A surrogate on its own, which no decoder yields, marks between the two steps what can't be
// decoded.
constexpr UChar kUndecodable = 0xDC00;

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

// ICU's converter; none where it doesn't know the name. It takes an empty name for the machine's
// own.
Converter open_converter(std::string_view name) {
  if (name.empty()) return nullptr;
  UErrorCode error = U_ZERO_ERROR;
  Converter converter(ucnv_open(std::string(name).c_str(), &error));
  return U_SUCCESS(error) ? std::move(converter) : nullptr;
}

Converter needed_converter(std::string_view name) {
  Converter converter = open_converter(name);
  if (converter == nullptr) throw Error(Errc::usage, refusal("no such encoding", name));
  return converter;
}

void mark_undecodable(const void*, UConverterToUnicodeArgs* to, const char*, int32_t,
                      UConverterCallbackReason reason, UErrorCode* error) {
  if (reason > UCNV_IRREGULAR) return;
  *error = U_ZERO_ERROR;
  ucnv_cbToUWriteUChars(to, &kUndecodable, 1, 0, error);
}

void write_undecodable(const void*, UConverterFromUnicodeArgs* from, const UChar*, int32_t, UChar32,
                       UConverterCallbackReason reason, UErrorCode* error) {
  if (reason > UCNV_IRREGULAR) return;
  *error = U_ZERO_ERROR;
  ucnv_cbFromUWriteBytes(from, "\xFF", 1, 0, error);
}

[[noreturn]] void fail(UErrorCode error) {
  throw Error(Errc::storage, fmt::format("the text can't be converted: {}", u_errorName(error)));
}

// Decodes another source, block by block.
class Decoded : public ByteSource {
 public:
  Decoded(ByteSource& bytes, std::string_view encoding)
      : bytes_(bytes), from_(needed_converter(encoding)), to_(needed_converter("UTF-8")) {
    UErrorCode error = U_ZERO_ERROR;
    ucnv_setToUCallBack(from_.get(), mark_undecodable, nullptr, nullptr, nullptr, &error);
    ucnv_setFromUCallBack(to_.get(), write_undecodable, nullptr, nullptr, nullptr, &error);
    if (U_FAILURE(error)) fail(error);
  }

  std::size_t read(std::span<char> into) override {
    std::size_t filled = 0;
    while (filled < into.size() && (ended_ != Ended::yes || !rest_.empty())) {
      if (rest_.empty()) convert();
      const std::size_t size = rest_.copy(into.data() + filled, into.size() - filled);
      rest_.remove_prefix(size);
      filled += size;
    }
    return filled;
  }

  void rewind() override {
    bytes_.rewind();
    ucnv_reset(from_.get());
    ucnv_reset(to_.get());
    between_begin_ = between_end_ = between_.data();
    input_ = rest_ = {};
    ended_ = Ended::no;
    taken_ = given_ = 0;
  }

  [[nodiscard]] std::uint64_t size() const override {
    if (ended_ == Ended::yes) return given_;
    const double growth =
        taken_ == 0 ? 1 : static_cast<double>(given_) / static_cast<double>(taken_);
    return static_cast<std::uint64_t>(growth * static_cast<double>(bytes_.size()));
  }

 private:
  enum class Ended { no, input, yes };

  void convert();

  ByteSource& bytes_;
  Converter from_, to_;
  std::array<char, kBlock> in_;
  std::array<UChar, kBlock> between_;
  std::array<char, kBlock> out_;
  UChar* between_begin_ = between_.data();
  UChar* between_end_ = between_.data();
  std::string_view input_;  // in in_, not converted yet
  std::string_view rest_;   // in out_, not given yet
  Ended ended_ = Ended::no;
  std::uint64_t taken_ = 0, given_ = 0;  // bytes of the source, and of what came of them
};

void Decoded::convert() {
  if (input_.empty() && ended_ == Ended::no) {
    input_ = {in_.data(), bytes_.read(in_)};
    taken_ += input_.size();
    if (input_.empty()) ended_ = Ended::input;
  }
  char* out = out_.data();
  const char* in = input_.data();
  UErrorCode error = U_ZERO_ERROR;
  ucnv_convertEx(to_.get(), from_.get(), &out, out_.data() + out_.size(), &in, in + input_.size(),
                 between_.data(), &between_begin_, &between_end_, between_.data() + between_.size(),
                 false, ended_ == Ended::input ? 1 : 0, &error);
  if (U_FAILURE(error) && error != U_BUFFER_OVERFLOW_ERROR) fail(error);
  input_.remove_prefix(static_cast<std::size_t>(in - input_.data()));
  rest_ = {out_.data(), static_cast<std::size_t>(out - out_.data())};
  given_ += rest_.size();
  if (ended_ == Ended::input && error != U_BUFFER_OVERFLOW_ERROR) ended_ = Ended::yes;
}

// UTF-8 as it comes, but for the byte-order mark.
class Unmarked : public ByteSource {
 public:
  explicit Unmarked(ByteSource& utf8) : utf8_(utf8) {}
  explicit Unmarked(std::unique_ptr<ByteSource> utf8) : owned_(std::move(utf8)), utf8_(*owned_) {}

  std::size_t read(std::span<char> into) override {
    if (!begun_) begin();
    const std::size_t size = rest_.copy(into.data(), into.size());
    rest_.remove_prefix(size);
    return size < into.size() ? size + utf8_.read(into.subspan(size)) : size;
  }

  void rewind() override {
    utf8_.rewind();
    begun_ = false;
  }

  [[nodiscard]] std::uint64_t size() const override { return utf8_.size(); }

 private:
  void begin() {
    begun_ = true;
    std::size_t size = 0;
    while (const std::size_t got = utf8_.read(std::span(head_).subspan(size))) size += got;
    rest_ = {head_.data(), size};
    if (rest_ == kByteOrderMark) rest_ = {};
  }

  std::unique_ptr<ByteSource> owned_;
  ByteSource& utf8_;
  std::array<char, kByteOrderMark.size()> head_{};
  std::string_view rest_;  // of head_, not given yet
  bool begun_ = false;
};

// Every name that ICU takes, in one spelling.
std::vector<std::string_view> known_names() {
  std::vector<const char*> names;
  for (int32_t converter = 0; converter < ucnv_countAvailable(); ++converter) {
    const char* const name = ucnv_getAvailableName(converter);
    UErrorCode error = U_ZERO_ERROR;
    const std::uint16_t count = ucnv_countAliases(name, &error);
    for (std::uint16_t alias = 0; alias < count; ++alias) {
      names.push_back(ucnv_getAlias(name, alias, &error));
    }
  }
  const auto before = [](const char* a, const char* b) { return ucnv_compareNames(a, b) < 0; };
  std::stable_sort(names.begin(), names.end(), before);
  const auto last = std::unique(names.begin(), names.end(), std::not_fn(before));
  return {names.begin(), last};
}

std::string own_name(const Converter& converter) {
  if (converter == nullptr) return {};
  UErrorCode error = U_ZERO_ERROR;
  const char* const name = ucnv_getName(converter.get(), &error);
  return U_SUCCESS(error) ? name : "";
}

}  // namespace

Parsed<std::string> encoding_named(std::string_view name) {
  using Result = Parsed<std::string>;
  const Converter converter = open_converter(name);
  if (converter == nullptr) {
    return Result::fault(refusal("no such encoding", name) + did_you_mean(name, known_names()));
  }
  const std::string own = own_name(converter);
  for (const char* const standard : {"MIME", "IANA"}) {
    UErrorCode error = U_ZERO_ERROR;
    const char* const common = ucnv_getStandardName(own.c_str(), standard, &error);
    // Of several converters with a common name it opens only one.
    if (common != nullptr && own_name(open_converter(common)) == own) return std::string(common);
  }
  return own;
}

std::unique_ptr<ByteSource> to_utf8(ByteSource& bytes, std::string_view encoding) {
  const auto name = encoding_named(encoding);
  if (name && *name == "UTF-8") return std::make_unique<Unmarked>(bytes);
  return std::make_unique<Unmarked>(std::make_unique<Decoded>(bytes, encoding));
}

Parsed<std::string> from_utf8(std::string_view text, std::string_view encoding) {
  using Result = Parsed<std::string>;
  const auto name = encoding_named(encoding);
  if (!name) return Result::fault(name.reason);
  if (find_invalid(text.data(), text.data() + text.size()) != text.data() + text.size()) {
    return Result::fault(refusal("not UTF-8", text));
  }
  if (*name == "UTF-8") return std::string(text);
  Encoder encoder(encoding);
  std::string converted;
  const std::string missing = encoder.append(text, converted);
  if (!missing.empty()) return Result::fault(fmt::format("{} has no {}", *name, missing));
  encoder.finish(converted);
  return converted;
}

}  // namespace planfile

#include "marks.h"

#include <cstddef>

namespace planfile {
namespace {

// How a row begins: whether its source or locator is told behind the step to its period.
constexpr unsigned kHasSource = 1, kHasLocator = 2;
constexpr unsigned kFlags = 2, kBits = 7, kMore = 1U << kBits, kByte = 8;

void put_number(std::string& to, std::uint64_t number) {
  for (; number >= kMore; number >>= kBits) {
    to += static_cast<char>(static_cast<unsigned char>(number | kMore));
  }
  to += static_cast<char>(number);
}

void put_short(std::string& to, std::uint16_t number) {
  to += static_cast<char>(static_cast<unsigned char>(number));
  to += static_cast<char>(static_cast<unsigned char>(number >> kByte));
}

// Small numbers of either sign as small numbers.
std::uint64_t folded(std::int64_t step) {
  return static_cast<std::uint64_t>(step) << 1U ^ static_cast<std::uint64_t>(step < 0 ? -1 : 0);
}

std::int64_t unfolded(std::uint64_t number) {
  return static_cast<std::int64_t>(number >> 1U ^ (~(number & 1U) + 1U));
}

// Sums and differences of ids wrap around instead of overflowing.
std::int64_t less(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) - static_cast<std::uint64_t>(b));
}
std::int64_t plus(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b));
}

class Unpacking {
 public:
  explicit Unpacking(std::string_view bytes) : rest_(bytes) {}

  [[nodiscard]] bool is_done() const { return rest_.empty() || broken_; }
  [[nodiscard]] bool is_broken() const { return broken_; }

  std::uint64_t number() {
    std::uint64_t number = 0;
    for (unsigned shift = 0; shift < 64; shift += kBits) {
      const unsigned byte = next();
      number |= static_cast<std::uint64_t>(byte & (kMore - 1)) << shift;
      if ((byte & kMore) == 0) return number;
    }
    broken_ = true;
    return 0;
  }

  std::uint16_t short_number() {
    const unsigned low = next();
    return static_cast<std::uint16_t>(low | next() << kByte);
  }

 private:
  unsigned next() {
    broken_ = broken_ || rest_.empty();
    if (broken_) return 0;
    const auto byte = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    return byte;
  }

  std::string_view rest_;
  bool broken_ = false;
};

}  // namespace

RowMark mark_of(const SeriesMark& row) {
  RowMark mark;
  mark.period = row.period;
  mark.source = row.source;
  mark.check = static_cast<std::uint16_t>(row.hash.low);
  if (!row.locator.empty()) {
    RowHash text;
    text.add(std::string_view(row.locator));
    mark.locator = static_cast<std::uint16_t>(text.hash().low | 1U);
  }
  return mark;
}

std::string packed(std::span<const SeriesMark> rows) {
  std::string bytes;
  std::int64_t period = 0, source = 0;
  for (const SeriesMark& row : rows) {
    const RowMark mark = mark_of(row);
    const unsigned flags =
        (mark.source != source ? kHasSource : 0U) | (mark.locator != 0 ? kHasLocator : 0U);
    put_number(bytes, folded(less(mark.period, period)) << kFlags | flags);
    if (mark.source != source) put_number(bytes, folded(less(mark.source, source)));
    if (mark.locator != 0) put_short(bytes, mark.locator);
    put_short(bytes, mark.check);
    period = mark.period;
    source = mark.source;
  }
  return bytes;
}

std::vector<RowMark> unpacked(std::string_view bytes) {
  std::vector<RowMark> rows;
  RowMark mark;
  for (Unpacking from(bytes); !from.is_done();) {
    const std::uint64_t head = from.number();
    mark.period = plus(mark.period, unfolded(head >> kFlags));
    if ((head & kHasSource) != 0) mark.source = plus(mark.source, unfolded(from.number()));
    mark.locator = (head & kHasLocator) != 0 ? from.short_number() : std::uint16_t{0};
    mark.check = from.short_number();
    if (from.is_broken()) break;
    rows.push_back(mark);
  }
  return rows;
}

}  // namespace planfile

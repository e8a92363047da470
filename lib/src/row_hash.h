// The hash of a row by what it says, and sums of such hashes that no order changes.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace planfile {

// A number of 128 bits. Sums wrap around.
struct Hash128 {
  std::uint64_t low = 0, high = 0;

  bool operator==(const Hash128&) const = default;
  Hash128& operator+=(const Hash128& other) {
    low += other.low;
    high += other.high + (low < other.low ? 1 : 0);
    return *this;
  }
};

std::string hex(const Hash128& hash);    // 32 digits, the highest first
std::string bytes(const Hash128& hash);  // 16, the highest first

// Takes the values of a row one after the other. Values of different kinds differ, and so do texts
// that are cut differently; -0 is 0.
class RowHash {
 public:
  void clear() { said_.clear(); }
  void add_nothing() { said_ += 'n'; }
  void add(std::int64_t number) {
    said_ += 'i';
    append(static_cast<std::uint64_t>(number));
  }
  void add(double number) {
    said_ += 'r';
    append(std::bit_cast<std::uint64_t>(number == 0 ? 0.0 : number));
  }
  void add(std::string_view text) {
    said_ += 't';
    append(text.size());
    said_ += text;
  }
  void add(const Hash128& hash) {
    append(hash.low);
    append(hash.high);
  }

  // XXH3 of what was added.
  [[nodiscard]] Hash128 hash() const;

 private:
  // The low byte first on every machine.
  void append(std::uint64_t number) {
    constexpr std::size_t kBytes = 8;
    std::array<char, kBytes> bytes;
    for (std::size_t at = 0; at < kBytes; ++at) {
      bytes[at] = static_cast<char>(static_cast<unsigned char>(number >> (kBytes * at)));
    }
    said_.append(bytes.data(), bytes.size());
  }

  std::string said_;
};

}  // namespace planfile

#include "row_hash.h"

#include <fmt/format.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace planfile {

std::string hex(const Hash128& hash) { return fmt::format("{:016x}{:016x}", hash.high, hash.low); }

std::string bytes(const Hash128& hash) {
  std::string text;
  constexpr int kByte = 8, kTop = 56;
  for (const std::uint64_t half : {hash.high, hash.low}) {
    for (int shift = kTop; shift >= 0; shift -= kByte) {
      text += static_cast<char>(static_cast<unsigned char>(half >> shift));
    }
  }
  return text;
}

Hash128 RowHash::hash() const {
  const XXH128_hash_t hash = XXH3_128bits(said_.data(), said_.size());
  return {hash.low64, hash.high64};
}

}  // namespace planfile

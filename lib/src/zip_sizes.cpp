#include "zip_sizes.h"

#include <fstream>
#include <iterator>
#include <string>

namespace planfile {
namespace {

constexpr std::string_view kEnd("PK\x05\x06", 4);    // opens the record at the end of the file
constexpr std::string_view kEntry("PK\x01\x02", 4);  // opens an entry of the directory
constexpr std::size_t kEntrySize = 46;               // of its fixed part

// A little-endian number of that many bytes.
std::uint64_t number_at(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint64_t number = 0;
  for (std::size_t i = size; i-- > 0;) {
    number = number << 8 | static_cast<unsigned char>(bytes[at + i]);
  }
  return number;
}

}  // namespace

std::uint64_t zip_size(const std::filesystem::path& path, std::string_view name) {
  constexpr std::streamoff kTail = 1 << 16;  // the directory of a workbook is far smaller
  std::ifstream in(path, std::ios::binary | std::ios::ate);
  const std::streamoff size = in.tellg();
  in.seekg(size > kTail ? size - kTail : 0);
  const std::string tail{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  const std::string_view bytes(tail);
  if (bytes.rfind(kEnd) == bytes.npos) return 0;
  for (std::size_t at = bytes.find(kEntry); at != bytes.npos; at = bytes.find(kEntry, at + 1)) {
    if (at + kEntrySize > bytes.size()) break;
    if (bytes.substr(at + kEntrySize, number_at(bytes, at + 28, 2)) == name) {
      return number_at(bytes, at + 24, 4);
    }
  }
  return 0;
}

}  // namespace planfile

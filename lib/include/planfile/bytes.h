#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <istream>
#include <memory>
#include <span>
#include <string_view>

#include "planfile/error.h"

namespace planfile {

// Bytes that can be read from the first to the last, again where need be. Reading throws
// Errc::storage when the medium fails.
class ByteSource {
 public:
  virtual ~ByteSource() = default;

  // Fills `into` as far as there are bytes and says how many; 0 only at the end.
  virtual std::size_t read(std::span<char> into) = 0;

  // Goes back to the first byte.
  virtual void rewind() = 0;

  // How many bytes there are in all.
  [[nodiscard]] virtual std::uint64_t size() const = 0;
};

// A file. Errc::no_such_file when there is none, it is a folder, or it may not be read. A pipe or
// device is taken as a stream.
std::unique_ptr<ByteSource> file_bytes(const std::filesystem::path& path);

// A stream, taken to its end into a nameless temporary file.
std::unique_ptr<ByteSource> stream_bytes(std::istream& in);

// A text, which must outlive it.
std::unique_ptr<ByteSource> text_bytes(std::string_view text);

}  // namespace planfile

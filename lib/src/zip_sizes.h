// What a ZIP file says of the files in it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

namespace planfile {

// The size of the file `name`, unpacked; 0 when there is none, or `path` is no whole ZIP file.
std::uint64_t zip_size(const std::filesystem::path& path, std::string_view name);

}  // namespace planfile

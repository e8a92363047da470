// Names close to one that isn't known, for messages.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace planfile {

// Up to `most` of `candidates` that a reader might have meant by `name`, the nearest first.
// Nearness counts the characters to insert, delete, replace or swap; a name that contains the other
// is near too.
std::vector<std::string_view> nearest(std::string_view name,
                                      std::span<const std::string_view> candidates,
                                      std::size_t most = 3);

// `; nearest: "gdp", "gdp-per-capita"`, or nothing where no candidate is near.
std::string did_you_mean(std::string_view name, std::span<const std::string_view> candidates);

}  // namespace planfile

// Manual pages from the definition that `--help` prints.
#pragma once

#include <string>

#include <CLI/CLI.hpp>

namespace planfile {

// The page in roff: of the whole program when `command` is its root, else of that command.
std::string manual_page(const CLI::App& command);

}  // namespace planfile

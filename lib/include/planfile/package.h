#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "planfile/error.h"

// Frictionless Data Packages: a folder of CSVs with a datapackage.json that lists them.
namespace planfile {

// Whether `path` names a package's descriptor: datapackage.json, or another .json.
bool is_package(const std::filesystem::path& path);

// The CSV files that the package lists, in its order, as paths. Errc::usage where it is no package,
// or a resource is no file beside it: not CSV, inline data, a URL, a path out of its folder.
std::vector<std::string> package_files(const std::filesystem::path& path);

}  // namespace planfile

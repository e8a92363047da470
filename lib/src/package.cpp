#include "planfile/package.h"

#include <fstream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace planfile {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const fs::path& path, std::string_view why) {
  throw Error(Errc::usage, fmt::format("{}: {}", path.string(), why));
}

bool leaves_folder(const fs::path& path) {
  if (path.is_absolute()) return true;
  return std::any_of(path.begin(), path.end(), [](const fs::path& part) { return part == ".."; });
}

void add_path(const fs::path& package, const nlohmann::json& path,
              std::vector<std::string>& files) {
  if (!path.is_string()) refuse(package, "a resource's path is no text");
  const auto text = path.get<std::string>();
  if (text.find("://") != std::string::npos) {
    refuse(package, fmt::format("a resource is on the network, not beside it: \"{}\"", text));
  }
  if (leaves_folder(text)) {
    refuse(package, fmt::format("a resource lies outside its folder: \"{}\"", text));
  }
  files.push_back((package.parent_path() / text).string());
}

}  // namespace

bool is_package(const fs::path& path) { return path.extension() == ".json"; }

std::vector<std::string> package_files(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    throw Error(Errc::no_such_file,
                fmt::format("{}: no such file, or not readable", path.string()));
  }
  const auto json = nlohmann::json::parse(in, nullptr, false);
  if (json.is_discarded()) refuse(path, "not JSON");
  if (!json.is_object() || !json.contains("resources") || !json["resources"].is_array()) {
    refuse(path, "no data package: it has no list of resources");
  }
  std::vector<std::string> files;
  for (const auto& resource : json["resources"]) {
    if (!resource.is_object() || !resource.contains("path")) {
      refuse(path, "a resource has no path; data within the descriptor is not read");
    }
    const auto& paths = resource["path"];
    if (!paths.is_array()) {
      add_path(path, paths, files);
      continue;
    }
    for (const auto& one : paths) add_path(path, one, files);
  }
  return files;
}

}  // namespace planfile

// What tests share: a folder of their own, and the command as its user meets it.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "planfile/table.h"

namespace planfile::test {

// Where the sources are, for the data that tests read.
std::filesystem::path root();

// A folder that is gone when the test ends.
class Folder {
 public:
  Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder();

  // The path of `name` in the folder, as text.
  [[nodiscard]] std::string path(std::string_view name) const;

  // Writes a file (and the folders it stands in); returns its path.
  std::string write(std::string_view name, std::string_view text) const;

 private:
  std::filesystem::path path_;
};

std::string read(const std::filesystem::path& path);
bool exists(const std::string& path);

// What a program did.
struct Outcome {
  int code = 0;
  std::string out, err;
};

// Runs the command in process; `in` is its stdin.
Outcome run(const std::vector<std::string>& arguments, std::string_view in = {});

// Runs a line of the shell, stdin closed.
Outcome shell(const std::string& line);

// A word that the shell leaves as it is.
std::string shell_word(std::string_view word);

// A folder with a plan file `plan.db` that holds two sources, a zone, two indicators and a plan;
// small enough to know by heart.
class PlanFile : public Folder {
 public:
  PlanFile();

  [[nodiscard]] std::string file() const { return path("plan.db"); }

  // The rows of one statement over the file.
  [[nodiscard]] Table rows(std::string_view sql) const;

  // The single value of a statement, as text.
  [[nodiscard]] std::string value(std::string_view sql) const;
};

}  // namespace planfile::test

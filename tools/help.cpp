#include "help.h"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

namespace planfile {
namespace {

constexpr std::size_t kWidth = 74;  // of descriptions; beside the names a line has 100 columns

std::string wrapped(std::string_view text) {
  std::string out;
  std::size_t line = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (line > 0 && line + 1 + end > kWidth) {
      out += '\n';
      line = 0;
    } else if (line > 0) {
      out += ' ';
      ++line;
    }
    out += text.substr(0, end);
    line += end;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

}  // namespace

std::vector<std::string> choices_of(const CLI::Option& option) {
  const std::string type = option.get_type_name();  // "TEXT:{table,csv}"
  const std::size_t from = type.find('{');
  const std::size_t to = type.rfind('}');
  if (from == std::string::npos || to == std::string::npos) return {};
  return CLI::detail::split(type.substr(from + 1, to - from - 1), ',');
}

std::string value_of(const CLI::Option& option) {
  if (option.get_type_size() == 0 || option.get_items_expected_max() == 0) return "";
  const auto choices = choices_of(option);
  if (!choices.empty()) return fmt::format("{}", fmt::join(choices, "|"));
  const std::string type = option.get_type_name();
  const std::string word = type.substr(0, type.find(':'));
  if (word == "UINT" || word == "INT") return "N";
  return word == "FLOAT" ? "NUMBER" : word;
}

bool is_repeated(const CLI::Option& option) {
  return option.get_expected_max() == CLI::detail::expected_max_vector_size;
}

std::string HelpFormatter::make_option_opts(const CLI::Option* option) const {
  if (option->get_positional()) return is_repeated(*option) ? "..." : "";
  const std::string value = value_of(*option);
  return value.empty() ? "" : " " + value;
}

std::string HelpFormatter::make_option_desc(const CLI::Option* option) const {
  const std::string standard = option->get_default_str();
  return wrapped(option->get_description() +
                 (standard.empty() ? "" : fmt::format("; {} by default", standard)));
}

std::string HelpFormatter::make_subcommand(const CLI::App* command) const {
  return fmt::format("  {:<{}}{}\n", command->get_name(), get_column_width() - 2,
                     command->get_description());
}

}  // namespace planfile

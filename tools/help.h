// How options read in help texts, manual pages and completions.
#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace planfile {

// The values that an option takes when it is one of few; none otherwise.
std::vector<std::string> choices_of(const CLI::Option& option);

// What stands for an option's value: `table|csv|json`, `NAME=VALUE`, `N`, `TEXT`; empty of a flag.
std::string value_of(const CLI::Option& option);

// Whether it may be given, or its value repeated, as often as one likes.
bool is_repeated(const CLI::Option& option);

// Help without CLI11's type words: options with what stands for their value, the default at the end
// of the description, lines of at most 100 columns.
class HelpFormatter : public CLI::Formatter {
 public:
  std::string make_option_opts(const CLI::Option* option) const override;
  std::string make_option_desc(const CLI::Option* option) const override;
  std::string make_subcommand(const CLI::App* command) const override;
};

}  // namespace planfile

// Words of cells and names, compared without regard to typography.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace planfile {

enum class Capitals { ignored, kept };

// The text without what only typography tells apart: full width, spaces, brackets and quotation
// marks (their content stays), and capitals where they are ignored.
std::string loosened(std::string_view text, Capitals capitals = Capitals::ignored);

// The code that a word of Chinese or English stands for in a column of codes or choices: 预期性 is
// the nature `expected`, 在建 the stage `implementation`. Words that may mean two codes stand for
// none.
std::optional<std::string_view> code_of_word(std::string_view table, std::string_view column,
                                             std::string_view word);

// The first Chinese word for a code in that column; the code itself where there is none.
std::string word_of_code(std::string_view table, std::string_view column, std::string_view code);

}  // namespace planfile

// UTF-8 into another encoding, part by part.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace planfile {

class Encoder {
 public:
  // Errc::usage for an encoding that there is none of.
  explicit Encoder(std::string_view encoding);
  Encoder(Encoder&&) noexcept;
  ~Encoder();

  // Appends `utf8` to `converted`. Returns the first character that the encoding lacks, as
  // `"㙟" (U+365F)`; then nothing more can be converted. Empty when all is well.
  std::string append(std::string_view utf8, std::string& converted);

  // Appends what ends the text, in encodings that switch between sets of characters.
  void finish(std::string& converted);

  // As `append` on its own: what the encoding lacks of `utf8`.
  std::string missing_from(std::string_view utf8);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace planfile

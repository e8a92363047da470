#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "planfile/bytes.h"
#include "planfile/error.h"

namespace planfile {

// How a text's bytes stand for characters.
struct Encoding {
  std::string name;     // "UTF-8", "UTF-16LE", "GB18030", or as ICU calls it
  bool marked = false;  // a byte-order mark said so
  bool valid = false;   // every byte of the text was seen to fit; otherwise reading tells

  // Cells that another likely encoding would read as other, equally likely text; at most 5. Where
  // there are any, a person must choose. Text in UTF-8 has doubts only when it is GB18030 as well
  // and its few letters make no sense in UTF-8 (`元` in GB18030 is `Ԫ` there).
  struct Doubt {
    std::size_t line = 1;
    std::string text, other_text;  // in UTF-8: as `name` and as `other` read it
  };
  std::vector<Doubt> doubts;
  std::string other;  // the other encoding; empty without doubts
};

// Finds the encoding of a whole text: strict UTF-8, else what a byte-order mark says (UTF-8,
// UTF-16 or UTF-32 either way), else strict GB18030. Reads `bytes` to the end, at memory speed
// where they are ASCII, and rewinds them. What is found to be "UTF-8" is so throughout. A fault,
// with line and position of the first undecodable byte as UTF-8 and as GB18030, when none fits;
// also for what is no text at all (an .xlsx, .xls, .zip, .pdf or SQLite file, NUL bytes), which it
// names.
Parsed<Encoding> detect_encoding(ByteSource& bytes);

// The name by which ICU knows `name` ("gbk", "Big5", "latin1"); the reason names the nearest.
Parsed<std::string> encoding_named(std::string_view name);

// `bytes` in UTF-8, without a byte-order mark, decoded as they are read. What can't be decoded
// comes out as the byte 0xFF, which UTF-8 never has: CsvReader tells where. `bytes` must outlive
// it. UTF-8 passes unexamined. As long as there is more to decode, its size is an estimate by what
// was decoded so far. Errc::usage for an encoding that there is none of.
std::unique_ptr<ByteSource> to_utf8(ByteSource& bytes, std::string_view encoding);

// `text`, which is UTF-8, in another encoding; the reason names the first character that it lacks.
Parsed<std::string> from_utf8(std::string_view text, std::string_view encoding);

}  // namespace planfile

#include "signature.h"

#include "utf8.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

namespace planfile {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kSave = "save it as CSV (UTF-8) first";
constexpr std::string_view kUnpack = "unpack it first";
constexpr std::string_view kExport = "export its table as CSV first";

struct Kind {
  std::string_view sign;
  std::string_view what;
  std::string_view advice;
};

// By the first bytes.
constexpr Kind kBinary[] = {
    {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv, "an old Excel workbook (.xls) or other Office file",
     kSave},
    {"{\\rtf"sv, "a text document (RTF)", kExport},
    {"%PDF-"sv, "a PDF document", kExport},
    {"SQLite format 3\0"sv, "an SQLite file", kExport},
    {"PAR1\x15"sv, "a Parquet file", kExport},
    {"ARROW1\0\0"sv, "an Arrow file", kExport},
    {"\x89PNG\r\n"sv, "an image", "type its table first"},
    {"\xFF\xD8\xFF"sv, "an image", "type its table first"},
    {"\x1F\x8B"sv, "an archive (gzip)", kUnpack},
    {"\xFD"
     "7zXZ\0"sv,
     "an archive (xz)", kUnpack},
    {"\x28\xB5\x2F\xFD"sv, "an archive (Zstandard)", kUnpack},
    {"7z\xBC\xAF\x27\x1C"sv, "an archive (7z)", kUnpack},
    {"Rar!\x1A\x07"sv, "an archive (RAR)", kUnpack},
};

// By a name within a ZIP file.
constexpr Kind kZipped[] = {
    {"xl/"sv, "an Excel workbook", kSave},
    {"application/vnd.oasis.opendocument.spreadsheet"sv, "an OpenDocument spreadsheet", kSave},
    {"word/"sv, "a Word document", kExport},
    {"application/vnd.oasis.opendocument.text"sv, "an OpenDocument text", kExport},
    {"Index/Tables/"sv, "a Numbers spreadsheet", kSave},
    {""sv, "a ZIP archive", kUnpack},
};

// By the first characters behind blanks, in lower case.
constexpr Kind kMarkup[] = {
    {"<!doctype html"sv, "an HTML page",
     "open it in a spreadsheet and save it as CSV (UTF-8) first"},
    {"<html"sv, "an HTML page", "open it in a spreadsheet and save it as CSV (UTF-8) first"},
    {"<table"sv, "an HTML page", "open it in a spreadsheet and save it as CSV (UTF-8) first"},
    {"<meta"sv, "an HTML page", "open it in a spreadsheet and save it as CSV (UTF-8) first"},
    {"<?xml"sv, "an XML document", "open it in a spreadsheet and save it as CSV (UTF-8) first"},
};

template <class Matches>
const Kind* find_kind(std::span<const Kind> kinds, Matches matches) {
  const auto found = std::find_if(kinds.begin(), kinds.end(),
                                  [&](const Kind& kind) { return matches(kind.sign); });
  return found == kinds.end() ? nullptr : &*found;
}

std::string first_word(std::string_view head) {
  if (head.starts_with(kByteOrderMark)) head.remove_prefix(kByteOrderMark.size());
  head.remove_prefix(std::min(head.find_first_not_of(" \t\r\n"), head.size()));
  std::string word(head.substr(0, 20));
  std::transform(word.begin(), word.end(), word.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return word;
}

}  // namespace

std::string foreign_kind(std::string_view head) {
  const Kind* kind = nullptr;
  if (head.starts_with("PK\x03\x04")) {
    kind =
        find_kind(kZipped, [head](std::string_view sign) { return head.find(sign) != head.npos; });
  } else if (const std::string word = first_word(head); word.starts_with('<')) {
    kind = find_kind(kMarkup, [&word](std::string_view sign) { return word.starts_with(sign); });
  } else {
    kind = find_kind(kBinary, [head](std::string_view sign) { return head.starts_with(sign); });
  }
  return kind == nullptr ? "" : fmt::format("{}, not CSV: {}", kind->what, kind->advice);
}

}  // namespace planfile

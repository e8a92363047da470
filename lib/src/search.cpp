#include "planfile/search.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <tuple>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>
#include <sqlite3.h>

#include "database.h"
#include "migrate.h"
#include "spelling.h"

namespace planfile {
namespace {

// How well something was found, the best first.
enum Rank : std::uint8_t {
  kExact,
  kExactAlias,
  kOpens,
  kInside,
  kAlias,
  kPinyin,
  kDefinition,
  kNote,
  kNowhere
};

// What the words stand in: the row's kind of name or text, and the row's text.
struct Place {
  Rank rank = kNowhere;
  std::size_t length = 0;  // of the text, in characters
  std::string which = {}, text = {};
};

// What was found of one thing: for each word the best place; where there are several, then that of
// all of them in a row.
using Places = std::vector<Place>;

struct Closer {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

class Rows {
 public:
  Rows(Database& database, const std::string& sql, const std::string& kind,
       const std::string& code = {})
      : database_(database) {
    sqlite3_stmt* statement = nullptr;
    const int code_of_trouble = sqlite3_prepare_v2(handle(), sql.c_str(), -1, &statement, nullptr);
    statement_.reset(statement);
    if (code_of_trouble != SQLITE_OK)
      throw database.error(code_of_trouble, sqlite3_errmsg(handle()));
    for (int at = 1; at <= sqlite3_bind_parameter_count(statement); ++at) {
      const std::string& value = at == 1 ? kind : code;
      sqlite3_bind_text(statement, at, value.data(), static_cast<int>(value.size()),
                        SQLITE_TRANSIENT);
    }
  }

  bool next() {
    const int code = sqlite3_step(statement_.get());
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) throw database_.error(code, sqlite3_errmsg(handle()));
    return false;
  }

  [[nodiscard]] std::string_view text(int column) const {
    const auto* bytes =
        reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
    if (bytes == nullptr) return {};
    return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
  }

 private:
  sqlite3* handle() { return database_.sqlite().getHandle(); }

  Database& database_;
  std::unique_ptr<sqlite3_stmt, Closer> statement_;
};

bool is_space(char32_t c) { return c == U' ' || (c >= U'\t' && c <= U'\r') || c == U'\u3000'; }

// The words of a search, spelled.
struct Wanted {
  std::vector<std::u32string> words;
  std::vector<std::u32string> in_names;  // the same and, where there are several, all in a row
};

Wanted wanted_of(const Search& what) {
  Wanted wanted;
  for (const std::string& given : what.words) {
    const std::u32string text = spelled(given);
    for (auto from = text.begin(); from != text.end();) {
      const auto begin = std::find_if_not(from, text.end(), is_space);
      const auto end = std::find_if(begin, text.end(), is_space);
      if (begin != end) wanted.words.emplace_back(begin, end);
      from = end;
    }
  }
  wanted.in_names = wanted.words;
  if (wanted.words.size() < 2) return wanted;
  std::u32string& phrase = wanted.in_names.emplace_back();
  for (const std::u32string& word : wanted.words) phrase += (phrase.empty() ? U"" : U" ") + word;
  return wanted;
}

// How a word stands in a name.
Rank rank_in_name(std::u32string_view name, std::u32string_view word) {
  if (name == word) return kExact;
  const auto found = find_word(name, word);
  if (!found) return kNowhere;
  return found->begin == 0 ? kOpens : kInside;
}

Rank as_alias(Rank rank) {
  if (rank == kExact) return kExactAlias;
  return rank == kNowhere ? kNowhere : kAlias;
}

Rank rank_of_text(std::string_view which) {
  return which.starts_with("definition") || which.starts_with("about") ? kDefinition : kNote;
}

class Finder {
 public:
  explicit Finder(Wanted wanted) : wanted_(std::move(wanted)) {}

  void look_at_name(std::string_view kind, std::string_view code, std::string_view name,
                    std::string_view which) {
    const std::u32string text = spelled(name);
    for (std::size_t at = 0; at < wanted_.in_names.size(); ++at) {
      const std::u32string& word = wanted_.in_names[at];
      const Rank rank = rank_in_name(text, word);
      if (rank != kNowhere) {
        note(kind, code, at, {which == "alias" ? as_alias(rank) : rank, text.size()}, which, name);
      } else if (which != "name_en" && find_pinyin(text, word)) {
        note(kind, code, at, {kPinyin, text.size()}, "pinyin", name);
      }
    }
    if (which == "name" && kind != "unit" && kind != "query") look_at_code(kind, code);
  }

  void look_at_text(std::string_view kind, std::string_view code, std::string_view words,
                    std::string_view which) {
    const std::u32string text = spelled(words);
    for (std::size_t at = 0; at < wanted_.words.size(); ++at) {
      if (find_word(text, wanted_.words[at])) {
        note(kind, code, at, {rank_of_text(which), text.size()}, which, words);
      }
    }
  }

  // The things in which every word was found, by kind, NUL, code.
  std::vector<std::pair<std::string, Place>> found() && {
    std::vector<std::pair<std::string, Place>> all;
    for (auto& [thing, places] : things_) {
      const auto words = places.begin() + static_cast<std::ptrdiff_t>(wanted_.words.size());
      const auto least = std::max_element(
          places.begin(), words, [](const Place& a, const Place& b) { return a.rank < b.rank; });
      if (least->rank == kNowhere) continue;
      const bool is_row = words != places.end() && words->rank < least->rank;
      all.emplace_back(thing, std::move(is_row ? *words : *least));
    }
    return all;
  }

  [[nodiscard]] const Wanted& wanted() const { return wanted_; }

 private:
  void look_at_code(std::string_view kind, std::string_view code) {
    const std::u32string text = spelled(code);
    for (std::size_t at = 0; at < wanted_.in_names.size(); ++at) {
      const Rank rank = rank_in_name(text, wanted_.in_names[at]);
      note(kind, code, at, {rank == kExact ? kExact : as_alias(rank), text.size()}, "code", code);
    }
  }

  // Keeps the place where it is better than the one known for that word.
  void note(std::string_view kind, std::string_view code, std::size_t word, Place place,
            std::string_view which, std::string_view text) {
    if (place.rank == kNowhere) return;
    thing_.assign(kind);
    thing_ += '\0';
    thing_ += code;
    Places& places = things_[thing_];
    places.resize(wanted_.in_names.size());
    Place& known = places[word];
    if (std::pair(place.rank, place.length) >= std::pair(known.rank, known.length)) return;
    place.which = which;
    place.text = text;
    known = std::move(place);
  }

  std::string thing_;  // the key, kept for its room
  Wanted wanted_;
  std::unordered_map<std::string, Places> things_;  // by kind, NUL, code
};

// A thing found, with what decides its turn.
struct Candidate {
  std::size_t kind;  // its place among kinds_of_names()
  std::string thing;
  Place place;
};

std::size_t place_of_kind(std::string_view kind) {
  const auto& all = kinds_of_names();
  return static_cast<std::size_t>(std::find(all.begin(), all.end(), kind) - all.begin());
}

// Of things found alike the shorter name is nearer to the words; queries, tables and columns are
// rarely what is meant.
bool stands_before(const Candidate& a, const Candidate& b) {
  constexpr std::size_t kFirstOfSchema = 6;
  const auto turn = [](const Candidate& one) {
    return std::tuple(one.place.rank, one.kind >= kFirstOfSchema, one.place.length, one.kind);
  };
  const auto x = turn(a), y = turn(b);
  return x != y ? x < y : a.thing < b.thing;
}

// The best `most` of what was found, or all where that is 0.
std::vector<Candidate> best(std::vector<std::pair<std::string, Place>> found, std::size_t most) {
  std::vector<Candidate> all;
  for (auto& one : found) {
    const std::string_view thing = one.first;
    const std::size_t kind = place_of_kind(thing.substr(0, thing.find('\0')));
    all.push_back({kind, std::move(one.first), std::move(one.second)});
  }
  if (most == 0 || most > all.size()) most = all.size();
  std::partial_sort(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(most), all.end(),
                    stands_before);
  all.resize(most);
  return all;
}

// Fills in the bytes of a hit's text where the first of the words that stand there begins and ends.
void mark(Hit& hit, const Wanted& wanted) {
  const Spelled form = spelled_with_origins(hit.text);
  for (const std::u32string& word : wanted.words) {
    auto stretch = find_word(form.text, word);
    if (!stretch && hit.which == "pinyin") stretch = find_pinyin(form.text, word);
    if (!stretch) continue;
    hit.begin = form.origins[stretch->begin];
    hit.end = form.origins[stretch->end];
    return;
  }
}

void fill_in_names(Database& database, Hit& hit) {
  Rows own(database,
           "SELECT name, which FROM names WHERE kind = ? AND code = ? AND which <> 'alias'",
           hit.kind, hit.code);
  while (own.next()) (own.text(1) == "name" ? hit.name : hit.name_en) = own.text(0);
}

void look_through(Database& database, const std::string& kind, Finder& finder) {
  const std::string only = kind.empty() ? "" : " WHERE kind = ?";
  Rows names(database, "SELECT kind, code, name, which FROM names" + only, kind);
  while (names.next()) {
    finder.look_at_name(names.text(0), names.text(1), names.text(2), names.text(3));
  }
  Rows texts(database, "SELECT kind, code, text, which FROM texts" + only, kind);
  while (texts.next()) {
    finder.look_at_text(texts.text(0), texts.text(1), texts.text(2), texts.text(3));
  }
}

void refuse_unknown_kind(const std::string& kind) {
  const auto& all = kinds_of_names();
  if (kind.empty() || std::find(all.begin(), all.end(), kind) != all.end()) return;
  throw Error(Errc::usage,
              fmt::format("no kind \"{}\"; there are: {}", kind, fmt::join(all, ", ")));
}

}  // namespace

const std::vector<std::string_view>& kinds_of_names() {
  static const std::vector<std::string_view> all = {"indicator", "entity", "plan",  "project",
                                                    "source",    "scope",  "query", "table",
                                                    "column",    "unit"};
  return all;
}

Hits search(const std::filesystem::path& file, const Search& what) {
  refuse_unknown_kind(what.kind);
  Finder finder(wanted_of(what));
  if (finder.wanted().words.empty()) throw Error(Errc::usage, "no word to find");
  Database database(file, Database::Access::read);
  check_version(database, newest_schema());
  database.restrict_to_reading();
  look_through(database, what.kind, finder);
  const Wanted wanted = finder.wanted();
  auto found = std::move(finder).found();
  Hits hits{{}, found.size()};
  for (Candidate& one : best(std::move(found), what.most)) {
    Hit& hit = hits.hits.emplace_back();
    hit.kind = kinds_of_names()[one.kind];
    hit.code = one.thing.substr(one.thing.find('\0') + 1);
    hit.which = std::move(one.place.which);
    hit.text = std::move(one.place.text);
    fill_in_names(database, hit);
    mark(hit, wanted);
  }
  return hits;
}

}  // namespace planfile

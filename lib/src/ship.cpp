#include "planfile/ship.h"

#include <algorithm>
#include <fstream>
#include <future>
#include <memory>
#include <string_view>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "digest.h"
#include "manifest.h"
#include "migrate.h"
#include "planfile/draft.h"
#include "schema_check.h"
#include "ship_copy.h"

namespace planfile {
namespace {

namespace fs = std::filesystem;

void refuse_itself(const fs::path& file, const fs::path& out) {
  std::error_code unknown;
  if (fs::exists(out, unknown) && fs::equivalent(file, out, unknown)) {
    throw Error(Errc::usage, fmt::format("{}: is the file itself; choose another name for the copy",
                                         out.string()));
  }
}

// What users made; Errc::refused when planfile's own tables are not as they were made.
std::vector<SchemaItem> own_items(Database& source) {
  SchemaCheck check = check_schema(source);
  for (const SchemaDifference& one : check.differences) {
    if (one.item.kind != "table") continue;
    throw Error(Errc::refused,
                fmt::format("{}: not shipped: its table {} is not as planfile makes it; `planfile "
                            "verify` tells more",
                            source.name(), one.item.name));
  }
  return std::move(check.own);
}

// Runs what the file that all new ones are like says, first its tables, later the rest.
void make_schema(Database& from, Database& to, std::string_view types) {
  SQLite::Statement objects(from.sqlite(),
                            fmt::format("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND "
                                        "type IN ({}) AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
                                        "ORDER BY rowid",
                                        types));
  while (objects.executeStep()) to.sqlite().exec(objects.getColumn(0).getString());
}

void copy_whole_table(Database& from, Database& to, const std::string& table) {
  SQLite::Statement rows(from.sqlite(), fmt::format("SELECT * FROM \"{}\"", table));
  std::string marks = "?";
  for (int at = 1; at < rows.getColumnCount(); ++at) marks += ", ?";
  SQLite::Statement put(to.sqlite(), fmt::format("INSERT INTO \"{}\" VALUES ({})", table, marks));
  while (rows.executeStep()) {
    for (int at = 0; at < rows.getColumnCount(); ++at) {
      const SQLite::Column value = rows.getColumn(at);
      if (value.isInteger()) {
        put.bind(at + 1, value.getInt64());
      } else {
        put.bind(at + 1, value.getString());
      }
    }
    put.exec();
    put.reset();
  }
}

// Makes a user's view in the copy; false where it does not work there.
bool took_view(Database& from, Database& to, const std::string& name) {
  SQLite::Statement found(from.sqlite(),
                          "SELECT sql FROM sqlite_schema WHERE type = 'view' AND name = ?");
  found.bind(1, name);
  if (!found.executeStep()) return false;
  const std::string text = found.getColumn(0).getString();
  std::string quoted;
  for (const char c : name) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  to.sqlite().exec("SAVEPOINT own_view");
  try {
    SQLite::Statement(to.sqlite(), text).exec();
    const SQLite::Statement compiled(to.sqlite(), fmt::format("SELECT * FROM \"{}\"", quoted));
  } catch (const SQLite::Exception&) {
    to.sqlite().exec("ROLLBACK TO own_view; RELEASE own_view");
    return false;
  }
  to.sqlite().exec("RELEASE own_view");
  return true;
}

// Views may read each other, so those that fail are tried again while any succeeds.
std::vector<std::string> take_views(Database& from, Database& to, std::vector<SchemaItem> own) {
  for (std::size_t before = own.size() + 1; own.size() < before;) {
    before = own.size();
    std::erase_if(own, [&](const SchemaItem& item) {
      return item.kind == "query" || (item.kind == "view" && took_view(from, to, item.name));
    });
  }
  std::vector<std::string> left;
  left.reserve(own.size());
  for (const SchemaItem& item : own) left.push_back(fmt::format("{} {}", item.kind, item.name));
  return left;
}

// The units that every new file has go along, as no figure can be imported without them.
void keep_usual_units(Database& from, Database& fresh, Selection& selection) {
  const auto chosen = selection.rows.find("unit");
  if (chosen == selection.rows.end()) return;
  SQLite::Statement usual(fresh.sqlite(), "SELECT code FROM unit");
  SQLite::Statement find(from.sqlite(), "SELECT id FROM unit WHERE code = ?");
  while (usual.executeStep()) {
    find.bind(1, usual.getColumn(0).getString());
    if (find.executeStep()) chosen->second.insert(find.getColumn(0).getInt64());
    find.reset();
  }
}

std::string digest_of(const fs::path& path) {
  constexpr std::size_t kBlock = 1 << 20;
  std::ifstream in(path, std::ios::binary);
  std::string block(kBlock, '\0');
  Sha256 sha;
  while (in.read(block.data(), static_cast<std::streamsize>(block.size())) || in.gcount() > 0) {
    sha.add(std::string_view(block).substr(0, static_cast<std::size_t>(in.gcount())));
  }
  return sha.hex();
}

class Shipping {
 public:
  Shipping(Database& source, const ShipOptions& options) : source_(source), options_(options) {
    migrate(fresh_);
    rules_.redactions = redactions(fresh_, options.redact);
    rules_.history = options.history;
  }

  // Writes the copy to `path`.
  void write(const fs::path& path) {
    std::vector<SchemaItem> own = own_items(source_);
    rules_.selection = select_rows(source_, options_.only);
    source_.guarded([&] { keep_usual_units(source_, fresh_, rules_.selection); });
    Database to(path, Database::Access::create);
    to.as_draft();
    to.guarded([&] {
      SQLite::Transaction all(to.sqlite());
      make_schema(fresh_, to, "'table'");
      for (const char* table : {"file", "dictionary", "code", "query"}) {
        copy_whole_table(fresh_, to, table);
      }
      ManifestRows rows;
      copied_ = copy_rows(source_, to, rules_, rows);
      write_manifest(to, rows, copied_);
      make_schema(fresh_, to, "'index'");
      make_schema(fresh_, to, "'view', 'trigger'");
      shipped_.left = take_views(source_, to, std::move(own));
      to.sqlite().exec(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}",
                                   kApplicationId, newest_schema()));
      all.commit();
    });
  }

  // The copy must be well, and say what the file says: its manifest is of the observations as they
  // were read from the file.
  Shipped verified(const fs::path& path) {
    std::future<std::string> digest = std::async(std::launch::async, digest_of, path);
    Verification found = verify(path);
    if (!found.faults.empty()) {
      const VerifyFault& first = found.faults.front();
      refuse(fmt::format("{}: {}", to_text(first.check), first.message));
    }
    if (!found.differences.empty()) refuse("it does not hold what was written");
    const bool is_whole = rules_.selection.whole && rules_.redactions.empty();
    if (is_whole) compare(*found.content);
    shipped_.bytes = found.bytes;
    shipped_.content = std::move(*found.content);
    shipped_.sha256 = digest.get();
    return std::move(shipped_);
  }

 private:
  void compare(const ContentHash& copied) {
    const ContentHash said = read_content(source_, nullptr, [&] { return copied_; });
    for (std::size_t at = 0; at < said.content.size(); ++at) {
      if (said.content[at] == copied.content[at]) continue;
      refuse(fmt::format("the copy's table {} does not say the same", said.content[at].table));
    }
    if (options_.history == History::keep && said.history_hash != copied.history_hash) {
      refuse("the copy's imports and former values are not the same");
    }
  }

  [[noreturn]] void refuse(const std::string& why) const {
    throw Error(Errc::refused, fmt::format("{}: not shipped: {}", source_.name(), why));
  }

  Database& source_;
  const ShipOptions& options_;
  Database fresh_{":memory:", Database::Access::create};
  CopyRules rules_;
  ObservationSums copied_;
  Shipped shipped_;
};

}  // namespace

Shipped ship(const fs::path& file, const fs::path& out, const ShipOptions& options) {
  require_plan_file(file);
  refuse_itself(file, out);
  Draft draft(out, options.existing);
  if (options.existing == Existing::replace && fs::exists(out)) require_plan_file(out);
  Database opened(file, Database::Access::read);
  check_version(opened);
  const bool is_old = opened.schema_version() < newest_schema();
  const std::unique_ptr<Database> newer = is_old ? upgraded_copy(opened) : nullptr;
  Database& source = newer ? *newer : opened;
  Shipped shipped;
  draft.write([&] {
    source.guarded([&] {
      const SQLite::Transaction same(source.sqlite());  // no other program's change comes between
      Shipping shipping(source, options);
      shipping.write(draft.path());
      shipped = shipping.verified(draft.path());
    });
    draft.publish();
  });
  return shipped;
}

}  // namespace planfile

// The table `manifest`: what a file held when it was shipped.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "content.h"

namespace planfile {

// Writes what the file holds into its manifest, in place of what stood there; returns it.
ContentHash write_manifest(Database& database);

// What is to stand in a manifest, gathered from whoever reads the rows.
class ManifestRows : public ContentReader {
 public:
  ManifestRows();
  ~ManifestRows() override;

  void row(std::string_view table, const std::string& key, const Hash128& hash) override;
  void series(std::int64_t id, const std::string& key, const RowSum& sum,
              std::span<const SeriesMark> marks) override;
  [[nodiscard]] bool wants_marks() const override { return true; }

 private:
  struct Tables;
  std::unique_ptr<Tables> tables_;

  friend ContentHash write_manifest(Database& database, ManifestRows& rows,
                                    const ObservationSums& sums);
};

// The same, where observations are in `rows` already, as they were read elsewhere.
ContentHash write_manifest(Database& database, ManifestRows& rows, const ObservationSums& sums);

// Whether the file has one.
bool has_manifest(Database& database);

// How many rows are told one by one.
inline constexpr std::size_t kRowsTold = 20;

// Holds what is read against the file's manifest.
class ManifestCheck : public ContentReader {
 public:
  explicit ManifestCheck(Database& database);
  ~ManifestCheck() override;

  void row(std::string_view table, const std::string& key, const Hash128& hash) override;
  void series(std::int64_t id, const std::string& key, const RowSum& sum,
              std::span<const SeriesMark> marks) override;
  [[nodiscard]] bool wants_marks() const override { return true; }

  // Once all is read: tells the differences, by table and the first rows of all.
  void finish(const ContentHash& content, Verification& into);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace planfile

// A B-tree in SQLite's file format (https://www.sqlite.org/fileformat2.html) that is filled once,
// in the order of its keys.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace planfile {

// The pages of a database in memory, one behind the other.
class Pages {
 public:
  static constexpr std::size_t kSize = 65536;  // the largest that there are: the fewest to fill
  static constexpr std::size_t kMost = 8192;

  // Starts from a database that SQLite made, with pages of that size.
  explicit Pages(std::span<const std::uint8_t> database);

  // Appends an empty page and returns its number; they count from 1.
  std::uint32_t append();

  // Holds until the next one is appended.
  [[nodiscard]] std::uint8_t* page(std::uint32_t number);

  [[nodiscard]] std::size_t count() const { return count_; }

  // Makes the first page tell how many there are and hands them over, to be let go by sqlite3_free.
  std::uint8_t* release();

 private:
  struct Free {
    void operator()(std::uint8_t* bytes) const;
  };

  void make_room(std::size_t pages);

  std::unique_ptr<std::uint8_t[], Free> bytes_;
  std::size_t count_ = 0, room_ = 0;  // in pages
};

// A tree whose records are keys themselves, as that of a table WITHOUT ROWID is.
class PageTree {
 public:
  static constexpr std::size_t kLongest = 8192;  // of a record: it stands in one page whole

  // `root` is the number of the tree's page, which has no row yet.
  PageTree(Pages& pages, std::uint32_t root);

  // Adds a record that comes behind all before. False, and nothing is added, when it needs a page
  // more than there may be.
  bool add(std::span<const std::uint8_t> record);

  // To be called once, behind the last record.
  void finish();

 private:
  // A page that is being filled: leaves at level 0. Above them each cell begins with the number of
  // the page whose records come before its own; the page of the last ones stands in the head.
  struct Open {
    std::uint32_t number = 0;
    std::size_t cells = 0, content = Pages::kSize;  // the last cell begins here
    std::size_t last = 0;                           // bytes of the last cell
  };

  [[nodiscard]] static std::size_t head_size(std::size_t level) { return level == 0 ? 8 : 12; }
  [[nodiscard]] bool has_room(std::size_t level, std::size_t size) const;
  void put(std::size_t level, std::span<const std::uint8_t> cell);
  void close(std::size_t level);
  void move_root(std::size_t level);
  void write_head(std::size_t level, std::uint32_t last_child);

  Pages& pages_;
  std::uint32_t root_;
  std::vector<Open> levels_;
};

// Writes a number in SQLite's form of one to nine bytes and returns how many it took.
std::size_t put_varint(std::uint8_t* to, std::uint64_t number);

}  // namespace planfile

#include "load_tree.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <new>

#include <sqlite3.h>

namespace planfile {
namespace {

constexpr std::uint8_t kLeaf = 0x0a, kInner = 0x02;
constexpr std::size_t kChild = 4;   // bytes of a page's number
constexpr std::size_t kLevels = 8;  // more than all pages there may be can make

void put_number(std::uint8_t* to, std::uint32_t number, std::size_t bytes) {
  for (std::size_t at = bytes; at-- > 0; number >>= 8) to[at] = static_cast<std::uint8_t>(number);
}

}  // namespace

std::size_t put_varint(std::uint8_t* to, std::uint64_t number) {
  std::array<std::uint8_t, 10> bytes{};  // the last first
  std::size_t count = 0;
  do {
    bytes[count++] = static_cast<std::uint8_t>(number & 0x7f);
    number >>= 7;
  } while (number != 0);
  for (std::size_t at = 0; at < count; ++at) {
    to[at] = static_cast<std::uint8_t>(bytes[count - 1 - at] | (at + 1 < count ? 0x80 : 0));
  }
  return count;
}

void Pages::Free::operator()(std::uint8_t* bytes) const { sqlite3_free(bytes); }

Pages::Pages(std::span<const std::uint8_t> database) {
  make_room(database.size() / kSize + 1);
  std::copy(database.begin(), database.end(), bytes_.get());
  count_ = database.size() / kSize;
}

void Pages::make_room(std::size_t pages) {
  void* grown = sqlite3_realloc64(bytes_.get(), pages * kSize);
  if (grown == nullptr) throw std::bad_alloc();
  static_cast<void>(bytes_.release());
  bytes_.reset(static_cast<std::uint8_t*>(grown));
  room_ = pages;
}

std::uint32_t Pages::append() {
  if (count_ == room_) make_room(2 * room_);
  return static_cast<std::uint32_t>(++count_);
}

std::uint8_t* Pages::page(std::uint32_t number) { return bytes_.get() + (number - 1) * kSize; }

std::uint8_t* Pages::release() {
  constexpr std::size_t kCountAt = 28;
  put_number(bytes_.get() + kCountAt, static_cast<std::uint32_t>(count_), 4);
  return bytes_.release();
}

PageTree::PageTree(Pages& pages, std::uint32_t root) : pages_(pages), root_(root) {
  levels_.push_back({.number = root});
}

bool PageTree::has_room(std::size_t level, std::size_t size) const {
  const Open& at = levels_[level];
  return head_size(level) + 2 * (at.cells + 1) + size <= at.content;
}

bool PageTree::add(std::span<const std::uint8_t> record) {
  std::array<std::uint8_t, kLongest + 9> cell;
  const std::size_t length = put_varint(cell.data(), record.size());
  std::copy(record.begin(), record.end(), cell.begin() + static_cast<std::ptrdiff_t>(length));
  const std::size_t size = length + record.size();
  if (!has_room(0, size)) {
    if (pages_.count() + kLevels > Pages::kMost) return false;
    close(0);
  }
  put(0, std::span(cell).first(size));
  return true;
}

void PageTree::put(std::size_t level, std::span<const std::uint8_t> cell) {
  Open& at = levels_[level];
  std::uint8_t* page = pages_.page(at.number);
  at.content -= cell.size();
  at.last = cell.size();
  std::copy(cell.begin(), cell.end(), page + at.content);
  const std::size_t pointer = head_size(level) + 2 * at.cells++;
  put_number(page + pointer, static_cast<std::uint32_t>(at.content), 2);
}

// Ends the page at a level and opens the next one. Its last record goes up, to part the two: so
// the next page never stays empty.
void PageTree::close(std::size_t level) {
  if (level + 1 == levels_.size()) move_root(level);
  const Open full = levels_[level];
  const std::uint8_t* last = pages_.page(full.number) + full.content;
  std::vector<std::uint8_t> up(last, last + full.last);
  std::uint32_t last_child = 0;
  if (level == 0) {
    up.insert(up.begin(), kChild, 0);
  } else {
    for (std::size_t at = 0; at < kChild; ++at) last_child = last_child << 8 | up[at];
  }
  put_number(up.data(), full.number, kChild);
  --levels_[level].cells;
  levels_[level].content += full.last;
  write_head(level, last_child);
  levels_[level] = {.number = pages_.append()};
  if (!has_room(level + 1, up.size())) close(level + 1);
  put(level + 1, up);
}

// Gives the page at the top a number of its own, and the root's to a page above it.
void PageTree::move_root(std::size_t level) {
  const std::uint32_t number = pages_.append();
  std::memcpy(pages_.page(number), pages_.page(root_), Pages::kSize);
  levels_[level].number = number;
  levels_.push_back({.number = root_});
}

void PageTree::write_head(std::size_t level, std::uint32_t last_child) {
  const Open& at = levels_[level];
  std::uint8_t* page = pages_.page(at.number);
  page[0] = level == 0 ? kLeaf : kInner;
  put_number(page + 1, 0, 2);  // no free block
  put_number(page + 3, static_cast<std::uint32_t>(at.cells), 2);
  put_number(page + 5, static_cast<std::uint32_t>(at.content), 2);  // 65536 is written as 0
  page[7] = 0;                                                      // no fragments
  if (level > 0) put_number(page + 8, last_child, kChild);
}

void PageTree::finish() {
  std::uint32_t below = 0;
  for (std::size_t level = 0; level < levels_.size(); ++level) {
    write_head(level, below);
    below = levels_[level].number;
  }
}

}  // namespace planfile

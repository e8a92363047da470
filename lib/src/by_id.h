// Values by id. Ids count up from 1 but in files of another hand.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

namespace planfile {

template <class Value>
class ById {
 public:
  void put(std::int64_t id, Value value) {
    if (id < 0 || id >= kNear) {
      far_.insert_or_assign(id, std::move(value));
      return;
    }
    const auto at = static_cast<std::size_t>(id);
    if (at >= near_.size()) near_.resize(at + 1);
    near_[at] = std::move(value);
  }

  // Null where there is none.
  [[nodiscard]] const Value* find(std::int64_t id) const {
    if (id >= 0 && static_cast<std::size_t>(id) < near_.size()) {
      const auto& found = near_[static_cast<std::size_t>(id)];
      return found ? &*found : nullptr;
    }
    const auto found = far_.find(id);
    return found == far_.end() ? nullptr : &found->second;
  }

 private:
  static constexpr std::int64_t kNear = 1 << 16;
  std::vector<std::optional<Value>> near_;
  std::unordered_map<std::int64_t, Value> far_;
};

}  // namespace planfile

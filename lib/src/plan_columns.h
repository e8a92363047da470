// Which columns of a plan's table are targets, bases, results and growth.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "planfile/period.h"
#include "infer_study.h"

namespace planfile {

// A column of figures.
struct PlanFigures {
  enum class Part { target, base, actual, growth };
  std::size_t at = 0;
  Part part = Part::actual;
  std::string period;  // canonical; empty: rows or titles tell it
};

class PlanColumns {
 public:
  explicit PlanColumns(const Study& study);

  // Whether they are a plan's at all: a target among them, or what else tells such a table from one
  // of mere years.
  [[nodiscard]] bool are_of_plan() const;

  // Takes the columns for what they are. Faults of what stays open go to the sketch.
  void sort(Sketch& sketch);

  [[nodiscard]] std::vector<PlanFigures> of(PlanFigures::Part part) const;
  [[nodiscard]] std::span<const std::size_t> values() const { return values_; }
  [[nodiscard]] std::span<const std::size_t> claims() const { return claims_; }

  // The figure that a target starts from: the one told so, else the latest before it that is not
  // told to be a result.
  [[nodiscard]] std::optional<PlanFigures> base_of(const PlanFigures& target) const;

  // Growth is a target's when it says so, stands behind one, or is the mean over the plan's years.
  [[nodiscard]] bool is_target_growth(std::size_t at) const;

  // The years of the plan, as the titles or the user's plan say them; nothing when neither does.
  [[nodiscard]] std::optional<Period> span() const;

 private:
  [[nodiscard]] const Heading& heading(std::size_t at) const { return study_.headings[at]; }
  [[nodiscard]] bool is_figure(std::size_t at) const;
  [[nodiscard]] bool has_tidy_target() const;
  [[nodiscard]] std::optional<Period> title_span() const;
  [[nodiscard]] std::string period_of(std::size_t at, Sketch& sketch) const;
  [[nodiscard]] PlanFigures::Part part_of(std::size_t at) const;
  void choose_targets(Sketch& sketch);
  void close_by_span();

  const Study& study_;
  std::vector<std::size_t> values_, claims_;
  std::vector<PlanFigures> figures_;
};

}  // namespace planfile

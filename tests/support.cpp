#define BOOST_TEST_MODULE planfile
#include "support.h"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

#include <boost/test/unit_test.hpp>
#include <sys/wait.h>
#include <unistd.h>

#include "command.h"
#include "planfile/query.h"

namespace planfile::test {

namespace fs = std::filesystem;

namespace {

// Tests speak English, whatever the locale in which they are run.
struct PlainLocale {
  PlainLocale() { setenv("LC_ALL", "C.UTF-8", 1); }
};
BOOST_TEST_GLOBAL_FIXTURE(PlainLocale);

}  // namespace

fs::path root() { return PLANFILE_ROOT; }

Folder::Folder() {
  std::string pattern = (fs::temp_directory_path() / ("planfile-" + std::string(6, 'X'))).string();
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no folder for the test");
  path_ = pattern;
}

Folder::~Folder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::string Folder::path(std::string_view name) const { return (path_ / name).string(); }

std::string Folder::write(std::string_view name, std::string_view text) const {
  const fs::path target = path_ / name;
  fs::create_directories(target.parent_path());
  std::ofstream(target, std::ios::binary) << text;
  return target.string();
}

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("can't read " + path.string());
  return {std::istreambuf_iterator<char>(in), {}};
}

bool exists(const std::string& path) { return fs::exists(path); }

Outcome run(const std::vector<std::string>& arguments, std::string_view in) {
  std::istringstream input{std::string(in)};
  std::ostringstream out, err;
  const int code = run_command(arguments, {input, out, err, 0, 0, {}});
  return {code, out.str(), err.str()};
}

Outcome shell(const std::string& line) {
  const Folder folder;
  const std::string out = folder.path("out"), err = folder.path("err");
  const std::string whole =
      "{ " + line + "\n} </dev/null >" + shell_word(out) + " 2>" + shell_word(err);
  const int status = std::system(whole.c_str());
  return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), read(out), read(err)};
}

std::string shell_word(std::string_view word) {
  std::string text = "'";
  for (const char c : word) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return text + "'";
}

PlanFile::PlanFile() {
  write("book/source.csv",
        "code,title,published,kind\n"
        "outline,规划纲要,2021-04-09,plan\n"
        "report,统计公报,2023-03-01,bulletin\n");
  write("book/entity.csv",
        "code,name,name_en,kind,parent\n"
        "paojiang,袍江经开区,Paojiang Zone,zone,越城区\n");
  write("book/indicator.csv",
        "code,name,name_en,unit,direction,kind\n"
        "gdp,地区生产总值,Gross domestic product,亿元,higher,flow\n"
        "rd-share,研发经费占比,R&D share,%,higher,ratio\n");
  write("book/alias.csv", "kind,code,name\nindicator,gdp,GDP\n");
  write("book/plan.csv",
        "code,name,entity,period,source\n"
        "plan-14,十四五规划,330602,2021/2025,outline\n");
  write("book/observation.csv",
        "indicator,entity,period,value,source,locator\n"
        "gdp,330602,2020,1008.5,outline,表 1\n");
  const Outcome built = run({"build", path("book"), "-o", file()});
  if (built.code != 0) throw std::runtime_error(built.err);
}

Table PlanFile::rows(std::string_view sql) const {
  TableSink found;
  Reader(file()).sql(sql, found);
  return found.table();
}

std::string PlanFile::value(std::string_view sql) const {
  const Outcome printed = run({"sql", file(), std::string(sql), "--format", "csv"});
  const std::size_t first = printed.out.find('\n') + 1;
  return printed.out.substr(first, printed.out.rfind('\n') - first);
}

}  // namespace planfile::test

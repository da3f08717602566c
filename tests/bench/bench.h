#pragma once

#include "base/program.h"

#include <QJsonObject>
#include <QString>

#include <functional>
#include <optional>
#include <vector>

/// The frame of longcode-bench. A bench is one .cpp file that registers one function:
///
///     void run(Bench &bench) { bench.report({...}); }
///     const Registration registration("segments", run);
///
/// and one line in tests/bench/CMakeLists.txt. It prints figures and judges nothing.
namespace longcode::bench {

enum class Better : quint8 { Lower, Higher };

/// One figure, printed as one JSON line.
struct Figure {
    QString name; ///< the `case`
    double value = 0;
    QString unit;
    Better better = Better::Lower;
    std::optional<double> ceiling; ///< what the figure should not exceed (or fall below); absent: none is set
    QJsonObject context;           ///< sizes and counts that belong to the figure
};

/// What a running bench is given. `argc` and `argv` are for a QCoreApplication or QApplication of its own:
/// the frame creates none.
class Bench {
public:
    Bench(QString name, const ProgramArguments &arguments, int &argc, char **argv)
        : m_name(std::move(name)), m_arguments(arguments), m_argc(argc), m_argv(argv) {}
    void report(const Figure &figure) const;
    [[nodiscard]] const ProgramArguments &arguments() const { return m_arguments; }
    [[nodiscard]] int &argc() { return m_argc; }
    [[nodiscard]] char **argv() const { return m_argv; }

private:
    QString m_name;
    const ProgramArguments &m_arguments;
    int &m_argc;
    char **m_argv;
};

using Run = void (*)(Bench &);

struct Entry {
    QString name;
    Run run = nullptr;
};

/// All benches, in the order of their names.
[[nodiscard]] std::vector<Entry> entries();

/// Puts a bench on the list: a constant at namespace level in its file.
class Registration {
public:
    Registration(const char *name, Run run);
};

/// Nanoseconds of process CPU time that one call of `work` takes: the least of `rounds` rounds, each long
/// enough to time. CPU time, so that other programs on the machine disturb little.
[[nodiscard]] double nanosecondsPerCall(const std::function<void()> &work, int rounds = 7);

/// Takes a result, so that the optimiser cannot drop the work behind it.
void keep(qint64 value);

} // namespace longcode::bench

#pragma once

#include "base/result.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace longcode {

/// One option of a program. `value` empty: a switch; else the name of its value in `--help`.
struct ProgramOption {
    QString name;
    QString value;
    QString help;
    QString defaultValue{};
};

/// What a program does when its first arguments say so, as `--help` shows it.
struct ProgramCommand {
    QString usage;
    QString help;
};

struct ProgramDescription {
    QString name;
    QString summary;
    QList<ProgramOption> options;
    /// Name of positional arguments in `--help`; empty: none are taken.
    QString positional{};
    QList<ProgramCommand> commands{};
};

class ProgramArguments {
public:
    [[nodiscard]] bool has(const QString &name) const;
    /// The value given, else the option's default, else an empty text.
    [[nodiscard]] QString value(const QString &name) const;
    /// All values of an option that may be given more than once.
    [[nodiscard]] QStringList values(const QString &name) const;
    [[nodiscard]] QStringList positional() const { return m_positional; }

private:
    friend struct ProgramParser;
    QList<QPair<QString, QString>> m_given;
    QList<ProgramOption> m_options;
    QStringList m_positional;
};

/// What the command line asks for. `exitCode` set: print `output` (stdout when it is 0, else stderr) and
/// leave with it. The three programs share it, so `--help`, `--version` and refusals are alike.
struct ProgramStart {
    ProgramArguments arguments;
    std::optional<int> exitCode;
    QString output;
};

/// `arguments` as from QCoreApplication::arguments(), the program's name first. Takes `--name value` and
/// `--name=value`. Unknown options, missing values and stray arguments are refused by name, exit code 2.
[[nodiscard]] ProgramStart parseArguments(const ProgramDescription &program, const QStringList &arguments);

/// Runs parseArguments and prints. Nothing: the program should leave with `exitCode`.
[[nodiscard]] std::optional<ProgramArguments> startProgram(const ProgramDescription &program,
                                                           const QStringList &arguments, int &exitCode);

/// `127.0.0.1:8080`, `[::1]:0`, `localhost:0`.
struct ListenAddress {
    QString host;
    quint16 port = 0;
};

/// The error is a sentence that names what is wrong with the text.
[[nodiscard]] Result<ListenAddress, QString> parseListenAddress(const QString &text);

/// The version all programs report.
[[nodiscard]] QString programVersion();

/// Prints a line on stdout and flushes it: how a program says it is ready.
void printLine(const QByteArray &line);
/// Prints `name: text` on stderr.
void printError(const QString &program, const QString &text);

} // namespace longcode

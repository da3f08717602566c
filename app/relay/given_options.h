#pragma once

#include "relay/settings.h"

#include <QMap>

namespace longcode::relay {

/// One value, and how a sentence about it begins.
struct GivenValue {
    QString text;
    QString place; ///< `--listen`, or `/etc/relay.conf, line 3: listen`
    bool onCommandLine = true;
};

/// Everything that was given: the command line, over the config files that it names with --config, over the
/// defaults. An option on the command line hides the files' values of the same name.
///
/// A config file holds lines `name = value`; empty lines and lines that begin with `#` do not count. Switches
/// take yes or no. An option that may be given more than once has a line for each.
class GivenOptions {
public:
    /// `fileOptions`: those that may stand in a file. Fails with a sentence for every wrong line.
    [[nodiscard]] static Result<GivenOptions, StartFailure> gather(const QList<ProgramOption> &fileOptions,
                                                                   const ProgramArguments &arguments);

    /// In the order given; without any, the default if there is one.
    [[nodiscard]] QList<GivenValue> values(const QString &name) const { return m_values.value(name); }
    /// The last one; an empty text when there is none.
    [[nodiscard]] GivenValue value(const QString &name) const;
    [[nodiscard]] bool has(const QString &name) const { return m_values.contains(name); }
    /// Takes out what the command line says for it: for a command, some options mean something else.
    QString takeFromCommandLine(const QString &name);

private:
    void readFile(const QString &path, const QList<ProgramOption> &options, StartFailure &failure);
    void readLine(const QString &line, const QString &place, const QList<ProgramOption> &options,
                  StartFailure &failure);
    void takeCommandLine(const QList<ProgramOption> &options, const ProgramArguments &arguments);

    QMap<QString, QList<GivenValue>> m_values;
};

} // namespace longcode::relay

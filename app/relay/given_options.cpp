#include "relay/given_options.h"

#include <QFile>

#include <algorithm>

namespace longcode::relay {

namespace {

constexpr qint64 largestFile = 1 << 20;

/// For a switch: whether the word says yes; nothing for other words.
std::optional<bool> yesOrNo(const QString &word) {
    static const QStringList yes{QStringLiteral("yes"), QStringLiteral("true"), QStringLiteral("on"),
                                 QStringLiteral("1")};
    static const QStringList no{QStringLiteral("no"), QStringLiteral("false"), QStringLiteral("off"),
                                QStringLiteral("0")};
    if (yes.contains(word, Qt::CaseInsensitive))
        return true;
    if (no.contains(word, Qt::CaseInsensitive))
        return false;
    return std::nullopt;
}

void complain(StartFailure &failure, const QString &sentence) {
    failure.exitCode = 2;
    failure.sentences.append(sentence);
}

} // namespace

Result<GivenOptions, StartFailure> GivenOptions::gather(const QList<ProgramOption> &fileOptions,
                                                        const ProgramArguments &arguments) {
    GivenOptions given;
    StartFailure failure{.exitCode = 2, .sentences = {}};
    for (const QString &path : arguments.values(QStringLiteral("config")))
        given.readFile(path, fileOptions, failure);
    if (!failure.sentences.isEmpty())
        return failed(failure);
    given.takeCommandLine(fileOptions, arguments);
    return given;
}

GivenValue GivenOptions::value(const QString &name) const {
    const QList<GivenValue> all = values(name);
    return all.isEmpty() ? GivenValue{.text = {}, .place = QStringLiteral("--") % name} : all.last();
}

QString GivenOptions::takeFromCommandLine(const QString &name) {
    const GivenValue last = value(name);
    if (!last.onCommandLine)
        return {};
    m_values.remove(name);
    return last.text;
}

void GivenOptions::readFile(const QString &path, const QList<ProgramOption> &options, StartFailure &failure) {
    const QString beginning = QStringLiteral("The config file %1 cannot be used: ").arg(path);
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        failure.exitCode = 1;
        failure.sentences.append(QString(beginning % file.errorString() % QLatin1Char('.')));
        return;
    }
    const QByteArray bytes = file.read(largestFile + 1);
    if (bytes.size() > largestFile)
        return complain(failure, beginning % QStringLiteral("it is larger than 1 MiB."));
    int number = 0;
    for (const QByteArray &line : bytes.split('\n')) {
        ++number;
        const QString text = QString::fromUtf8(line).trimmed();
        if (!text.isEmpty() && !text.startsWith(QLatin1Char('#')))
            readLine(text, QStringLiteral("%1, line %2: ").arg(path).arg(number), options, failure);
    }
}

void GivenOptions::readLine(const QString &line, const QString &place, const QList<ProgramOption> &options,
                            StartFailure &failure) {
    const qsizetype equals = line.indexOf(QLatin1Char('='));
    const QString name = line.left(qMax<qsizetype>(equals, 0)).trimmed();
    const QString text = line.mid(equals + 1).trimmed();
    if (equals <= 0 || name.isEmpty())
        return complain(failure, place % QStringLiteral("this is not “name = value”."));
    const auto option = std::find_if(options.begin(), options.end(),
                                     [&name](const ProgramOption &known) { return known.name == name; });
    if (option == options.end())
        return complain(failure, place % QStringLiteral("there is no option “%1” for this file. "
                                                        "--help lists them.")
                                             .arg(name));
    if (text.isEmpty())
        return complain(failure, place % QStringLiteral("%1 needs a value (%2).")
                                             .arg(name, option->value.isEmpty() ? QStringLiteral("yes or no")
                                                                                : option->value));
    if (option->value.isEmpty()) {
        const std::optional<bool> on = yesOrNo(text);
        if (!on)
            return complain(failure, place % QStringLiteral("%1 takes yes or no, not “%2”.").arg(name, text));
        if (!*on) {
            m_values.remove(name);
            return;
        }
    }
    m_values[name].append({.text = text, .place = place % name, .onCommandLine = false});
}

void GivenOptions::takeCommandLine(const QList<ProgramOption> &options, const ProgramArguments &arguments) {
    for (const ProgramOption &option : options) {
        const QString place = QStringLiteral("--") % option.name;
        if (arguments.has(option.name)) {
            QList<GivenValue> values;
            for (const QString &text : arguments.values(option.name))
                values.append({.text = text, .place = place});
            m_values[option.name] = values;
        } else if (!option.defaultValue.isEmpty() && !m_values.contains(option.name)) {
            m_values[option.name] = {{.text = option.defaultValue, .place = place}};
        }
    }
}

} // namespace longcode::relay

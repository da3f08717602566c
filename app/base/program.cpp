#include "base/program.h"

#include <cstdio>

namespace longcode {

bool ProgramArguments::has(const QString &name) const {
    for (const auto &[given, value] : m_given) {
        if (given == name)
            return true;
    }
    return false;
}

QString ProgramArguments::value(const QString &name) const {
    for (auto it = m_given.crbegin(); it != m_given.crend(); ++it) {
        if (it->first == name)
            return it->second;
    }
    for (const ProgramOption &option : m_options) {
        if (option.name == name)
            return option.defaultValue;
    }
    return {};
}

QStringList ProgramArguments::values(const QString &name) const {
    QStringList all;
    for (const auto &[given, value] : m_given) {
        if (given == name)
            all.append(value);
    }
    return all;
}

struct ProgramParser {
    const ProgramDescription &program;
    ProgramStart start;

    ProgramStart refuse(const QString &why) {
        start.exitCode = 2;
        start.output = program.name + QStringLiteral(": ") + why + QStringLiteral(" Try --help.\n");
        return start;
    }

    const ProgramOption *find(const QString &name) const {
        for (const ProgramOption &option : program.options) {
            if (option.name == name)
                return &option;
        }
        return nullptr;
    }

    QString help() const {
        QString text = QStringLiteral("Usage: ") + program.name + QStringLiteral(" [options]");
        if (!program.positional.isEmpty())
            text += QStringLiteral(" ") + program.positional;
        text += QStringLiteral("\n") + program.summary + QStringLiteral("\n");
        if (!program.commands.isEmpty())
            text += QStringLiteral("\nCommands:\n");
        for (const ProgramCommand &command : program.commands)
            text += QStringLiteral("  ") + command.usage + QStringLiteral("\n        ") + command.help + QStringLiteral("\n");
        text += QStringLiteral("\nOptions:\n");
        QList<ProgramOption> options = program.options;
        options.append({QStringLiteral("help"), {}, QStringLiteral("Print this text and leave.")});
        options.append({QStringLiteral("version"), {}, QStringLiteral("Print the version and leave.")});
        for (const ProgramOption &option : options) {
            QString left = QStringLiteral("  --") + option.name;
            if (!option.value.isEmpty())
                left += QStringLiteral(" ") + option.value;
            text += left.leftJustified(30) + QStringLiteral(" ") + option.help;
            if (!option.defaultValue.isEmpty())
                text += QStringLiteral(" Default: ") + option.defaultValue + QStringLiteral(".");
            text += QStringLiteral("\n");
        }
        return text;
    }

    ProgramStart leave(const QString &output) {
        start.exitCode = 0;
        start.output = output;
        return start;
    }

    ProgramStart run(const QStringList &arguments) {
        start.arguments.m_options = program.options;
        for (qsizetype i = 1; i < arguments.size(); ++i) {
            const QString &argument = arguments[i];
            if (!argument.startsWith(QStringLiteral("-")) || argument == QStringLiteral("-")) {
                if (program.positional.isEmpty())
                    return refuse(QStringLiteral("takes no argument “%1”.").arg(argument));
                start.arguments.m_positional.append(argument);
                continue;
            }
            if (argument == QStringLiteral("--help") || argument == QStringLiteral("-h"))
                return leave(help());
            if (argument == QStringLiteral("--version"))
                return leave(program.name + QStringLiteral(" ") + programVersion() + QStringLiteral("\n"));
            const qsizetype equals = argument.indexOf(u'=');
            const QString name = argument.startsWith(QStringLiteral("--")) ? argument.mid(2, equals < 0 ? -1 : equals - 2) : QString();
            const ProgramOption *option = find(name);
            if (!option)
                return refuse(QStringLiteral("unknown option “%1”.").arg(argument.left(equals < 0 ? -1 : equals)));
            if (option->value.isEmpty() && equals >= 0)
                return refuse(QStringLiteral("--%1 takes no value.").arg(name));
            if (!option->value.isEmpty() && equals < 0 && i + 1 == arguments.size())
                return refuse(QStringLiteral("--%1 needs a value (%2).").arg(name, option->value));
            QString value;
            if (!option->value.isEmpty())
                value = equals >= 0 ? argument.mid(equals + 1) : arguments[++i];
            start.arguments.m_given.append({name, value});
        }
        return start;
    }
};

ProgramStart parseArguments(const ProgramDescription &program, const QStringList &arguments) {
    return ProgramParser{program, {}}.run(arguments);
}

std::optional<ProgramArguments> startProgram(const ProgramDescription &program, const QStringList &arguments,
                                             int &exitCode) {
    const ProgramStart start = parseArguments(program, arguments);
    if (!start.exitCode)
        return start.arguments;
    exitCode = *start.exitCode;
    std::fputs(start.output.toUtf8().constData(), exitCode == 0 ? stdout : stderr);
    return std::nullopt;
}

Result<ListenAddress, QString> parseListenAddress(const QString &text) {
    const qsizetype colon = text.lastIndexOf(u':');
    bool ok = false;
    const uint port = text.mid(colon + 1).toUInt(&ok);
    QString host = text.left(qMax<qsizetype>(colon, 0));
    if (host.startsWith(u'[') && host.endsWith(u']'))
        host = host.mid(1, host.size() - 2);
    else if (host.contains(u':'))
        ok = false;
    if (colon <= 0 || !ok || port > 65535 || host.isEmpty())
        return failed(QStringLiteral("“%1” is not ADDRESS:PORT, for example 127.0.0.1:8080 or [::1]:0.").arg(text));
    return ListenAddress{host, static_cast<quint16>(port)};
}

QString programVersion() { return QStringLiteral(LONGCODE_VERSION); }

void printLine(const QByteArray &line) {
    std::fwrite(line.constData(), 1, static_cast<size_t>(line.size()), stdout);
    std::fputc('\n', stdout);
    std::fflush(stdout);
}

void printError(const QString &program, const QString &text) {
    std::fputs((program + QStringLiteral(": ") + text + QStringLiteral("\n")).toUtf8().constData(), stderr);
}

} // namespace longcode

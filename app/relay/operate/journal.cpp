#include "relay/operate/journal.h"

#include "base/utc.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <array>
#include <cstdio>

namespace longcode::relay {

namespace {

constexpr std::array names{"error", "warning", "info", "debug"};
constexpr qsizetype longestForeign = 80;

QString valueText(const JournalField &field) {
    if (const auto *whole = std::get_if<qint64>(&field.value))
        return QString::number(*whole);
    if (const auto *real = std::get_if<double>(&field.value))
        return QString::number(*real, 'g', 6);
    return redacted(forJournal(std::get<QString>(field.value)));
}

/// Quoted when it could be taken for several words.
QString quotedWhenNeeded(const QString &text) {
    if (!text.isEmpty() && !text.contains(QLatin1Char(' ')) && !text.contains(QLatin1Char('"')))
        return text;
    QString inner = text;
    inner.replace(QLatin1Char('"'), QLatin1Char('\''));
    return QLatin1Char('"') % inner % QLatin1Char('"');
}

QJsonValue valueJson(const JournalField &field) {
    if (const auto *whole = std::get_if<qint64>(&field.value))
        return *whole;
    if (const auto *real = std::get_if<double>(&field.value))
        return *real;
    return valueText(field);
}

/// A sentence is one line, whatever stands in it.
QString oneLine(QString text) {
    for (QChar &c : text) {
        if (c < QLatin1Char(' ') || c == QChar(0x7f) || c == QChar(0x2028) || c == QChar(0x2029))
            c = QLatin1Char(' ');
    }
    return text;
}

void replaceNumbers(QString &text, const QRegularExpression &pattern) {
    qsizetype from = 0;
    for (;;) {
        const QRegularExpressionMatch match = pattern.match(text, from);
        if (!match.hasMatch())
            return;
        const QString found = match.captured();
        const QString kept = QStringLiteral("…") % found.right(2);
        text.replace(match.capturedStart(), found.size(), kept);
        from = match.capturedStart() + kept.size();
    }
}

} // namespace

std::optional<Level> levelFromName(const QString &name) {
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (name == QLatin1String(names[i]))
            return static_cast<Level>(i);
    }
    return std::nullopt;
}

QString redacted(const QString &text) {
    // Order matters: what is left of a key must not look like a number.
    static const QRegularExpression secrets(
        QStringLiteral("\\blc_[A-Za-z0-9_-]+"                            // access tokens
                       "|\\bKEY[A-Za-z0-9_-]{8,}"                        // API keys
                       "|(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{42,}={1,2}" // 32, 44 and 64 bytes in base64
                       "|(?<![A-Za-z0-9])[0-9A-Fa-f]{64,}"));            // SHA-256
    static const QRegularExpression international(QStringLiteral("\\+[0-9](?:[ ().-]{0,2}[0-9]){5,}"));
    static const QRegularExpression digits(QStringLiteral("(?<![0-9A-Za-z])[0-9]{7,}(?![A-Za-z])"));
    QString out = text;
    out.replace(secrets, QStringLiteral("…"));
    replaceNumbers(out, international);
    replaceNumbers(out, digits);
    return out;
}

QString journalLine(Journal::Format format, const QString &time, Level level, const QString &sentence,
                    const QList<JournalField> &fields) {
    const QLatin1String levelName(names[static_cast<std::size_t>(level)]);
    const QString message = redacted(oneLine(sentence));
    if (format == Journal::Format::Json) {
        QJsonObject object;
        for (const JournalField &field : fields)
            object.insert(QLatin1String(field.name), valueJson(field));
        object.insert(QLatin1String("time"), time);
        object.insert(QLatin1String("level"), levelName);
        object.insert(QLatin1String("message"), message);
        return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
    }
    QString line = time % QLatin1Char(' ') % levelName % QLatin1Char(' ') % message;
    for (const JournalField &field : fields)
        line += QLatin1Char(' ') % QLatin1String(field.name) % QLatin1Char('=') %
                quotedWhenNeeded(valueText(field));
    return line;
}

void Journal::write(Level level, const QString &sentence, const QList<JournalField> &fields) const {
    if (level > m_level)
        return;
    const QString line =
        journalLine(m_format, formatUtc(QDateTime::currentDateTimeUtc()), level, sentence, fields) %
        QLatin1Char('\n');
    // One call, so that lines of several threads do not mix.
    std::fputs(line.toUtf8().constData(), stderr);
}

QString forJournal(const QString &foreign) {
    QString out = foreign.left(longestForeign);
    for (QChar &c : out) {
        if (c < QLatin1Char(' ') || c > QLatin1Char('~'))
            c = QLatin1Char('?');
    }
    return out;
}

} // namespace longcode::relay

#include "people/known_words.h"

#include <QLocale>
#include <QRegularExpression>
#include <QTimeZone>

#include <algorithm>

namespace longcode::people {

namespace {

QString named(const QString &name, const QString &tag) {
    return QStringLiteral("%1 (%2)").arg(name, tag);
}

/// "pt-BR" of "PT-br": language in small letters, scripts with a capital, regions in capitals.
QString tidied(const QString &tag) {
    QStringList parts = tag.split(u'-');
    for (qsizetype i = 0; i < parts.size(); ++i) {
        parts[i] = parts[i].toLower();
        if (i > 0 && parts[i].size() == 2)
            parts[i] = parts[i].toUpper();
        else if (i > 0 && parts[i].size() == 4)
            parts[i][0] = parts[i][0].toUpper();
    }
    return parts.join(u'-');
}

} // namespace

QStringList languageChoices() {
    QStringList all;
    for (int language = QLocale::C + 1; language <= QLocale::LastLanguage; ++language) {
        const auto one = static_cast<QLocale::Language>(language);
        const QString tag = QLocale::languageToCode(one);
        if (!tag.isEmpty())
            all.append(named(QLocale::languageToString(one), tag));
    }
    std::sort(all.begin(), all.end());
    return all;
}

QString languageInWords(const QString &tag) {
    const QStringList parts = tag.split(u'-');
    const QLocale::Language language = QLocale::codeToLanguage(parts.first());
    if (tag.isEmpty() || language == QLocale::AnyLanguage || language == QLocale::C)
        return tag;
    return named(QLocale::languageToString(language), tag);
}

std::optional<QString> languageTag(const QString &typed) {
    const QString text = typed.trimmed();
    if (text.isEmpty())
        return QString();
    static const QRegularExpression inBrackets(QStringLiteral("\\(([A-Za-z0-9-]+)\\)$"));
    static const QRegularExpression tag(QStringLiteral("^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}$"));
    const QRegularExpressionMatch match = inBrackets.match(text);
    const QString candidate = match.hasMatch() ? match.captured(1) : text;
    if (tag.match(candidate).hasMatch() &&
        QLocale::codeToLanguage(candidate.section(u'-', 0, 0).toLower()) != QLocale::AnyLanguage)
        return tidied(candidate);
    for (int language = QLocale::C + 1; language <= QLocale::LastLanguage; ++language) {
        const auto one = static_cast<QLocale::Language>(language);
        if (QLocale::languageToString(one).compare(text, Qt::CaseInsensitive) == 0)
            return QLocale::languageToCode(one);
    }
    return std::nullopt;
}

QStringList zoneChoices() {
    QStringList all;
    const QList<QByteArray> ids = QTimeZone::availableTimeZoneIds();
    for (const QByteArray &id : ids) {
        if (id.contains('/') && !id.startsWith("Etc/") && !id.startsWith("SystemV/"))
            all.append(QString::fromLatin1(id));
    }
    std::sort(all.begin(), all.end());
    return all;
}

std::optional<QByteArray> zoneName(const QString &typed) {
    const QString wanted = typed.trimmed().replace(u' ', u'_');
    if (wanted.isEmpty())
        return QByteArray();
    const QList<QByteArray> ids = QTimeZone::availableTimeZoneIds();
    for (const QByteArray &id : ids) {
        if (QString::fromLatin1(id).compare(wanted, Qt::CaseInsensitive) == 0)
            return id;
    }
    return std::nullopt;
}

} // namespace longcode::people

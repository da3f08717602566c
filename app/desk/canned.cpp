#include "desk/canned.h"

#include "phone/time_zones.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>
#include <QTimeZone>

#include <algorithm>
#include <string_view>

namespace longcode::data {
extern const std::string_view starterTemplates;
}

namespace longcode::desk {

namespace {

struct CannedWords {
    Q_DECLARE_TR_FUNCTIONS(longcode::desk::Canned)
};

/// Foreign text fit for the middle of a sentence.
QString cleaned(const QString &foreign) {
    QString clean;
    for (const QChar c : foreign) {
        const bool joins = c == QChar(0x200C) || c == QChar(0x200D);
        const QChar::Category category = c.category();
        if (category == QChar::Other_Control)
            clean += u' ';
        else if (category != QChar::Other_Format || joins)
            clean += c;
    }
    return clean.simplified();
}

QTimeZone zoneOf(const Conversation &conversation) {
    if (QTimeZone::isTimeZoneIdAvailable(conversation.zone))
        return QTimeZone(conversation.zone);
    const QList<QByteArray> possible = phone::possibleZones(conversation.peer);
    if (possible.size() == 1 && QTimeZone::isTimeZoneIdAvailable(possible.first()))
        return QTimeZone(possible.first());
    return QTimeZone::systemTimeZone();
}

/// Locales set thin and unbreakable blanks into times, and each would turn the text into UCS-2.
QString withPlainBlanks(QString text) {
    return text.replace(QChar(0x202F), u' ').replace(QChar::Nbsp, u' ');
}

QString keyOf(QStringView inside) {
    return inside.toString().simplified().toLower().replace(u' ', u'_');
}

bool isTitle(const QString &word) {
    static const QStringList titles{QStringLiteral("mr"),    QStringLiteral("mrs"),   QStringLiteral("ms"),
                                    QStringLiteral("miss"),  QStringLiteral("dr"),    QStringLiteral("prof"),
                                    QStringLiteral("herr"),  QStringLiteral("frau"),  QStringLiteral("mme"),
                                    QStringLiteral("m"),     QStringLiteral("sr"),    QStringLiteral("sra"),
                                    QStringLiteral("señor"), QStringLiteral("señora")};
    QString bare = word.toLower();
    bare.remove(u'.');
    return titles.contains(bare);
}

QString valueOf(const QString &key, const CannedValues &values) {
    static const QHash<QString, QString CannedValues::*> members{
        {QStringLiteral("name"), &CannedValues::name},
        {QStringLiteral("first_name"), &CannedValues::firstName},
        {QStringLiteral("number"), &CannedValues::number},
        {QStringLiteral("agent"), &CannedValues::agent},
        {QStringLiteral("my_number"), &CannedValues::myNumber},
        {QStringLiteral("date"), &CannedValues::date},
        {QStringLiteral("time"), &CannedValues::time}};
    const auto member = members.constFind(key);
    return member == members.cend() ? QString() : values.*(*member);
}

} // namespace

CannedValues cannedValues(const Conversation &conversation, const QString &agent, const QDateTime &now,
                          const QLocale &locale) {
    const QDateTime there = now.toTimeZone(zoneOf(conversation));
    CannedValues values;
    values.name = cleaned(conversation.name);
    values.firstName = givenNameOf(conversation.name);
    values.number = conversation.peer.international();
    values.agent = cleaned(agent);
    values.myNumber = conversation.own.international();
    values.date =
        withPlainBlanks(locale.toString(there.date(), CannedWords::tr("d MMM yyyy", "date in a text")));
    QString format = locale.timeFormat(QLocale::ShortFormat);
    format.remove(QStringLiteral(":ss")); // some locales say seconds even in short
    values.time = withPlainBlanks(locale.toString(there.time(), format));
    return values;
}

QString givenNameOf(const QString &name) {
    const QString clean = cleaned(name);
    const qsizetype comma = clean.indexOf(u',');
    QStringList words = (comma > 0 ? clean.mid(comma + 1) : clean).split(u' ', Qt::SkipEmptyParts);
    const bool titled = !words.isEmpty() && isTitle(words.first());
    while (!words.isEmpty() && isTitle(words.first()))
        words.removeFirst();
    if (words.isEmpty() || (titled && words.size() == 1))
        return {};
    const QString first = words.first();
    const bool hasLetter = std::any_of(first.cbegin(), first.cend(), [](QChar c) { return c.isLetter(); });
    return hasLetter ? first : QString();
}

QList<CannedVariable> variablesIn(const QString &text) {
    static const QRegularExpression braces(QStringLiteral("\\{\\{([^{}]*)\\}\\}"));
    QList<CannedVariable> found;
    for (auto it = braces.globalMatch(text); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        found.append({keyOf(match.capturedView(1)), match.capturedStart(), match.capturedLength()});
    }
    return found;
}

CannedExpansion expand(const QString &text, const CannedValues &values,
                       const QHash<QString, QString> &given) {
    CannedExpansion expansion;
    qsizetype from = 0;
    for (const CannedVariable &variable : variablesIn(text)) {
        expansion.text += QStringView(text).mid(from, variable.begin - from);
        from = variable.begin + variable.length;
        const QString filled = given.value(variable.key).trimmed();
        const QString value = filled.isEmpty() ? valueOf(variable.key, values) : filled;
        expansion.text += value.isEmpty() ? text.mid(variable.begin, variable.length) : value;
        if (value.isEmpty() && !expansion.missing.contains(variable.key))
            expansion.missing.append(variable.key);
    }
    expansion.text += QStringView(text).mid(from);
    return expansion;
}

QString variableInWords(const QString &key) {
    static const QHash<QString, const char *> known{
        {QStringLiteral("name"), QT_TRANSLATE_NOOP("longcode::desk::Canned", "Customer's name")},
        {QStringLiteral("first_name"), QT_TRANSLATE_NOOP("longcode::desk::Canned", "Customer's first name")},
        {QStringLiteral("number"), QT_TRANSLATE_NOOP("longcode::desk::Canned", "Customer's number")},
        {QStringLiteral("agent"), QT_TRANSLATE_NOOP("longcode::desk::Canned", "Your name")},
        {QStringLiteral("my_number"), QT_TRANSLATE_NOOP("longcode::desk::Canned", "Our number")},
        {QStringLiteral("date"), QT_TRANSLATE_NOOP("longcode::desk::Canned", "Date")},
        {QStringLiteral("time"), QT_TRANSLATE_NOOP("longcode::desk::Canned", "Time")}};
    if (const char *words = known.value(key))
        return QCoreApplication::translate("longcode::desk::Canned", words);
    QString own = cleaned(key).replace(u'_', u' ');
    if (own.isEmpty())
        return CannedWords::tr("Unnamed variable");
    own[0] = own.at(0).toUpper();
    return own;
}

std::optional<Failure> unexpanded(const QString &text) {
    const qsizetype begin = text.indexOf(QStringLiteral("{{"));
    const qsizetype end = begin < 0 ? -1 : text.indexOf(QStringLiteral("}}"), begin + 2);
    if (end < 0)
        return std::nullopt;
    constexpr qsizetype longestShown = 40;
    QString piece = cleaned(text.mid(begin, end + 2 - begin));
    if (piece.size() > longestShown)
        piece = piece.left(longestShown) + u'…';
    return Failure{
        CannedWords::tr("The text still holds %1, and the customer would read it like that.").arg(piece),
        CannedWords::tr("Put the right words in its place, then send.")};
}

QList<CannedReply> starterReplies() {
    QList<CannedReply> replies;
    const QString all =
        QString::fromUtf8(data::starterTemplates.data(), qsizetype(data::starterTemplates.size()));
    for (const QString &line : all.split(u'\n')) {
        const QStringList columns = line.split(u'\t');
        if (columns.size() == 3 && !line.startsWith(u'#'))
            replies.append({{}, columns[0], columns[1], columns[2].trimmed()});
    }
    return replies;
}

} // namespace longcode::desk

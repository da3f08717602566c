#include "contacts/vcard_reader.h"

#include "contacts/say.h"

#include <QIODevice>

#include <algorithm>
#include <array>

namespace longcode::contacts {

namespace {

constexpr qsizetype cardPieceBytes = 64 * 1024;

QByteArray fromQuotedPrintable(const QByteArray &value) {
    QByteArray bytes;
    bytes.reserve(value.size());
    for (qsizetype i = 0; i < value.size(); ++i) {
        if (value[i] == '=' && i + 2 < value.size()) {
            const QByteArray decoded = QByteArray::fromHex(value.mid(i + 1, 2));
            if (decoded.size() == 1) {
                bytes += decoded;
                i += 2;
                continue;
            }
        }
        bytes += value[i];
    }
    return bytes;
}

/// RFC 6868: ^n, ^^ and ^' in parameter values.
QString fromCarets(const QString &value) {
    QString text;
    for (qsizetype i = 0; i < value.size(); ++i) {
        const QChar next = i + 1 < value.size() ? value[i + 1] : QChar();
        if (value[i] == u'^' && (next == u'n' || next == u'^' || next == u'\'')) {
            text += next == u'n' ? QChar(u'\n') : next == u'^' ? QChar(u'^') : QChar(u'"');
            ++i;
        } else {
            text += value[i];
        }
    }
    return text;
}

/// Where `wanted` first stands outside double quotes, or -1.
qsizetype outsideQuotes(QByteArrayView text, char wanted) {
    bool isQuoted = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == '"')
            isQuoted = !isQuoted;
        else if (text[i] == wanted && !isQuoted)
            return i;
    }
    return -1;
}

QList<QByteArray> splitOutsideQuotes(QByteArrayView text, char between) {
    QList<QByteArray> pieces;
    for (qsizetype end = outsideQuotes(text, between); end >= 0; end = outsideQuotes(text, between)) {
        pieces.append(text.first(end).toByteArray());
        text = text.sliced(end + 1);
    }
    pieces.append(text.toByteArray());
    return pieces;
}

/// Splits at `between` where no backslash is before it, and takes the backslashes away.
QStringList unescaped(const QString &value, QChar between) {
    QStringList parts{QString()};
    for (qsizetype i = 0; i < value.size(); ++i) {
        const QChar c = value[i];
        if (c == u'\\' && i + 1 < value.size()) {
            const QChar next = value[++i];
            parts.last() += next == u'n' || next == u'N' ? QChar(u'\n') : next;
        } else if (c == between) {
            parts.append(QString());
        } else {
            parts.last() += c;
        }
    }
    return parts;
}

/// The types of TEL that are no label: what the line can do, and which comes first.
bool isCapability(const QString &type) {
    static constexpr std::array words{"voice",     "text", "pref", "msg", "video",
                                      "textphone", "uri",  "isdn", "bbs", "pcs"};
    return std::any_of(words.begin(), words.end(),
                       [&type](const char *word) { return type == QLatin1String(word); });
}

QString labelOf(const QStringList &types) {
    for (const QString &written : types) {
        const QString type = written.toLower();
        if (type == QLatin1String("cell") || type == QLatin1String("iphone"))
            return QStringLiteral("mobile");
        if (!isCapability(type))
            return type;
    }
    return {};
}

} // namespace

VCardReader::VCardReader(QIODevice &device, const VCardLimits &limits)
    : m_source(device, limits.bytes), m_limits(limits) {}

QString VCardReader::whyEnded() const {
    if (m_cards > m_limits.cards)
        return Say::tr("The file has more than %1 cards; the rest was not read. Split the file.")
            .arg(m_limits.cards);
    return m_source.whyCutShort();
}

bool VCardReader::fill() {
    m_buffer.remove(0, m_at);
    m_at = 0;
    if (!m_isAtEnd)
        m_isAtEnd = !m_source.appendTo(m_buffer, cardPieceBytes);
    return !m_isAtEnd;
}

/// A line as it is in the file, without its end; at most propertyBytes of it.
bool VCardReader::readLine(QByteArray &line) {
    line.clear();
    bool isAnything = false;
    for (;;) {
        const qsizetype lineEnd = m_buffer.indexOf('\n', m_at);
        const qsizetype end = lineEnd < 0 ? m_buffer.size() : lineEnd;
        const qsizetype room = m_limits.propertyBytes - line.size();
        isAnything = isAnything || end > m_at;
        m_wasCut = m_wasCut || end - m_at > room;
        line.append(m_buffer.constData() + m_at, std::min(end - m_at, std::max<qsizetype>(room, 0)));
        m_at = lineEnd < 0 ? end : lineEnd + 1;
        if (lineEnd >= 0 || !fill()) {
            if (line.endsWith('\r'))
                line.chop(1);
            ++m_line;
            return isAnything || lineEnd >= 0;
        }
    }
}

bool VCardReader::nextIsFolded() {
    if (m_at == m_buffer.size() && !fill())
        return false;
    return m_buffer[m_at] == ' ' || m_buffer[m_at] == '\t';
}

/// With the folded lines that follow.
bool VCardReader::readUnfolded(QByteArray &line) {
    m_wasCut = false;
    if (!readLine(line))
        return false;
    // A soft break of quoted-printable is no fold, even where the next line begins with a blank.
    if (line.endsWith('=') && line.toUpper().contains("QUOTED-PRINTABLE"))
        return true;
    QByteArray more;
    while (nextIsFolded() && readLine(more)) {
        if (line.size() + more.size() <= m_limits.propertyBytes)
            line += more.sliced(1);
        else
            m_wasCut = true;
    }
    return true;
}

/// Quoted-printable goes on in the next line behind a "=" at the end.
void VCardReader::joinSoftBreaks(QByteArray &line) {
    QByteArray more;
    while (line.endsWith('=')) {
        line.chop(1);
        if (!readLine(more))
            return;
        if (line.size() + more.size() <= m_limits.propertyBytes)
            line += more;
        else
            m_wasCut = true;
        if (m_wasCut)
            return;
    }
}

bool VCardReader::readProperty(Property &property) {
    QByteArray line;
    if (!readUnfolded(line))
        return false;
    property = {};
    const qsizetype colon = outsideQuotes(line, ':');
    if (colon < 0)
        return true;
    QList<QByteArray> head = splitOutsideQuotes(QByteArrayView(line).first(colon), ';');
    const QString name = QString::fromLatin1(head.takeFirst()).trimmed();
    const qsizetype dot = name.lastIndexOf(u'.');
    property.group = dot < 0 ? QString() : name.left(dot);
    property.name = name.mid(dot + 1).toUpper();
    bool isQuotedPrintable = false;
    for (const QByteArray &parameter : std::as_const(head)) {
        const qsizetype equals = parameter.indexOf('=');
        const QString key =
            equals < 0 ? QStringLiteral("TYPE") : QString::fromLatin1(parameter.left(equals)).toUpper();
        for (QByteArray value : splitOutsideQuotes(QByteArrayView(parameter).sliced(equals + 1), ',')) {
            if (value.size() >= 2 && value.startsWith('"') && value.endsWith('"'))
                value = value.sliced(1, value.size() - 2);
            isQuotedPrintable =
                isQuotedPrintable || value.compare("QUOTED-PRINTABLE", Qt::CaseInsensitive) == 0;
            property.parameters[key].append(fromCarets(m_source.text(value)));
        }
    }
    if (isQuotedPrintable) {
        joinSoftBreaks(line);
        property.value = fromQuotedPrintable(line.mid(colon + 1));
    } else {
        property.value = line.mid(colon + 1);
    }
    return true;
}

QStringList VCardReader::parts(const Property &property, char between) {
    QStringList parts;
    for (const QString &part : unescaped(m_source.text(property.value), QLatin1Char(between)))
        parts.append(part.trimmed());
    return parts;
}

QString VCardReader::wholeValue(const Property &property) {
    return unescaped(m_source.text(property.value), QChar()).constFirst();
}

void VCardReader::takeNumber(const Property &property, ContactDraft &draft) {
    const QStringList types = property.parameters.value(QStringLiteral("TYPE"));
    QStringList kinds;
    for (const QString &type : types)
        kinds += type.toLower().split(u',');
    const QString number = wholeValue(property);
    if (kinds.contains(QLatin1String("fax")) || kinds.contains(QLatin1String("pager"))) {
        draft.mended.append(Say::tr("A fax or pager number was left out."));
        return;
    }
    if (!property.group.isEmpty())
        m_numberOfGroup.insert(property.group, draft.numbers.size());
    draft.numbers.append({number, labelOf(kinds)});
}

void VCardReader::takeCustom(const Property &property, ContactDraft &draft) {
    if (property.name == QLatin1String("X-ABLABEL")) {
        QString label = wholeValue(property);
        // Apple writes its own labels as _$!<Mobile>!$_
        label.remove(QLatin1String("_$!<")).remove(QLatin1String(">!$_"));
        m_labelOfGroup.insert(property.group, label);
        return;
    }
    if (property.name.startsWith(QLatin1String("X-AB")) ||
        property.name.startsWith(QLatin1String("X-PHONETIC")))
        return;
    const bool isOwn = property.name == QLatin1String("X-LONGCODE-FIELD");
    const QString name = isOwn ? property.parameters.value(QStringLiteral("NAME")).value(0)
                               : property.name.mid(2).replace(u'-', u' ').toLower();
    draft.custom.append({name, wholeValue(property)});
}

void VCardReader::take(const Property &property, ContactDraft &draft) {
    const QString &name = property.name;
    if (name == QLatin1String("FN") && draft.name.isEmpty()) {
        draft.name = wholeValue(property);
    } else if (name == QLatin1String("N")) {
        const QStringList names = parts(property, ';');
        draft.familyName = names.value(0);
        draft.givenName = names.value(1);
    } else if (name == QLatin1String("ORG") && draft.organisation.isEmpty()) {
        draft.organisation = parts(property, ';').constFirst();
    } else if (name == QLatin1String("TEL")) {
        takeNumber(property, draft);
    } else if (name == QLatin1String("NOTE")) {
        draft.notes.append(wholeValue(property));
    } else if (name == QLatin1String("LANG") && draft.language.isEmpty()) {
        draft.language = wholeValue(property);
    } else if (name == QLatin1String("TZ") && draft.zone.isEmpty()) {
        draft.zone = wholeValue(property);
    } else if (name.startsWith(QLatin1String("X-"))) {
        takeCustom(property, draft);
    } else {
        return; // photographs and other things that no contact here has may well be long
    }
    if (m_wasCut)
        draft.mended.append(Say::tr("A value was too long and was cut."));
}

void VCardReader::nameNumbers(ContactDraft &draft) {
    for (auto it = m_labelOfGroup.cbegin(); it != m_labelOfGroup.cend(); ++it) {
        const auto number = m_numberOfGroup.constFind(it.key());
        if (number != m_numberOfGroup.cend())
            draft.numbers[*number].label = it.value();
    }
    m_labelOfGroup.clear();
    m_numberOfGroup.clear();
}

bool VCardReader::read(ContactDraft &draft) {
    Property property;
    draft = {};
    int depth = 0;
    int properties = 0;
    while (readProperty(property)) {
        const bool isCard = property.value.trimmed().compare("VCARD", Qt::CaseInsensitive) == 0;
        if (property.name == QLatin1String("BEGIN") && isCard) {
            if (++depth == 1)
                draft.line = m_line;
        } else if (property.name == QLatin1String("END") && isCard) {
            if (depth > 0 && --depth == 0) {
                nameNumbers(draft);
                return ++m_cards <= m_limits.cards;
            }
        } else if (depth == 1 && ++properties <= m_limits.properties) {
            take(property, draft);
        }
    }
    if (depth == 0 || m_source.end() != SourceEnd::AtEnd)
        return false;
    draft.unreadable = Say::tr("The card has no end: the file is cut off.");
    return ++m_cards <= m_limits.cards;
}

} // namespace longcode::contacts

#include "rules/passage.h"

#include "rules/phone_shape.h"
#include "rules/web_address.h"

#include <QSet>

#include <algorithm>

namespace longcode::rules {

namespace {

/// Longer fields than any filing may have are read up to here; their length is a finding of its own.
constexpr qsizetype longestRead = 16 * 1024;

/// Latin letters that Cyrillic and Greek small letters look like.
QChar latinLookAlike(QChar c) {
    static constexpr std::u16string_view foreign = u"аеіорсухјѕһԁԛԝктмнвοανιρτυχκε";
    static constexpr std::u16string_view latin = u"aeiopcyxjshdqwktmhboaviptuxke";
    static_assert(foreign.size() == latin.size());
    const std::size_t at = foreign.find(c.unicode());
    return at == std::u16string_view::npos ? c : QChar(latin[at]);
}

bool isZeroWidth(QChar c) {
    const char16_t u = c.unicode();
    return u == 0x00AD || (u >= 0x200B && u <= 0x200F) || u == 0x2060 || u == 0xFEFF;
}

bool isAscii(const QString &text) {
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() < 0x80; });
}

bool isWordEnd(const QString &text, qsizetype at) {
    return at >= text.size() || !text[at].isLetterOrNumber();
}

bool isApostropheInside(const QString &text, qsizetype at) {
    return text[at] == u'\'' && at > 0 && text[at - 1].isLetter() && at + 1 < text.size() &&
           text[at + 1].isLetter();
}

QString nameOfVariable(QStringView inner) {
    QString name;
    for (const QChar c : inner)
        if (c.isLetterOrNumber())
            name += c.toLower();
    return name;
}

QChar closingOf(QChar opening) {
    if (opening == u'{')
        return u'}';
    return opening == u'[' ? u']' : u'>';
}

bool isTrailing(QChar c) {
    return QStringView(u".,;:!?)]}>\"'»”’").contains(c);
}

bool isLeading(QChar c) {
    return QStringView(u"([{<\"'«“‘").contains(c);
}

/// Whether an address without scheme is one, judged by its ending.
bool looksLikeAddress(const WebAddress &address) {
    if (!isHostName(address.host))
        return false;
    const QString ending = address.host.mid(address.host.lastIndexOf(u'.') + 1);
    static const QSet<QString> endings(valuesOf("tld").begin(), valuesOf("tld").end());
    static const QSet<QString> withPath(valuesOf("tld-with-path").begin(), valuesOf("tld-with-path").end());
    if (endings.contains(ending) || isShortener(address.host))
        return true;
    return withPath.contains(ending) && address.path.size() > 1;
}

} // namespace

QString folded(const QString &text) {
    const QString lower = text.toLower();
    if (isAscii(lower))
        return lower;
    QString out;
    const QString split = lower.normalized(QString::NormalizationForm_KD);
    out.reserve(split.size());
    for (QChar c : split) {
        if (c.category() == QChar::Mark_NonSpacing || isZeroWidth(c))
            continue;
        if (c == QChar(0x2019) || c == QChar(0x2018))
            c = u'\'';
        out += latinLookAlike(c.toLower());
    }
    return out;
}

Words wordsOf(const QString &text) {
    Words words;
    const QStringView view(text);
    for (qsizetype at = 0; at < text.size();) {
        const bool isSign = text[at] == u'%' || text[at] == u'+';
        if (isSign && at > 0 && text[at - 1].isDigit()) {
            words.append(view.mid(at++, 1));
            continue;
        }
        const qsizetype begin = at;
        while (at < text.size() && (text[at].isLetterOrNumber() || isApostropheInside(text, at)))
            ++at;
        if (at > begin)
            words.append(view.mid(begin, at - begin));
        else
            ++at;
    }
    return words;
}

QString mixedWord(const QString &text) {
    if (isAscii(text))
        return {};
    for (qsizetype at = 0; at < text.size(); ++at) {
        const qsizetype begin = at;
        bool latin = false;
        bool other = false;
        for (; !isWordEnd(text, at); ++at) {
            latin = latin || text[at].script() == QChar::Script_Latin;
            other = other || text[at].script() == QChar::Script_Cyrillic ||
                    text[at].script() == QChar::Script_Greek;
        }
        if (latin && other)
            return text.mid(begin, at - begin);
    }
    return {};
}

Passage::Passage(const QString &field, const QString &text)
    : m_field(field)
    , m_text(text.left(longestRead))
    , m_isBlank(std::all_of(text.begin(), text.end(), [](QChar c) { return c.isSpace(); })) {
    if (m_isBlank)
        return;
    readVariables();
    readWords();
    readTokens();
}

void Passage::readWords() {
    m_folded = folded(m_text);
    m_words = wordsOf(m_folded);
    if (m_variables.isEmpty()) {
        m_plainWords = m_words;
        return;
    }
    QString plain = m_text;
    for (const Variable &variable : std::as_const(m_variables))
        plain.replace(variable.begin, variable.length, QString(variable.length, u' '));
    m_plainFolded = folded(plain);
    m_plainWords = wordsOf(m_plainFolded);
}

void Passage::readVariables() {
    constexpr qsizetype longestName = 40;
    for (qsizetype at = 0; at < m_text.size(); ++at) {
        if (!QStringView(u"{[<").contains(m_text[at]))
            continue;
        const QChar opening = m_text[at];
        const QChar closing = closingOf(opening);
        const qsizetype begin = at > 0 && m_text[at - 1] == u'$' ? at - 1 : at;
        qsizetype end = m_text.indexOf(closing, at);
        if (end < 0 || end - at > longestName)
            continue;
        while (end + 1 < m_text.size() && m_text[end + 1] == closing)
            ++end;
        const QString name = nameOfVariable(QStringView(m_text).mid(at, end - at));
        if (name.isEmpty())
            continue;
        m_variables.append({begin, end + 1 - begin, name});
        at = end;
    }
}

void Passage::readTokens() {
    m_hasPhone = containsPhone(m_text);
    for (qsizetype at = 0; at < m_text.size();) {
        while (at < m_text.size() && m_text[at].isSpace())
            ++at;
        const qsizetype begin = at;
        while (at < m_text.size() && !m_text[at].isSpace())
            ++at;
        if (at > begin)
            readToken(begin, at);
    }
}

void Passage::readToken(qsizetype begin, qsizetype end) {
    while (end > begin && isTrailing(m_text[end - 1]))
        --end;
    while (begin < end && isLeading(m_text[begin]))
        ++begin;
    QStringView token = QStringView(m_text).mid(begin, end - begin);
    if (!token.contains(u'.'))
        return;
    const qsizetype scheme = token.indexOf(QLatin1String("http"), 0, Qt::CaseInsensitive);
    const bool hasScheme = scheme >= 0 && token.mid(scheme).contains(QLatin1String("://"));
    if (!hasScheme && token.contains(u'@')) {
        m_hasMail = m_hasMail || !mailDomain(token.toString()).isEmpty();
        return;
    }
    if (hasScheme)
        token = token.mid(scheme);
    const WebAddress address = webAddressOf(token);
    if (!address.host.isEmpty() && (hasScheme || looksLikeAddress(address)))
        m_links.append({token.toString(), address.host});
}

} // namespace longcode::rules

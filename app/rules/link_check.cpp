#include "rules/link_check.h"

#include "rules/look_alike.h"
#include "rules/visible_controls.h"
#include "rules/web_address.h"
#include "rules/word_lists.h"

#include <QCoreApplication>
#include <QHash>
#include <QRegularExpression>

#include <algorithm>
#include <string_view>

namespace longcode::data {
extern const std::string_view linkEndings;
} // namespace longcode::data

namespace longcode::rules {

namespace {

struct LinkWords {
    Q_DECLARE_TR_FUNCTIONS(longcode::rules::LinkCheck)
};

constexpr qsizetype longestLink = 2048;

/// Endings of bare domains; true where the ending is also a word or a file's, and wants more to be a link.
const QHash<QString, bool> &linkEndings() {
    static const QHash<QString, bool> endings = [] {
        QHash<QString, bool> read;
        for (const QStringList &row : rowsOf(data::linkEndings))
            for (const QString &ending : row.value(1).split(u' '))
                read.insert(ending, row[0] == QLatin1String("doubtful"));
        return read;
    }();
    return endings;
}

const QRegularExpression &candidates() {
    static const QRegularExpression expression(
        QStringLiteral("(?<![\\p{L}\\p{N}\\p{M}@._%+/\\\\-])"
                       "(?>https?:[/\\\\]{2}[^\\s<>\"\u201C\u201D\u00AB\u00BB]+"
                       "|(?<bare>[\\p{L}\\p{N}][\\p{L}\\p{N}\\p{M}\\p{Cf}-]*"
                       "(?:[.\u3002\uFF0E\uFF61][\\p{L}\\p{N}][\\p{L}\\p{N}\\p{M}\\p{Cf}-]*)+)"
                       "(?::\\d{1,5}(?!\\d))?(?<path>[/?#\\\\][^\\s<>\"\u201C\u201D\u00AB\u00BB]*)?)(?!@)"),
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
    return expression;
}

/// Without the punctuation of the sentence around it.
qsizetype lengthWithoutPunctuation(QStringView link) {
    static const QString punctuation = QStringLiteral(".,;:!?'\u2019\u2026*_~");
    qsizetype length = link.size();
    while (length > 0) {
        const QChar last = link[length - 1];
        const bool closes = (last == u')' && link.left(length).count(u'(') < link.left(length).count(u')')) ||
                            (last == u']' && link.left(length).count(u'[') < link.left(length).count(u']'));
        if (!closes && !punctuation.contains(last))
            break;
        --length;
    }
    return length;
}

/// Whether "name.ending" without a scheme is meant as a link.
bool isMeantAsLink(QStringView host, bool hasPath) {
    const qsizetype dot = host.lastIndexOf(u'.');
    const QString ending = host.mid(dot + 1).toString();
    const bool isShouted = host.toString().toUpper() == host;
    if (host.startsWith(QLatin1String("www."), Qt::CaseInsensitive))
        return host.count(u'.') > 1 || hasPath;
    const auto found = linkEndings().constFind(ending.toLower());
    if (found == linkEndings().constEnd())
        return ending.startsWith(QLatin1String("xn--"), Qt::CaseInsensitive);
    if (ending != ending.toLower() && !isShouted) // "Thanks.No problem"
        return false;
    return !*found || hasPath || host.count(u'.') > 1;
}

/// The parts of a link as browsers take them: a backslash is a slash, the last @ ends the user's name.
struct LinkParts {
    QString scheme;
    QString user;
    QString host;
    QString port;
    QString rest; ///< path, query and fragment
    bool hasUser = false;
};

LinkParts partsOf(const QString &written) {
    LinkParts parts;
    QString text = written;
    const bool hasScheme = text.startsWith(QLatin1String("http:"), Qt::CaseInsensitive) ||
                           text.startsWith(QLatin1String("https:"), Qt::CaseInsensitive);
    // What is no secret goes to https first; a server without it is told by the browser.
    parts.scheme = hasScheme ? text.section(u':', 0, 0).toLower() : QStringLiteral("https");
    if (hasScheme)
        text.remove(0, parts.scheme.size() + 3);
    const auto end = std::find_if(text.begin(), text.end(),
                                  [](QChar c) { return c == u'/' || c == u'\\' || c == u'?' || c == u'#'; });
    QString authority(text.constData(), end - text.begin());
    parts.rest = text.mid(authority.size());
    if (parts.rest.startsWith(u'\\'))
        parts.rest[0] = u'/';
    if (const qsizetype at = authority.lastIndexOf(u'@'); at >= 0) {
        parts.hasUser = true;
        parts.user = authority.left(at);
        authority.remove(0, at + 1);
    }
    const qsizetype colon = authority.lastIndexOf(u':');
    if (colon >= 0 && colon > authority.lastIndexOf(u']')) {
        parts.port = authority.mid(colon + 1);
        authority.truncate(colon);
    }
    parts.host = QUrl::fromPercentEncoding(authority.toUtf8());
    return parts;
}

QString withoutHidden(const QString &text) {
    QString visible;
    for (const uint c : text.toUcs4())
        if (!isHiddenCharacter(c))
            visible += QChar::fromUcs4(c);
    return visible;
}

/// Browsers take a host for an address when its last label is a number, also octal or "0x7f".
bool isNumberedHost(const QString &asciiHost) {
    if (asciiHost.startsWith(u'['))
        return true;
    const QString last = asciiHost.section(u'.', -1);
    static const QRegularExpression number(QStringLiteral("^(?:\\d+|0x[0-9a-f]*)$"));
    return number.match(last).hasMatch();
}

void nameHost(Link &link, const LinkParts &parts) {
    const QString visible = withoutHidden(parts.host);
    link.asciiHost = visible.startsWith(u'[') ? visible.toLower() : QString::fromLatin1(QUrl::toAce(visible));
    if (link.asciiHost.endsWith(u'.'))
        link.asciiHost.chop(1);
    link.host = link.asciiHost.startsWith(u'[')
                    ? link.asciiHost
                    : QUrl::fromAce(link.asciiHost.toLatin1(), QUrl::IgnoreIDNWhitelist);
    if (link.host.isEmpty())
        link.host = link.asciiHost;
    if (link.asciiHost.isEmpty())
        return;
    const QString port = parts.port.isEmpty() ? QString() : QString(u':' + parts.port);
    link.url = QUrl(QString(parts.scheme + QStringLiteral("://") + link.asciiHost + port + parts.rest),
                    QUrl::TolerantMode);
    const bool hasName = isNumberedHost(link.asciiHost) || link.asciiHost.contains(u'.');
    if (!hasName || link.url.host().isEmpty())
        link.url = QUrl();
}

QList<LinkWarning> warningsOf(const Link &link, const LinkParts &parts) {
    QList<LinkWarning> warnings;
    if (!link.url.isValid())
        warnings.append({LinkDanger::Unreadable, {}});
    if (parts.hasUser)
        warnings.append({LinkDanger::HostHidden, withoutHidden(parts.user.left(80))});
    const QString host = link.host.toLower();
    if (const QString known = lookAlike(host); !known.isEmpty())
        warnings.append({LinkDanger::LooksLike, known});
    if (const QString known = nameDropped(host); !known.isEmpty())
        warnings.append({LinkDanger::NamesAnother, known});
    if (mixesScripts(host))
        warnings.append({LinkDanger::MixedScripts, {}});
    const QList<uint> characters = link.written.toUcs4();
    if (std::any_of(characters.begin(), characters.end(), isHiddenCharacter))
        warnings.append({LinkDanger::HiddenCharacter, {}});
    if (isNumberedHost(link.asciiHost))
        warnings.append({LinkDanger::NumberedHost, {}});
    if (isShortener(host))
        warnings.append({LinkDanger::Shortener, {}});
    return warnings;
}

} // namespace

QList<Link> linksIn(const QString &text) {
    QList<Link> links;
    auto found = candidates().globalMatch(text);
    while (found.hasNext()) {
        const auto match = found.next();
        const QString bare = match.captured(QStringLiteral("bare"));
        if (!bare.isEmpty() && !isMeantAsLink(bare, !match.captured(QStringLiteral("path")).isEmpty()))
            continue;
        Link link;
        link.begin = match.capturedStart();
        link.length = std::min(lengthWithoutPunctuation(match.capturedView()), longestLink);
        link.written = text.mid(link.begin, link.length);
        const LinkParts parts = partsOf(link.written);
        if (parts.host.isEmpty())
            continue;
        nameHost(link, parts);
        link.warnings = warningsOf(link, parts);
        links.append(link);
    }
    return links;
}

QString sentence(const LinkWarning &warning, const Link &link) {
    switch (warning.danger) {
    case LinkDanger::HostHidden:
        return LinkWords::tr("“%1” is only a user name here: the link leads to %2.")
            .arg(warning.about, link.host);
    case LinkDanger::LooksLike:
        return LinkWords::tr("%1 looks like %2 but is another address.").arg(link.host, warning.about);
    case LinkDanger::NamesAnother:
        return LinkWords::tr("It begins like %2 but leads to %1.")
            .arg(registeredDomain(link.host), warning.about);
    case LinkDanger::MixedScripts:
        return LinkWords::tr("The address mixes letters of several scripts; in full it is %1.")
            .arg(link.asciiHost);
    case LinkDanger::HiddenCharacter:
        return LinkWords::tr("The link holds invisible characters; it leads to %1.").arg(link.host);
    case LinkDanger::NumberedHost:
        return LinkWords::tr(
                   "The link leads to a bare internet address (%1), which honest senders seldom use.")
            .arg(link.asciiHost);
    case LinkDanger::Shortener:
        return LinkWords::tr("%1 shortens links: nobody sees where it leads.").arg(link.host);
    case LinkDanger::Unreadable:
        break;
    }
    return LinkWords::tr("This looks like a link but is no web address.");
}

} // namespace longcode::rules

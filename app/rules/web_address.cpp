#include "rules/web_address.h"

#include "rules/word_lists.h"

#include <algorithm>

namespace longcode::rules {

namespace {

bool isIpAddress(const QString &host) {
    return host.startsWith(u'[') ||
           std::all_of(host.begin(), host.end(), [](QChar c) { return c.isDigit() || c == u'.'; });
}

bool endsWithLabel(const QString &host, QLatin1String label) {
    return host == label || (host.endsWith(label) && host.size() > label.size() &&
                             host[host.size() - label.size() - 1] == u'.');
}

bool isHostCharacter(QChar c) {
    return c.isLetterOrNumber() || c == u'-' || c == u'.' || c == u'_';
}

} // namespace

WebAddress webAddressOf(QStringView text) {
    WebAddress address;
    text = text.trimmed();
    const qsizetype colon = text.indexOf(QLatin1String("://"));
    if (colon >= 0) {
        address.scheme = text.left(colon).toString().toLower();
        text = text.mid(colon + 3);
    }
    qsizetype end = 0;
    while (end < text.size() && text[end] != u'/' && text[end] != u'?' && text[end] != u'#')
        ++end;
    QString host = text.left(end).toString().toLower();
    if (const qsizetype at = host.lastIndexOf(u'@'); at >= 0)
        host.remove(0, at + 1);
    if (const qsizetype port = host.lastIndexOf(u':'); port >= 0 && !host.endsWith(u']'))
        host.truncate(port);
    if (host.endsWith(u'.'))
        host.chop(1);
    address.host = host;
    address.path = text.mid(end).toString();
    return address;
}

bool isHostName(const QString &host) {
    const qsizetype dot = host.lastIndexOf(u'.');
    if (dot <= 0 || host.size() > 253 || host.contains(QLatin1String("..")) || host.startsWith(u'.'))
        return false;
    const QStringView ending = QStringView(host).mid(dot + 1);
    return ending.size() >= 2 && std::all_of(host.begin(), host.end(), isHostCharacter) &&
           std::none_of(ending.begin(), ending.end(), [](QChar c) { return c.isDigit() || c == u'_'; });
}

bool isUnreachable(const QString &host) {
    if (isIpAddress(host))
        return true;
    return endsWithLabel(host, QLatin1String("localhost")) || endsWithLabel(host, QLatin1String("local")) ||
           endsWithLabel(host, QLatin1String("internal")) || endsWithLabel(host, QLatin1String("lan")) ||
           endsWithLabel(host, QLatin1String("test")) || endsWithLabel(host, QLatin1String("invalid"));
}

QString registeredDomain(const QString &host) {
    const qsizetype last = host.lastIndexOf(u'.');
    qsizetype begin = last > 0 ? host.lastIndexOf(u'.', last - 1) : -1;
    if (begin > 0 && isValue("second-level", host.mid(begin + 1)))
        begin = host.lastIndexOf(u'.', begin - 1);
    return host.mid(begin + 1);
}

QString mailDomain(const QString &address) {
    const QString text = address.trimmed();
    const qsizetype at = text.indexOf(u'@');
    const bool hasBlank = std::any_of(text.begin(), text.end(), [](QChar c) { return c.isSpace(); });
    if (at <= 0 || hasBlank || text.indexOf(u'@', at + 1) >= 0)
        return {};
    const QString domain = text.mid(at + 1).toLower();
    return isHostName(domain) ? domain : QString();
}

bool isSocialHost(const QString &host) {
    const QStringList &hosts = valuesOf("social-host");
    return std::any_of(hosts.begin(), hosts.end(), [&host](const QString &social) {
        return host == social || host.endsWith(QString(u'.' + social));
    });
}

} // namespace longcode::rules

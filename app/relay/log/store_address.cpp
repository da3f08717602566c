#include "relay/log/store_address.h"

#include <QStringList>
#include <QUrl>
#include <QUrlQuery>

namespace longcode::relay {

namespace {

bool isPostgresUrl(const QString &text) {
    return text.startsWith(QLatin1String("postgresql://")) || text.startsWith(QLatin1String("postgres://"));
}

const QStringList &knownParameters() {
    static const QStringList names{QStringLiteral("sslmode"),         QStringLiteral("sslrootcert"),
                                   QStringLiteral("sslcert"),         QStringLiteral("sslkey"),
                                   QStringLiteral("sslcrl"),          QStringLiteral("application_name"),
                                   QStringLiteral("connect_timeout"), QStringLiteral("target_session_attrs")};
    return names;
}

} // namespace

Result<StoreAddress, QString> StoreAddress::parse(const QString &text) {
    if (text.isEmpty())
        return failed(QStringLiteral("The store's address is empty."));
    if (isPostgresUrl(text))
        return parseUrl(text);
    const qsizetype scheme = text.indexOf(QLatin1String("://"));
    if (scheme > 0)
        return failed(QStringLiteral("The store must be a file's path or postgresql://…, not %1://.")
                          .arg(text.left(qMin(scheme, qsizetype(20)))));
    return sqliteFile(text);
}

StoreAddress StoreAddress::sqliteFile(const QString &path) {
    StoreAddress address;
    address.m_path = path;
    return address;
}

Result<StoreAddress, QString> StoreAddress::parseUrl(const QString &text) {
    const QUrl url(text, QUrl::StrictMode);
    if (!url.isValid())
        return failed(QStringLiteral("The store's address is no valid URL. Write it as "
                                     "postgresql://user@host:port/database; special characters as %XX."));
    StoreAddress address;
    address.m_kind = Kind::Postgres;
    address.m_host = url.host(QUrl::FullyDecoded);
    address.m_port = url.port(0);
    address.m_user = url.userName(QUrl::FullyDecoded);
    address.m_password = url.password(QUrl::FullyDecoded);
    address.m_database = url.path(QUrl::FullyDecoded).mid(1);
    const auto items = QUrlQuery(url).queryItems(QUrl::FullyDecoded);
    for (const auto &[name, value] : items) {
        if (const QString wrong = address.takeParameter(name, value); !wrong.isEmpty())
            return failed(wrong);
    }
    if (address.m_database.isEmpty() || address.m_database.contains(QLatin1Char('/')))
        return failed(QStringLiteral("The store's address names no database. Write it as "
                                     "postgresql://user@host:port/database."));
    return address;
}

QString StoreAddress::takeParameter(const QString &name, const QString &value) {
    // Qt hands these on in one text that is split at semicolons.
    if (value.contains(QLatin1Char(';')) || value.contains(QChar(0)))
        return QStringLiteral("The store's address has a character in \"%1\" that cannot stand there.")
            .arg(name);
    if (name == QLatin1String("host"))
        m_host = value;
    else if (name == QLatin1String("user"))
        m_user = value;
    else if (name == QLatin1String("password"))
        m_password = value;
    else if (knownParameters().contains(name))
        m_parameters.append({name, value});
    else
        return QStringLiteral("The store's address has an unknown parameter \"%1\".").arg(name.left(40));
    return {};
}

QString StoreAddress::redacted() const {
    if (m_kind == Kind::SqliteFile)
        return m_path;
    QString text = QStringLiteral("postgresql://");
    if (!m_user.isEmpty())
        text += m_user % QLatin1Char('@');
    if (!m_host.startsWith(QLatin1Char('/')))
        text += m_host.contains(QLatin1Char(':')) ? QString(QLatin1Char('[') % m_host % QLatin1Char(']'))
                                                  : m_host;
    if (m_port > 0)
        text += QLatin1Char(':') % QString::number(m_port);
    return QString(text % QLatin1Char('/') % m_database);
}

} // namespace longcode::relay

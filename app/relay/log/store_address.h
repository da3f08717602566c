#pragma once

#include "base/result.h"

#include <QList>
#include <QString>

#include <utility>

namespace longcode::relay {

/// Where a log is: the path of a SQLite file, or a PostgreSQL database. A value; knows what was written,
/// opens nothing.
class StoreAddress {
public:
    enum class Kind : quint8 { SqliteFile, Postgres };

    /// A path, or `postgresql://[user[:password]@][host][:port]/database[?name=value&…]` with libpq's names
    /// host (of a socket's folder), user, password, sslmode, sslrootcert, sslcert, sslkey, sslcrl,
    /// application_name, connect_timeout, target_session_attrs. The error is a sentence without the password.
    [[nodiscard]] static Result<StoreAddress, QString> parse(const QString &text);
    [[nodiscard]] static StoreAddress sqliteFile(const QString &path);

    [[nodiscard]] Kind kind() const { return m_kind; }
    /// Of the SQLite file.
    [[nodiscard]] const QString &path() const { return m_path; }
    /// A password stands in the address itself. On a command line everybody on the machine can read it:
    /// whoever reads the options refuses it there.
    [[nodiscard]] bool holdsPassword() const { return !m_password.isEmpty(); }
    /// For logs and people: without password and parameters.
    [[nodiscard]] QString redacted() const;

    // PostgreSQL; what is empty or 0 is left to libpq (PGHOST, PGUSER, PGPASSWORD, PGPASSFILE, …).
    [[nodiscard]] const QString &host() const { return m_host; }
    [[nodiscard]] int port() const { return m_port; }
    [[nodiscard]] const QString &user() const { return m_user; }
    [[nodiscard]] const QString &password() const { return m_password; }
    [[nodiscard]] const QString &database() const { return m_database; }
    /// The other parameters, as written.
    [[nodiscard]] const QList<std::pair<QString, QString>> &parameters() const { return m_parameters; }

private:
    static Result<StoreAddress, QString> parseUrl(const QString &text);
    /// The sentence of what is wrong; empty: taken.
    QString takeParameter(const QString &name, const QString &value);

    Kind m_kind = Kind::SqliteFile;
    QString m_path;
    QString m_host, m_user, m_password, m_database;
    int m_port = 0;
    QList<std::pair<QString, QString>> m_parameters;
};

} // namespace longcode::relay

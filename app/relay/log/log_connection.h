#pragma once

#include "base/result.h"

#include <QSqlDatabase>
#include <QString>

#include <memory>

namespace longcode::relay {

/// One connection to the SQLite file of a log, with the settings that make a commit durable. Belongs to the
/// thread that opened it.
class LogConnection {
public:
    enum class Access { ReadWrite, ReadOnly };

    /// The error is what SQLite said.
    [[nodiscard]] static Result<std::unique_ptr<LogConnection>, QString> open(const QString &path,
                                                                              Access access);
    ~LogConnection();
    LogConnection(const LogConnection &) = delete;
    LogConnection &operator=(const LogConnection &) = delete;

    [[nodiscard]] QSqlDatabase &database() { return m_database; }
    bool execute(const QString &sql);
    /// The first column of the first row; nothing when there is none or it fails.
    [[nodiscard]] QVariant value(const QString &sql);
    [[nodiscard]] const QString &error() const { return m_error; }

private:
    explicit LogConnection(QString name);
    bool configure(Access access);

    QString m_name;
    QSqlDatabase m_database;
    QString m_error;
};

} // namespace longcode::relay

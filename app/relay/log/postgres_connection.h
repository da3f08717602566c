#pragma once

#include "relay/log/log_connection.h"

#include <QSqlDatabase>

namespace longcode::relay {

/// A connection to the PostgreSQL database of a log, through Qt's QPSQL. Values are written into the
/// statement as literals by the driver, so that each statement is one round trip and leaves nothing behind at
/// the server.
class PostgresConnection final : public LogConnection {
public:
    /// How long one statement may take before the server gives it up.
    enum class Patience : quint8 { Seconds, Unlimited };

    [[nodiscard]] static Result<std::unique_ptr<LogConnection>, QString> open(const StoreAddress &address);
    [[nodiscard]] static Result<std::unique_ptr<PostgresConnection>, QString>
    openDatabase(const StoreAddress &address, Patience patience = Patience::Seconds);
    ~PostgresConnection() override;

    [[nodiscard]] std::optional<Rows> query(const QString &sql, const Values &values = {}) override;
    [[nodiscard]] qint64 changed() const override { return m_changed; }
    bool begin() override { return execute(QStringLiteral("BEGIN")); }
    [[nodiscard]] bool tryAdvisoryLock(const QString &name) override;
    void dropAdvisoryLock(const QString &name) override;

    [[nodiscard]] QSqlDatabase &database() { return m_database; }

private:
    explicit PostgresConnection(QString name);
    bool configure(Patience patience);
    [[nodiscard]] QString filled(const QString &sql, const Values &values) const;
    [[nodiscard]] QString literal(const QVariant &value) const;

    QString m_name;
    QSqlDatabase m_database;
    qint64 m_changed = 0;
    QStringList m_locks; ///< held here
};

} // namespace longcode::relay

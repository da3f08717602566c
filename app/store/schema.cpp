#include "store/schema.h"

#include "store/connection.h"
#include "store/write_session.h"

#include <QString>
#include <QStringList>

#include <array>
#include <string_view>

namespace longcode::data {
extern const std::string_view store_001;
extern const std::string_view store_002;
extern const std::string_view store_003;
extern const std::string_view store_004;
extern const std::string_view store_005;
extern const std::string_view store_006;
} // namespace longcode::data

namespace longcode::store {

namespace {

// "Lcst": tells a store of ours from another program's SQLite file.
constexpr qint64 ourApplicationId = 0x4c637374;

const std::array<const std::string_view *, 6> &steps() {
    static const std::array<const std::string_view *, 6> all{&data::store_001, &data::store_002,
                                                             &data::store_003, &data::store_004,
                                                             &data::store_005, &data::store_006};
    return all;
}

std::optional<StoreError> applyStep(Connection &connection, int version) {
    const std::string_view bytes = *steps()[static_cast<std::size_t>(version - 1)];
    QString sql = QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size()));
    sql.remove(QLatin1Char('\r'));
    Transaction transaction(connection);
    for (const QString &statement : sql.split(QStringLiteral("\n\n"), Qt::SkipEmptyParts))
        connection.execute(statement);
    connection.execute(QStringLiteral("PRAGMA application_id=%1").arg(ourApplicationId));
    connection.execute(QStringLiteral("PRAGMA user_version=%1").arg(version));
    return transaction.commit();
}

/// A step whose new columns follow from other rows leaves this fact behind. Needs the newest schema.
std::optional<StoreError> refreshIfAsked(Connection &connection) {
    if (connection.number(QStringLiteral("SELECT count(*) FROM facts WHERE name = 'store/refresh'")) == 0)
        return connection.takeError();
    Transaction transaction(connection);
    WriteSession session(connection);
    {
        Statement row(connection, "SELECT id FROM conversations");
        while (row.next())
            session.touch({row.integer(0)});
    }
    static_cast<void>(session.finish());
    connection.execute(QStringLiteral("DELETE FROM facts WHERE name = 'store/refresh'"));
    return transaction.commit();
}

} // namespace

qint64 applicationId() {
    return ourApplicationId;
}

int newestSchema() {
    return static_cast<int>(steps().size());
}

std::optional<StoreError> bringUpToDate(Connection &connection, int target) {
    const qint64 version = connection.number(QStringLiteral("PRAGMA user_version"));
    const qint64 owner = connection.number(QStringLiteral("PRAGMA application_id"));
    const qint64 tables = connection.number(QStringLiteral("SELECT count(*) FROM sqlite_master"));
    if (connection.hasFailed())
        return connection.takeError();
    if ((tables > 0 || version > 0) && owner != ourApplicationId)
        return StoreError{StoreErrorKind::Corrupt, QStringLiteral("not a store of Longcode")};
    if (version > newestSchema())
        return StoreError{
            StoreErrorKind::TooNew,
            QStringLiteral("schema %1, this program knows %2").arg(version).arg(newestSchema())};
    for (int step = static_cast<int>(version) + 1; step <= target; ++step) {
        if (auto error = applyStep(connection, step)) {
            static_cast<void>(connection.takeError());
            return error;
        }
    }
    return target == newestSchema() ? refreshIfAsked(connection) : std::nullopt;
}

} // namespace longcode::store

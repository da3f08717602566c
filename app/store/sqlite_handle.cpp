#include "store/sqlite_handle.h"

#include "store/connection.h"

#include <QSqlDatabase>
#include <QSqlDriver>
#include <QSqlQuery>
#include <QVariant>

#include <sqlite3.h>

#include <cstring>

namespace longcode::store {

namespace {

/// The exact build, as both libraries name it.
bool isTheSameLibrary(const QSqlDatabase &database) {
    QSqlQuery query(database);
    return query.exec(QStringLiteral("SELECT sqlite_source_id()")) && query.next() &&
           query.value(0).toString() == QLatin1String(sqlite3_sourceid());
}

} // namespace

sqlite3 *sqliteHandle(const QSqlDatabase &database) {
    const QVariant handle = database.driver()->handle();
    if (!handle.isValid() || std::strcmp(handle.typeName(), "sqlite3*") != 0 || !isTheSameLibrary(database))
        return nullptr;
    return *static_cast<sqlite3 *const *>(handle.data());
}

// sqlite3_interrupt may be called from any thread, as long as the connection lives.
void Connection::interrupt() {
    if (m_handle)
        sqlite3_interrupt(m_handle);
}

void Connection::forgetInterrupt() {
    if (m_error && m_error->detail.startsWith(QStringLiteral("SQLite %1:").arg(SQLITE_INTERRUPT)))
        m_error.reset();
}

void Connection::forgetUnsearchable() {
    if (m_error && m_error->detail.contains(QStringLiteral("fts5: phrase queries")))
        m_error.reset();
}

} // namespace longcode::store

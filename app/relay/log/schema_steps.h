#pragma once

#include <QString>
#include <QStringList>
#include <QUuid>

#include <string_view>

namespace longcode::relay {

/// The statements of a schema step; they are set apart by empty lines.
[[nodiscard]] inline QStringList statementsOf(std::string_view step) {
    QString sql = QString::fromUtf8(step.data(), static_cast<qsizetype>(step.size()));
    sql.remove(QLatin1Char('\r'));
    return sql.split(QStringLiteral("\n\n"), Qt::SkipEmptyParts);
}

[[nodiscard]] inline QString newLogId() {
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

} // namespace longcode::relay
